using Planlane.Git;
using Planlane.Values;
using TempRepository = Planlane.Testing.TempRepository;

namespace Planlane.Planning;

public sealed class ContractCheckerTests
{
    private const string Project = """<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup></Project>""";
    private const string User = "namespace Shop;\n\npublic sealed class User\n{\n    public string Name { get; set; } = \"\";\n}\n";

    private static readonly (string Path, string Text)[] Shop = [("src/Shop.csproj", Project), ("src/User.cs", User), ("src/Greeter.cs", "namespace Shop; class Greeter { string Greet(User user) => user.Name; }")];

    [Fact]
    public async Task Check_ContractThatUsesTheCodeThatIsThere_IsCompiled()
    {
        var found = await CheckAsync(Shop, ("src/IUsers.cs", "namespace Shop;\npublic interface IUsers { Task<List<User>> AllAsync(); }\n"));

        Assert.Equal([new ContractCheck(new("src/IUsers.cs"), ContractState.Compiled, null)], found.Checks);
        Assert.Empty(found.Problems);
    }

    [Fact]
    public async Task Check_UnknownName_IsFoundWithItsPlace()
    {
        var found = await CheckAsync(Shop, ("src/Good.cs", "class Good { }"), ("src/IUsers.cs", "namespace Shop;\npublic interface IUsers { Usr First(); }\n"));

        Assert.Equal(
            [new PlanProblem("contracts-compile", "Contract 'src/IUsers.cs', line 2, column 27: CS0246: The type or namespace name 'Usr' could not be found (are you missing a using directive or an assembly reference?)") { At = "/contracts/1/content" }],
            found.Problems);
        Assert.Equal([ContractState.Compiled, ContractState.Broken], found.Checks.Select(check => check.State));
    }

    [Fact]
    public async Task Check_BadSyntax_IsFoundAndTheOthersWait()
    {
        var found = await CheckAsync(Shop, ("src/A.cs", "public interface A { B Get() }"), ("src/B.cs", "public interface B { A Get(); }"));

        Assert.Equal("Contract 'src/A.cs', line 1, column 30: CS1002: ; expected", Assert.Single(found.Problems).Message);
        Assert.Equal([ContractState.Broken, ContractState.Parsed], found.Checks.Select(check => check.State));
    }

    [Fact]
    public async Task Check_ContractsThatNeedEachOther_AreCompiled()
    {
        var found = await CheckAsync(Shop, ("src/A.cs", "public interface A { B Get(); }"), ("src/B.cs", "public interface B { A Get(); }"));

        Assert.Equal([ContractState.Compiled, ContractState.Compiled], found.Checks.Select(check => check.State));
    }

    [Fact]
    public async Task Check_TypeThatExistsAlready_IsFound()
    {
        var found = await CheckAsync(Shop, ("src/Users/User.cs", "namespace Shop;\npublic sealed class User { }\n"));

        Assert.Contains(found.Problems, problem => problem.Message == "Contract 'src/Users/User.cs', line 2, column 21: CS0101: The namespace 'Shop' already contains a definition for 'User'");
    }

    [Fact]
    public async Task Check_ContractThatReplacesAFile_MayNotBreakAFileThatNoTaskOwns()
    {
        (string, string) contract = ("src/User.cs", "namespace Shop; public sealed class User { public string FullName { get; set; } = \"\"; }");

        Assert.StartsWith("Contract 'src/User.cs', line 1, column 1: It breaks 'src/Greeter.cs', line 1: CS1061:", Assert.Single((await CheckAsync(Shop, contract)).Problems).Message);
        Assert.Empty((await CheckAsync(Shop, [contract], owned: "src/Greeter.cs")).Problems);
    }

    [Fact]
    public async Task Check_TypeOfAReferencedProject_IsSeen()
    {
        var web = Project.Replace("</Project>", """<ItemGroup><ProjectReference Include="..\src\Shop.csproj" /></ItemGroup></Project>""");
        var found = await CheckAsync([.. Shop, ("web/Web.csproj", web)], ("web/Page.cs", "public interface Page { Shop.User User { get; } }"), ("web/Odd.cs", "interface Odd { Shop.Greeter Greeter { get; } }"));

        Assert.Equal([ContractState.Compiled, ContractState.Broken], found.Checks.Select(check => check.State));
        Assert.Contains("CS0122", Assert.Single(found.Problems).Message);
    }

    [Fact]
    public async Task Check_NameOfAPackageThatIsNotRestored_IsParsedWithANote()
    {
        var project = Project.Replace("</Project>", """<ItemGroup><PackageReference Include="Odd.Package" Version="1.0.0" /></ItemGroup></Project>""");
        var found = await CheckAsync([("src/Shop.csproj", project), ("src/User.cs", User)], ("src/A.cs", "using Odd.Package;\npublic interface A { Thing Get(); }"), ("src/B.cs", "public interface B { Shop.User Get(); }"));

        Assert.Empty(found.Problems);
        Assert.Equal([ContractState.Parsed, ContractState.Compiled], found.Checks.Select(check => check.State));
        Assert.StartsWith("Names were not checked, as Odd.Package could not be seen; the first unknown one is at line 1: CS0246:", found.Checks[0].Note);
    }

