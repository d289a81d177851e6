using Planlane.Git;
using Planlane.Reports;
using Planlane.Values;
using TempRepository = Planlane.Testing.TempRepository;

namespace Planlane.Tools;

/// <summary>Reading, listing, searching, writing, deleting, moving.</summary>
public sealed class FileToolTests
{
    [Fact]
    public async Task ReadFiles_ManyWithRanges_AreOneAnswer()
    {
        await using var bench = await ToolBench.WithAsync(("src/a.txt", "one\ntwo\nthree\nfour\n"), ("src/b.txt", "bee"), ("src/c:2.txt", "colon\n"));

        var result = await bench.CallAsync("read_files", new { paths = new[] { "src/a.txt:2-3", "./src/b.txt", "src/a.txt:4", "src/a.txt:3-", "src/c:2.txt", "src/none.txt", "src/a.txt:9" } });

        Assert.Equal(
            """
            <file path="src/a.txt" lines="2-3 of 4">
            two
            three
            </file>
            <file path="src/b.txt">
            bee
            </file>
            <file path="src/a.txt" lines="4-4 of 4">
            four
            </file>
            <file path="src/a.txt" lines="3-4 of 4">
            three
            four
            </file>
            <file path="src/c:2.txt">
            colon
            </file>
            'src/none.txt' does not exist.
            'src/a.txt' has 4 lines.
            """.ReplaceLineEndings("\n"),
            result.Text);
        Assert.False(result.IsError);
    }

