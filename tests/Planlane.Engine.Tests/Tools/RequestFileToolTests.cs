using Planlane.Workspaces;

namespace Planlane.Tools;

public sealed class RequestFileToolTests
{
    [Fact]
    public async Task Request_FreeFile_IsGrantedWithItsText()
    {
        await using var bench = await ToolBench.WithAsync(("README.md", "read me\n"));

        var acted = await bench.TurnAsync(("request_file", new { path = "./readme.md", why = "It is wrong." }), ("write_file", new { path = "README.md", content = "read it\n" }));

        Assert.Equal(
            ["Granted: 'README.md' is in your lane now. It holds:\n<file path=\"README.md\">\nread me\n</file>", "Replaced README.md (1 lines). Call finish if that was all."],
            acted.Results.Select(result => result.Text));
        Assert.Equal([new FileRequest(new("README.md"), "It is wrong.", FileDecision.Granted, null)], bench.Mine.Requests);
    }

    [Fact]
    public async Task Request_FileOfATaskAtWork_WaitsForItsEndAndSeesItsVersion()
    {
        await using var bench = await ToolBench.WithAsync(("lib/x.txt", "old\n"));

        var asking = bench.TurnAsync(
            ("write_file", new { path = "src/a.txt", content = "a\n" }),
            ("request_file", new { path = "lib/x.txt", why = "It must call me." }),
            ("edit_file", new { path = "lib/x.txt", edits = new[] { new { old_text = "theirs", new_text = "theirs and mine" } } }));
        await bench.Inbox.WhenAsync(state => state.Task(new("mine")).Requests.Count > 0, ToolBench.Token);
        Assert.Equal([new FileRequest(new("lib/x.txt"), "It must call me.", FileDecision.Queued, new Values.TaskId("theirs"))], bench.Mine.Requests);
        await bench.EndTheirsAsync("lib/x.txt", "theirs\n");
        var acted = await asking;

        Assert.Equal("Granted: 'lib/x.txt' is in your lane now. Agent-2 has ended, and you see its work now. It holds:\n<file path=\"lib/x.txt\">\ntheirs\n</file>", acted.Results[1].Text);
        Assert.Equal("Changed lib/x.txt.", acted.Results[2].Text);
        Assert.Equal("theirs and mine\n", await bench.ReadAsync("lib/x.txt"));
        Assert.Equal("a\n", await bench.ReadAsync("src/a.txt"));
        Assert.Equal([new FileRequest(new("lib/x.txt"), "It must call me.", FileDecision.Granted, new Values.TaskId("theirs"))], bench.Mine.Requests);
    }

    [Theory]
    [InlineData("../x.txt", "Not granted. The path '../x.txt' leaves the repository.")]
    [InlineData("README.md/x.txt", "Not granted. 'README.md' is a file, so nothing can lie below it.")]
    [InlineData("src", "Not granted. 'src' is a folder.")]
    [InlineData("other/*.txt", "Not granted. The path 'other/*.txt' has a character that Windows cannot hold ('*.txt').")]
    public async Task Request_PathThatIsNone_IsRefusedAndRecorded(string path, string expected)
    {
        await using var bench = await ToolBench.WithAsync(("README.md", "x\n"), ("src/a.txt", "a\n"));

        var result = await bench.CallAsync("request_file", new { path, why = "why" });

        Assert.Equal((expected, true), (result.Text, result.IsError));
        Assert.Equal(FileDecision.Refused, Assert.Single(bench.Mine.Requests).Decision);
    }

    [Fact]
    public async Task Request_FileOfTheOwnLane_NeedsNoDecision()
    {
        await using var bench = await ToolBench.WithAsync(("src/a.txt", "a\n"));

        Assert.Equal("'src/a.txt' is already in your lane.", (await bench.CallAsync("request_file", new { path = "src/a.txt", why = "why" })).Text);
        Assert.Empty(bench.Mine.Requests);
    }
}
