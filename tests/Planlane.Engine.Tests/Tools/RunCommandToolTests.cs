using Planlane.Reports;
using Planlane.Values;

namespace Planlane.Tools;

public sealed class RunCommandToolTests
{
    [Fact]
    public async Task Command_WritesInAndOutOfTheLane_KeepsTheLaneAlone()
    {
        await using var bench = await ToolBench.WithAsync(("src/a.txt", "a\n"), ("lib/x.txt", "x\n"));

        var acted = await bench.TurnAsync(
            ("write_file", new { path = "src/new.txt", content = "new\n" }),
            ("run_command", new { command = "cat src/new.txt lib/x.txt; echo b > src/b.txt; rm src/a.txt; echo y > lib/x.txt; echo $PWD/src/b.txt" }),
            ("run_command", new { command = "cat src/b.txt; test ! -e src/a.txt; cat lib/x.txt" }));

        Assert.Equal(
            """
            Exit code 0, 0.5 s.
            Changed in your lane, and kept: src/a.txt, src/b.txt.
            Written outside your lane, and undone: lib/x.txt. Only files of your lane are kept.
            <output>
            new
            x
            src/b.txt
            </output>
            """.ReplaceLineEndings("\n"),
            acted.Results[1].Text);
        Assert.Equal("Exit code 0, 0.5 s.\n<output>\nb\nx\n</output>", acted.Results[2].Text);
        Assert.Equal(["src/a.txt", "src/b.txt", "src/new.txt"], bench.Mine.Changes.Files.Select(file => file.Path.Value));
        Assert.Null(await bench.ReadAsync("src/a.txt"));
        var run = bench.Mine.Commands[0];
        Assert.Equal(
            new CommandRun(run.Command, CommandEnd.Exited, 0, 0.5, "new\nx\nsrc/b.txt") { Changed = [new("src/a.txt"), new("src/b.txt")], Undone = [new RepoPath("lib/x.txt")] },
            run);
        Assert.Equal(2, bench.Mine.Commands.Count);
    }

    [Fact]
    public async Task Command_WritesWhatTheUserHasNotCommitted_IsUndone()
    {
        await using var bench = await ToolBench.WithAsync(("src/a.txt", "a\n"));
        bench.Inbox.Advance(bench.Inbox.State with { Base = bench.Inbox.State.Base with { Uncommitted = [new RepoPath("src/a.txt")] } });

        var acted = await bench.TurnAsync(("run_command", new { command = "echo b > src/a.txt" }));

        Assert.Contains("Written outside your lane, and undone: src/a.txt.", acted.Results[0].Text, StringComparison.Ordinal);
        Assert.Empty(acted.Changes.Files);
    }

    [Fact]
    public async Task Command_Fails_IsAnErrorWithItsOutput()
    {
        await using var bench = await ToolBench.WithAsync(("src/a.txt", "a\n"));

        var result = await bench.CallAsync("run_command", new { command = "printf '\\033[31mred\\033[0m \\033]0;title\\007bell\\007'; exit 3" });

        Assert.Equal(("Exit code 3, 0.5 s.\n<output>\nred bell\n</output>", true), (result.Text, result.IsError));
    }

    [Fact]
    public async Task Command_LongOutput_KeepsHeadAndTail()
    {
        await using var bench = await ToolBench.WithAsync(("src/a.txt", "a\n"));

        var result = await bench.CallAsync("run_command", new { command = "seq 1 20000" });

        Assert.StartsWith("Exit code 0, 0.5 s.\n<output>\n1\n2\n3\n", result.Text, StringComparison.Ordinal);
        Assert.EndsWith("\n19999\n20000\n</output>", result.Text, StringComparison.Ordinal);
        Assert.Matches("\n… [0-9]+ characters left out …\n", result.Text);
        Assert.InRange(result.Text.Length, 10_000, 10_200);
        Assert.InRange(bench.Mine.Commands[0].Output.Length, 10_000, 10_100);
    }

    [Theory]
    [InlineData(null, 120)]
    [InlineData(5, 5)]
    [InlineData(0, 1)]
    [InlineData(100_000, 600)]
    public async Task Command_TimeLimit_IsTheDefaultOrCapped(int? seconds, int expected)
    {
        await using var bench = await ToolBench.WithAsync(("src/a.txt", "a\n"));

        await bench.CallAsync("run_command", seconds is null ? new { command = "true" } : new { command = "true", seconds });

        var command = Assert.Single(bench.Workspaces.Commands);
        Assert.Equal((TimeSpan.FromSeconds(expected), "Agent-1", "src/**"), (command.Limit, command.Workspace, command.Lane!.ToString()));
    }

    [Fact]
    public async Task Command_Empty_IsRefused()
    {
        await using var bench = await ToolBench.WithAsync(("src/a.txt", "a\n"));

        Assert.True((await bench.CallAsync("run_command", new { command = " " })).IsError);
        Assert.Empty(bench.Mine.Commands);
    }
}