    [Fact]
    public async Task ReadFiles_MoreThanOneAnswerHolds_SaysWhatIsLeft()
    {
        var line = new string('x', 99) + "\n";
        await using var bench = await ToolBench.WithAsync(("src/a.txt", string.Concat(Enumerable.Repeat(line, 500))), ("src/b.txt", string.Concat(Enumerable.Repeat(line, 500))), ("src/c.txt", "c\n"));

        var result = await bench.CallAsync("read_files", new { paths = new[] { "src/a.txt", "src/b.txt", "src/c.txt" } });

        Assert.InRange(result.Text.Length, 79_000, 81_000);
        Assert.Matches("'src/b.txt' goes on: read \"src/b.txt:[0-9]+-500\"", result.Text);
        Assert.EndsWith("Not read, as one answer holds at most 80000 characters: src/c.txt", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadFiles_NothingReadable_SaysWhyForEach()
    {
        var files = TempRepository.With(("lib/x.txt", "x\n"), ("deep/known.txt", "k\n"));
        File.WriteAllBytes(Path.Combine(files.Folder, "image.bin"), [1, 0, 2]);
        files.Git("add", "-A");
        files.Git("commit", "-q", "-m", "binary");
        await using var bench = await ToolBench.OnAsync(files);

        var result = await bench.CallAsync("read_files", new { paths = new[] { "image.bin", "lib/new.txt", "deep", "known.txt" } });

        Assert.True(result.IsError);
        Assert.Equal(
            [
                "'image.bin' is not UTF-8 text.",
                "'lib/new.txt' belongs to Agent-2 (Write theirs) and is not there for you yet. Build on your brief and the contracts; do not wait for it.",
                "'deep' is a folder; list_files shows what is in it.",
                "'known.txt' does not exist. Did you mean deep/known.txt?",
            ],
            result.Text.Split('\n'));
    }

    [Theory]
    [InlineData(null, "README.md\nlib/x.txt\nsrc/a.cs\nsrc/deep/b.cs\nsrc/new.cs")]
    [InlineData("src", "src/a.cs\nsrc/deep/b.cs\nsrc/new.cs")]
    [InlineData("./SRC/deep/", "src/deep/b.cs")]
    [InlineData("*.cs", "src/a.cs\nsrc/deep/b.cs\nsrc/new.cs")]
    [InlineData("src/*.cs", "src/a.cs\nsrc/new.cs")]
    [InlineData("**/b.*", "src/deep/b.cs")]
    [InlineData("nothing", "No file matches 'nothing'.")]
    [InlineData("../*", "The pattern '../*' contains an empty, '.' or '..' part.")]
    public async Task ListFiles_FolderOrPattern_AreTheFilesThatTheAgentSees(string? path, string expected)
    {
        await using var bench = await ToolBench.WithAsync(("README.md", "r\n"), ("lib/x.txt", "x\n"), ("src/a.cs", "a\n"), ("src/deep/b.cs", "b\n"), ("src/gone.cs", "g\n"));
        await bench.TurnAsync(("write_file", new { path = "src/new.cs", content = "n\n" }), ("delete_file", new { path = "src/gone.cs" }));

        var result = await bench.CallAsync("list_files", path is null ? new { } : new { path });

        Assert.Equal(expected, result.Text);
    }

    [Fact]
    public async Task ListFiles_TooMany_AreSummedByFolder()
    {
        await using var bench = await ToolBench.OnAsync(TempRepository.With([("README.md", "r\n"), .. Enumerable.Range(0, 400).Select(i => ($"src/part{i % 3}/file{i}.cs", "x\n"))]));

        var result = await bench.CallAsync("list_files", new { });

        Assert.Equal("401 files, too many to list; name a folder or a narrower pattern:\nREADME.md\nsrc/part0/ (134 files)\nsrc/part1/ (133 files)\nsrc/part2/ (133 files)", result.Text);
    }

    [Theory]
    [InlineData("Greet\\d+", null, "lib/x.txt:1:Greet1 of lib\nsrc/new.cs:1:Greet22 of new")]
    [InlineData("Greet[\\d]+ of (?:lib|new)", "src", "src/new.cs:1:Greet22 of new")]
    [InlineData("Greet", "*.cs", "src/new.cs:1:Greet22 of new")]
    [InlineData("Greet", "src/new.cs", "src/new.cs:1:Greet22 of new")]
    [InlineData("of old", null, "No line matches.")]
    public async Task Search_OwnWrites_AreSearchedToo(string pattern, string? path, string expected)
    {
        await using var bench = await ToolBench.WithAsync(("lib/x.txt", "Greet1 of lib\n"), ("src/gone.cs", "Greet3 of old\n"));

        var acted = await bench.TurnAsync(
            ("write_file", new { path = "src/new.cs", content = "Greet22 of new\n" }), ("delete_file", new { path = "src/gone.cs" }), ("search", path is null ? new { pattern } : new { pattern, path }));

        Assert.Equal((expected, false), (acted.Results[2].Text, acted.Results[2].IsError));
    }

    [Fact]
    public async Task Search_NoPattern_IsSaid()
    {
        await using var bench = await ToolBench.WithAsync(("lib/x.txt", "x\n"));

        Assert.StartsWith("The pattern is not a POSIX extended regular expression: ", (await bench.CallAsync("search", new { pattern = "a(" })).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("write_file", "lib/x.txt")]
    [InlineData("write_file", "LIB/../lib/X.txt")]
    [InlineData("delete_file", "lib/x.txt")]
    [InlineData("edit_file", "src/../lib/x.txt")]
    [InlineData("move_file", "lib/x.txt")]
    public async Task Write_FileOfAnotherTask_IsRefusedWithItsOwner(string tool, string path)
    {
        await using var bench = await ToolBench.WithAsync(("lib/x.txt", "x\n"), ("src/a.txt", "a\n"));

        var result = await bench.CallAsync(tool, new { path, content = "mine", edits = new[] { new { old_text = "x", new_text = "y" } }, from = "src/a.txt", to = path });

        Assert.Equal(("'lib/x.txt' belongs to Agent-2 (Write theirs). Your lane is: src/**. Leave it to its owner.", true), (result.Text, result.IsError));
        Assert.Empty(bench.Mine.Changes.Files);
    }

    [Fact]
    public async Task MoveFile_Executable_KeepsContentAndMode()
    {
        var files = TempRepository.With(("src/run.sh", "echo\n"), ("src/there.sh", "x\n"));
        files.Git("update-index", "--chmod=+x", "src/run.sh");
        files.Git("commit", "-q", "-m", "mode");
        var blob = new ObjectId(files.Git("rev-parse", "HEAD:src/run.sh"));
        await using var bench = await ToolBench.OnAsync(files);

        var acted = await bench.TurnAsync(
            ("move_file", new { from = "src/none.sh", to = "src/x.sh" }), ("move_file", new { from = "src/run.sh", to = "src/there.sh" }), ("move_file", new { from = "./src/run.sh", to = "src/bin/go.sh" }));

        Assert.Equal(
            ["'src/none.sh' does not exist.", "'src/there.sh' exists already; delete it first if it is to be replaced.", "Moved src/run.sh to src/bin/go.sh."],
            acted.Results.Select(result => result.Text));
        Assert.Equal(
            [new FileChange(new("src/bin/go.sh"), blob, FileModes.Executable), new FileChange(new("src/run.sh"), null, FileModes.None)],
            bench.Mine.Changes.Files);
    }

    [Fact]
    public async Task WriteFile_LinkOfTheLane_IsRefusedWithWhereItPoints()
    {
        var files = TempRepository.With(("src/a.txt", "a\n"));
        File.CreateSymbolicLink(Path.Combine(files.Folder, "src", "key"), "/etc/shadow");
        files.Git("add", "-A");
        files.Git("commit", "-q", "-m", "link");
        files.Git("rm", "-q", "-f", "src/key");
        await using var bench = await ToolBench.OnAsync(files);

        var acted = await bench.TurnAsync(("write_file", new { path = "src/key", content = "x" }), ("delete_file", new { path = "src/key" }), ("read_files", new { paths = new[] { "src/key" } }));

        Assert.All(acted.Results, result => Assert.Contains("/etc/shadow", result.Text, StringComparison.Ordinal));
        Assert.All(acted.Results, result => Assert.True(result.IsError));
        Assert.Empty(acted.Changes.Files);
    }
}
