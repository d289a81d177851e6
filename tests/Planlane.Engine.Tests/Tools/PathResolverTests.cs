using Planlane.Testing;

namespace Planlane.Tools;

public sealed class PathResolverTests
{
    [Theory]
    [InlineData("src/app.txt")]
    [InlineData("./src/app.txt")]
    [InlineData(" src//app.txt ")]
    [InlineData("lib/../src/./app.txt")]
    [InlineData("new/../src/app.txt")]
    [InlineData("src\\app.txt")]
    [InlineData("SRC/App.TXT")]
    [InlineData("{root}/src/app.txt")]
    [InlineData("{root}/lib/../SRC/app.txt")]
    public async Task ToWrite_OtherSpellingOfAFile_IsThatFile(string text)
    {
        await using var bench = await ToolBench.WithAsync(("src/app.txt", "a\n"), ("lib/x.txt", "x\n"));

        Assert.Equal(new ResolvedPath(new("src/app.txt"), null), await Resolver(bench).ToWriteAsync(text.Replace("{root}", bench.Files.Folder), ToolBench.Token));
    }

    [Theory]
    [InlineData("Src/Deep/new.txt", "src/Deep/new.txt")]
    [InlineData("src/caf\u00E9/new.txt", "src/cafe\u0301/new.txt")]
    [InlineData("src/CAFE\u0301/New.txt", "src/cafe\u0301/New.txt")]
    [InlineData("src/gone.txt", "src/gone.txt")]
    public async Task ToWrite_NewFile_TakesTheSpellingOfItsFolders(string text, string expected)
    {
        await using var bench = await ToolBench.WithAsync(("src/cafe\u0301/a.txt", "a\n"), ("src/Gone.txt", "a\n"));
        await bench.CallAsync("delete_file", new { path = "src/Gone.txt" });

        Assert.Equal(new ResolvedPath(new(expected), null), await Resolver(bench).ToWriteAsync(text, ToolBench.Token));
    }

    [Theory]
    [InlineData("../x.txt", "leaves the repository")]
    [InlineData("src/../../x.txt", "leaves the repository")]
    [InlineData("/etc/passwd", "is outside of the repository")]
    [InlineData("D:\\elsewhere\\x", "is outside of the repository")]
    [InlineData("{root}-other/x", "is outside of the repository")]
    [InlineData(".git/config", "lies in a .git folder")]
    [InlineData("src/../.GIT/hooks/x", "lies in a .git folder")]
    [InlineData("src/.g\u200Dit/config", "lies in a .git folder")]
    [InlineData("git~1/config", "lies in a .git folder")]
    [InlineData("{root}/.git/config", "lies in a .git folder")]
    [InlineData("", "is empty")]
    [InlineData("src/a\nb", "contains a control character")]
    [InlineData("src/aux.txt", "is a device on Windows")]
    [InlineData("src/COM1", "is a device on Windows")]
    [InlineData("src/a.", "ends with a dot or a space")]
    [InlineData("src /a.txt", "ends with a dot or a space")]
    [InlineData("src/a.txt:stream", "has a character that Windows cannot hold")]
    public async Task ToWrite_PathThatNobodyMayWrite_SaysWhy(string text, string expected)
    {
        await using var bench = await ToolBench.WithAsync(("src/app.txt", "a\n"));

        var found = await Resolver(bench).ToWriteAsync(text.Replace("{root}", bench.Files.Folder), ToolBench.Token);

        Assert.Contains(expected, found.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("folder", "lib", "folder/x.txt")]
    [InlineData("folder", "src/../lib", "FOLDER/x.txt")]
    [InlineData("src/file", "../lib/x.txt", "src/file")]
    [InlineData("one", "two", "one/x.txt")]
    [InlineData("abs", "{root}/lib", "abs/x.txt")]
    [InlineData("src/up", "..", "src/up/lib/x.txt")]
    [InlineData("far", "src", "far/../lib/x.txt")]
    public async Task Link_InsideTheRepository_IsReadThroughAndNotWrittenThrough(string link, string target, string asked)
    {
        await using var bench = await ToolBench.OnAsync(Linked((link, target), ("two", "lib")));

        Assert.Equal(new ResolvedPath(new("lib/x.txt"), null), await Resolver(bench).ToReadAsync(asked, ToolBench.Token));
        Assert.Contains($"a symbolic link to '{target.Replace("{root}", bench.Files.Folder)}'", (await Resolver(bench).ToWriteAsync(asked, ToolBench.Token)).Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../outside", "out/x")]
    [InlineData("/etc/passwd", "out")]
    [InlineData("out", "out")]
    [InlineData(".git", "out/config")]
    public async Task Link_OutOfTheRepository_IsNotRead(string target, string asked)
    {
        await using var bench = await ToolBench.OnAsync(Linked(("out", target)));

        Assert.NotNull((await Resolver(bench).ToReadAsync(asked, ToolBench.Token)).Problem);
        Assert.True((await bench.CallAsync("read_files", new { paths = new[] { asked } })).IsError);
    }

    [Fact]
    public async Task Submodule_PathBelow_IsRefused()
    {
        var files = TempRepository.With(("src/app.txt", "a\n"));
        files.Git("update-index", "--add", "--cacheinfo", $"160000,{files.Git("rev-parse", "HEAD")},src/sub");
        files.Git("commit", "-q", "-m", "sub");
        await using var bench = await ToolBench.OnAsync(files);

        Assert.Contains("lies in the submodule 'src/sub'", (await bench.CallAsync("write_file", new { path = "src/sub/x.txt", content = "x" })).Text, StringComparison.Ordinal);
    }

    private static TempRepository Linked(params (string Link, string Target)[] links)
    {
        var files = TempRepository.With(("src/app.txt", "a\n"), ("lib/x.txt", "x\n"));
        foreach (var (link, target) in links)
            File.CreateSymbolicLink(Path.Combine(files.Folder, link), target.Replace("{root}", files.Folder));
        files.Git("add", "-A");
        files.Git("commit", "-q", "-m", "links");
        // What the tools see is the commit; in the folder they would lead its clean-up round in circles.
        files.Git(["rm", "-q", "-f", .. links.Select(link => link.Link)]);
        return files;
    }

    private static PathResolver Resolver(ToolBench bench) => new(bench.Workspace(), bench.Files.Folder);
}
