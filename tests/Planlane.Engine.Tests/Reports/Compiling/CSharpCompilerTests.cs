using Planlane.Git;
using Planlane.Values;
using TempRepository = Planlane.Testing.TempRepository;

namespace Planlane.Reports.Compiling;

public sealed class CSharpCompilerTests
{
    private const string Project = """<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup></Project>""";
    private const string User = "namespace Shop;\n\npublic sealed class User\n{\n    public string Name { get; set; } = \"\";\n}\n";

    private static readonly (string Path, string Text)[] Shop = [("src/Shop.csproj", Project), ("src/User.cs", User), ("src/Greeter.cs", "namespace Shop; class Greeter { string Greet(User user) => user.Name; }")];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_GoodChange_Passes()
    {
        var result = await RunAsync(Shop, ("src/Users.cs", "namespace Shop; public class Users { public List<User> All { get; } = []; }"));

        Assert.Equal((true, CheckResult.Compile, "1 of 1 changed files parsed.\nsrc/Shop.csproj: compiled."), (result.Passed, result.Name, result.Output));
    }

    [Fact]
    public async Task Run_SyntaxError_IsToldWithItsPlace()
    {
        var result = await RunAsync(Shop, ("src/A.cs", "class A\n{\n    int B() => 1\n}\n"), ("docs/a.md", "# A"));

        Assert.Equal([new Diagnostic(new("src/A.cs"), "src/A.cs(3,17): error CS1002: ; expected")], result.Diagnostics);
    }

    [Fact]
    public async Task Run_ErrorOfMeaning_IsToldWhereverItLies()
    {
        Assert.Equal(
            ["src/A.cs(1,26): error CS0103: The name 'Missing' does not exist in the current context"],
            (await RunAsync(Shop, ("src/A.cs", "class A { object B() => (Missing); }"))).Diagnostics.Select(item => item.Text));
        Assert.Equal(
            ["src/Greeter.cs(1,65): error CS1061: 'User' does not contain a definition for 'Name' and no accessible extension method 'Name' accepting a first argument of type 'User' could be found (are you missing a using directive or an assembly reference?)"],
            (await RunAsync(Shop, ("src/User.cs", User.Replace("Name", "FullName", StringComparison.Ordinal)))).Diagnostics.Select(item => item.Text));
    }

    [Fact]
    public async Task Run_ProjectThatDidNotCompileHereBefore_TellsNoErrorOfMeaning()
    {
        var result = await RunAsync([.. Shop, ("src/Old.cs", "class Old : IGenerated { }")], ("src/A.cs", "class A { object B() => Missing; }"));

        Assert.Equal((true, "1 of 1 changed files parsed.\nsrc/Shop.csproj: types were not checked, as it did not compile here before the changes either."), (result.Passed, result.Output));
    }

    [Fact]
    public async Task Run_PackageThatIsNotRestored_TellsNoErrorOfMeaning()
    {
        var project = Project.Replace("</Project>", """<ItemGroup><PackageReference Include="Some.Package" Version="1.0.0" /></ItemGroup></Project>""", StringComparison.Ordinal);

        var result = await RunAsync([("src/Shop.csproj", project), ("src/User.cs", User)], ("src/A.cs", "using Some.Package; class A { }"));

        Assert.Equal((true, "1 of 1 changed files parsed.\nsrc/Shop.csproj: types were not checked, as Some.Package could not be seen."), (result.Passed, result.Output));
    }

    [Theory]
    [InlineData("src/A.cs", "using System.Text.RegularExpressions; partial class A { [GeneratedRegex(\"a\")] private static partial Regex B(); }")]
    [InlineData("src/A.cs", "using System.Text.Json.Serialization; [JsonSerializable(typeof(int))] partial class A : JsonSerializerContext { static object B() => A.Default.Int32; }")]
    [InlineData("src/A.cs", "#if NEVER\nclass A : Missing { }\n#endif\n")]
    [InlineData("src/Program.cs", "Console.WriteLine(1);\n")]
    [InlineData("src/run.cs", "#!/usr/bin/env dotnet\n#:package Some.Package@1.0.0\nConsole.WriteLine(1);\n")]
    [InlineData("src/obj/A.cs", "class {")]
    [InlineData("samples/Broken.cs", "class {")]
    [InlineData("src/Templates/A.cs", "class __NAME__ : { {{body}} }")]
    public async Task Run_WhatABuildMayKnowBetter_IsLeftToIt(string path, string text)
    {
        var project = Project.Replace("</Project>", """<ItemGroup><Compile Remove="Templates\**" /></ItemGroup></Project>""", StringComparison.Ordinal);

        Assert.Empty((await RunAsync([("src/Shop.csproj", project), ("src/User.cs", User)], (path, text))).Diagnostics);
    }

    [Fact]
    public async Task Run_DeletedFileThatOthersUse_IsFoundByTheNextChange()
    {
        using var repository = TempRepository.With(Shop);
        var result = await RunAsync(repository, [new FileChange(new("src/User.cs"), null), await BlobAsync(repository, "src/A.cs", "class A { }")]);

        Assert.Equal("src/Greeter.cs(1,46): error CS0246: The type or namespace name 'User' could not be found (are you missing a using directive or an assembly reference?)", Assert.Single(result.Diagnostics).Text);
    }

    [Fact]
    public async Task Run_NameThatAnotherTaskIsToWrite_IsNoError()
    {
        using var repository = TempRepository.With(Shop);
        var change = await BlobAsync(repository, "src/A.cs", "class A { object B() => Validator.Check(Pages.Of<Page<int>>()); object C(Limit most) => most.Value is > 0 ? Missing : 1; }");

        var result = await RunAsync(repository, [change], "Validator", "Pages", "Page", "Limit");

        Assert.Equal("src/A.cs(1,109): error CS0103: The name 'Missing' does not exist in the current context", Assert.Single(result.Diagnostics).Text);
    }

    private static async Task<CheckResult> RunAsync((string Path, string Text)[] files, params (string Path, string Text)[] changes)
    {
        using var repository = TempRepository.With(files);
        var written = new List<FileChange>();
        foreach (var (path, text) in changes)
            written.Add(await BlobAsync(repository, path, text));
        return await RunAsync(repository, written);
    }

    private static async Task<FileChange> BlobAsync(TempRepository repository, string path, string text)
    {
        var opened = await GitRepository.OpenAsync(repository.Folder, TimeProvider.System, Token);
        await using var objects = new GitObjects(opened);
        return new FileChange(new(path), await objects.WriteBlobAsync(System.Text.Encoding.UTF8.GetBytes(text), Token));
    }

    private static async Task<CheckResult> RunAsync(TempRepository repository, List<FileChange> changes, params string[] awaited)
    {
        var opened = await GitRepository.OpenAsync(repository.Folder, TimeProvider.System, Token);
        await using var objects = new GitObjects(opened);
        using var compiler = new CSharpCompiler(opened, objects, TimeProvider.System);
        var before = new ObjectId(repository.Git("rev-parse", "HEAD^{tree}"));
        var after = await new TreeWriter(objects).WriteTreeAsync(before, changes.Select(file => new TreeChange(file.Path, file.Blob, file.Mode)), Token);
        return await compiler.RunAsync(before, after, new ChangeSet(changes.ToValueList()), awaited.ToHashSet(), Token);
    }
}
