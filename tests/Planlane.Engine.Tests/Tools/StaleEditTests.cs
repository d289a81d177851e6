using Planlane.Testing;
using Planlane.Workspaces;

namespace Planlane.Tools;

/// <summary>A file that is not what the agent has seen is shown to it instead of changed.</summary>
public sealed class StaleEditTests
{
    [Theory]
    [InlineData("write_file")]
    [InlineData("edit_file")]
    public async Task Write_FileNeverSeen_IsShownAndThenWritten(string tool)
    {
        await using var bench = await ToolBench.WithAsync(("src/a.txt", "one\n"));
        var input = new { path = "src/a.txt", content = "two\n", edits = new[] { new { old_text = "one", new_text = "two" } } };

        var refused = await bench.CallAsync(tool, input);
        var done = await bench.CallAsync(tool, input);

        Assert.Equal(
            "'src/a.txt' exists, and you have not read it, so nothing was changed. It holds:\n<file path=\"src/a.txt\">\none\n</file>\nDo it again on this text, if it still is to be done.",
            refused.Text);
        Assert.Equal((true, false), (refused.IsError, done.IsError));
        Assert.Equal("two\n", await bench.ReadAsync("src/a.txt"));
    }

    [Fact]
    public async Task Write_FileOfTheBriefOrRead_IsWritten()
    {
        await using var bench = await ToolBench.OnAsync(TempRepository.With(("src/a.txt", "one\n"), ("src/b.txt", "one\n")), "src/a.txt");

        var acted = await bench.TurnAsync(
            ("write_file", new { path = "src/a.txt", content = "two\n" }), ("read_files", new { paths = new[] { "src/b.txt:1" } }), ("write_file", new { path = "src/b.txt", content = "two\n" }));

        Assert.All(acted.Results, result => Assert.False(result.IsError, result.Text));
        Assert.Equal(["src/a.txt", "src/b.txt"], acted.Seen.Select(file => file.Path.Value));
        Assert.Equal(acted.Seen, acted.Changes.Files.Select(file => new SeenFile(file.Path, file.Blob!.Value)));
    }

    [Fact]
    public async Task Write_ChangedByTheAgentsOwnCommand_IsShownFirst()
    {
        await using var bench = await ToolBench.OnAsync(TempRepository.With(("src/a.txt", "one\n")), "src/a.txt");
        await bench.TurnAsync(("write_file", new { path = "src/a.txt", content = "two\n" }), ("run_command", new { command = "echo formatted > src/a.txt" }));

        var refused = await bench.TurnAsync(("edit_file", new { path = "src/a.txt", edits = new[] { new { old_text = "two", new_text = "three" } } }), ("delete_file", new { path = "src/a.txt" }));

        Assert.StartsWith("'src/a.txt' is no longer what you have seen, so nothing was changed. It holds:\n<file path=\"src/a.txt\">\nformatted\n</file>", refused.Results[0].Text, StringComparison.Ordinal);
        Assert.Equal("Deleted src/a.txt.", refused.Results[1].Text);
    }

    [Fact]
    public async Task Delete_ChangedSinceItWasSeen_IsShownFirst()
    {
        await using var bench = await ToolBench.OnAsync(TempRepository.With(("src/a.txt", "one\n"), ("src/b.txt", "b\n")), "src/a.txt");
        await bench.CallAsync("run_command", new { command = "echo other > src/a.txt" });

        var acted = await bench.TurnAsync(("delete_file", new { path = "src/a.txt" }), ("delete_file", new { path = "src/b.txt" }));

        Assert.Equal((true, false), (acted.Results[0].IsError, acted.Results[1].IsError));
    }

    [Fact]
    public async Task Seen_RebuiltFromTheEvents_IsTheSame()
    {
        await using var bench = await ToolBench.WithAsync(("src/a.txt", "one\n"), ("src/b.txt", "b\n"));

        await bench.CallAsync("read_files", new { paths = new[] { "src/a.txt", "src/b.txt" } });
        await bench.CallAsync("write_file", new { path = "src/a.txt", content = "two\n" });
        await bench.CallAsync("move_file", new { from = "src/b.txt", to = "src/c.txt" });

        // Each turn makes its workspace from the recorded state alone.
        Assert.Equal(["src/a.txt", "src/b.txt", "src/c.txt"], bench.Mine.Seen.Select(file => file.Path.Value));
        Assert.Equal((Sight.Current, null, Sight.Current), (bench.Workspace().SightOf(new("src/a.txt")), bench.Workspace().SightOf(new("src/b.txt")), bench.Workspace().SightOf(new("src/c.txt"))));
    }
}