    [Fact]
    public async Task Check_SettingsOfTheProject_CauseNoErrors()
    {
        var project = """<Project Sdk="Microsoft.NET.Sdk.Web"><PropertyGroup><OutputType>Exe</OutputType><Nullable>disable</Nullable><RootNamespace>Odd</RootNamespace><ImplicitUsings>enable</ImplicitUsings></PropertyGroup></Project>""";
        var found = await CheckAsync(
            [("web/Web.csproj", project), ("web/Program.cs", "var app = WebApplication.Create(args); app.Run();")],
            ("web/Routes.cs", "public static partial class Routes { public static void Map(WebApplication app) { string x = null; Inner(x); } static partial void Inner(string x); public static partial int Later(); }"),
            ("web/Start.cs", "System.Console.WriteLine();"));

        Assert.Equal([ContractState.Compiled, ContractState.Compiled], found.Checks.Select(check => check.State));
    }

    [Fact]
    public async Task Check_LanguageVersionOfTheProject_Holds()
    {
        var found = await CheckAsync([("src/Old.csproj", Project.Replace("<ImplicitUsings>", "<LangVersion>7.3</LangVersion><ImplicitUsings>"))], ("src/A.cs", "public record A(int X);"));

        Assert.Equal(ContractState.Broken, Assert.Single(found.Checks).State);
    }

    [Theory]
    [InlineData("a.json", "{ \"a\": 1, }", null)]
    [InlineData("a.json", "{\n  \"a\": }", "line 2, column 8: '}' is an invalid start of a value.")]
    [InlineData("a.xml", "<a>\n  <b></a>", "line 2, column 8: The 'b' start tag on line 2 position 4 does not match the end tag of 'a'. Line 2, position 8.")]
    [InlineData("a.js", "import x from 'y';\nexport const a = x;\n", null)]
    [InlineData("a.js", "const a = require('a');\nmodule.exports = { a };\n", null)]
    [InlineData("a.js", "import x from 'y';\nexport const a = ;\n", "line 2, column 18: SyntaxError: Unexpected token ';'")]
    [InlineData("a.py", "def f(x: 'Unknown') -> int: ...\n", null)]
    [InlineData("a.py", "x = 1\ndef f(:\n", "line 2, column 7: invalid syntax")]
    [InlineData("a.rs", "pub trait A { fn get(&self) -> Unknown; }\n", null)]
    [InlineData("a.rs", "pub fn a( -> u8;\n", "line 1, column")]
    [InlineData("A.java", "package a; public interface A { Unknown get(); }\n", null)]
    [InlineData("A.java", "public class A {\n  int f( { }\n}\n", "line 2, column 10: illegal start of type")]
    [InlineData("a.go", "package a\n\nfunc a( {\n", "line 3")]
    public async Task Check_OtherLanguage_IsParsedByWhatIsThere(string path, string text, string? fault)
    {
        var found = await CheckAsync([], (path, text));

        if (found.Checks[0].State == ContractState.Unchecked)
            Assert.Skip(found.Checks[0].Note!);
        Assert.Equal(fault is null ? ContractState.Parsed : ContractState.Broken, found.Checks[0].State);
        Assert.StartsWith($"Contract '{path}', {fault}", fault is null ? $"Contract '{path}', " : found.Problems[0].Message);
    }

    [Fact]
    public async Task Check_LanguageThatNothingReads_IsUncheckedWithANote() => Assert.Equal(
        [new ContractCheck(new("a.ts"), ContractState.Unchecked, "Nothing here reads .ts files.")],
        (await CheckAsync([], ("a.ts", "export interface A {}"))).Checks);

    private static Task<Contracts.ContractFindings> CheckAsync((string Path, string Text)[] files, params (string Path, string Text)[] contracts) => CheckAsync(files, contracts, owned: "src/new.cs");

    private static async Task<Contracts.ContractFindings> CheckAsync((string Path, string Text)[] files, (string Path, string Text)[] contracts, string owned)
    {
        var token = TestContext.Current.CancellationToken;
        using var folder = TempRepository.With(files);
        var repository = await GitRepository.OpenAsync(folder.Folder, TimeProvider.System, token);
        await using var objects = new GitObjects(repository);
        var task = new PlannedTask(new("work"), "Work", "Work.", new([new(owned)]), [], [], [], null, new(100), "Work");
        var plan = new Plan(Plan.SchemaVersion, new(true, "It divides."), [], contracts.Select(contract => new Contract(new(contract.Path), contract.Text)).ToValueList(), [task], [], []);
        return await new ContractChecker(repository, objects).CheckAsync(plan, new ObjectId(folder.Git("rev-parse", "HEAD^{tree}")), token);
    }
}
