using CsCheck;
using Planlane.Agents;
using Planlane.Budgets;
using Planlane.Cli.Live;
using Planlane.Cli.Output;
using Planlane.Models;
using Planlane.Reports;
using Planlane.Runs;
using Planlane.Support;
using Planlane.Values;

namespace Planlane.Live;

public sealed class LiveLayoutTests
{
    private static readonly TerminalSize Usual = new(80, 24);
    private static readonly TerminalSize Large = new(200, 50);

    [Fact]
    public void LiveLayout_Planning_ShowsThePlanner()
    {
        var run = SampleRun.Started().Then(new StepBegun(new("plan:1")));
        var scene = SceneOf(run, Usual);
        scene.Board.Take(new AgentActivity(null, new RunActivity.OfModel(new("claude-sonnet-4-5"), new ModelActivity.Text(new string('x', 1_234)))), scene.Now);

        Snapshot.Match(Shown(scene));
    }

    [Fact]
    public void LiveLayout_BeforeThePlanner_ShowsWhatIsAsked() => Assert.Contains(
        "triage looks whether this divides",
        string.Join(' ', Shown(SceneOf(SampleRun.Started().Then(new StepBegun(new("triage"))), Usual)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)),
        StringComparison.Ordinal);

    [Fact]
    public void LiveLayout_AtWork_GroupsByWhoMustAct() => Snapshot.Match(Shown(SceneOf(AtWork(), Usual)));

    [Fact]
    public void LiveLayout_AtWorkPlain_SaysItWithoutGlyphs() => Snapshot.Match(Shown(SceneOf(AtWork(), Usual) with { Glyphs = Glyphs.Plain }));

    [Fact]
    public void LiveLayout_LargeTerminal_ShowsTitlesToo() => Snapshot.Match(Shown(SceneOf(AtWork(), Large)));

    [Fact]
    public void LiveLayout_Peeking_ShowsTheEndOfTheAgentsActivity() =>
        Snapshot.Match(Shown(SceneOf(AtWork(), Usual) with { Selected = new TaskId("jwt"), IsPeeking = true }));

    [Fact]
    public void LiveLayout_SixtyFourAgents_FoldsToTheScreen() => Snapshot.Match(Shown(SceneOf(Many(), Usual) with { Selected = new TaskId("t40") }));

    [Fact]
    public void LiveLayout_PausedAndAsked_SaysItAtTheBottom()
    {
        var paused = SceneOf(AtWork().Then(new RunPaused("user")), Usual);

        Snapshot.Match($"{Shown(paused)}\n\n{Shown(paused with { Message = "Stop Haiku-2?" })}\n\n{Shown(paused with { IsStopping = true })}");
    }

    [Fact]
    public void LiveLayout_AnySize_FitsIt() => Gen.Select(Gen.Int[1, 220], Gen.Int[1, 60], Gen.Bool, Gen.Int[0, 63].Select(number => $"t{number}")).Sample((columns, rows, isPeeking, selected) =>
    {
        var scene = SceneOf(Many(), new TerminalSize(columns, rows)) with { Selected = new TaskId(selected), IsPeeking = isPeeking };
        var lines = LiveLayout.Of(scene);

        Assert.True(lines.Count <= Math.Max(1, rows - 1), $"{lines.Count} lines on {rows} rows");
        Assert.All(lines, line => Assert.True(line.Cells <= Math.Max(1, columns - 1), line.Text));
    });

    [Fact]
    public void LiveLayout_HostileText_CannotSteerTheTerminal()
    {
        var scene = SceneOf(AtWork(), Usual);
        scene.Board.Take(new AgentActivity(new("Haiku-2"), new RunActivity.OfTool("run_command", "echo \u001b[2J\u202Eevil\r\n\u009B3J")), scene.Now);

        Assert.DoesNotContain(LiveLayout.Of(scene), line => line.Text.AsSpan().IndexOfAny("\u001b\u009B\u202E\r\n") >= 0);
        Assert.Contains("runs echo \uFFFD[2J\uFFFDevil", Shown(scene), StringComparison.Ordinal);
    }

    // One complete, one blocked, two at work, one that waits.
    private static SampleRun AtWork()
    {
        var run = AuthRun.Planned(new Requests.RunSettings(SampleRun.Sonnet, SampleRun.Haiku, Budget: new Cost(3))).After(8).Approved();
        run.Begun("jwt").Begun("types").Begun("password");
        run.Completed("types", "Created auth types and interfaces", AuthRun.Created("auth/types.ts", 42));
        run.Ended("password", new AttemptOutcome.Blocked(new AgentWords("Stopped", "The stored hashes use a format that nobody described.")));
        run.Turn(
            "jwt",
            [new AnswerBlock.Text("I write the signing first."), Call("1", "write_file", """{"path":"auth/jwt.ts","content":"a\nb\nc\n"}"""), Call("2", "run_command", """{"command":"npm test"}""")],
            [new("1", "Written.", false), new("2", "exit code 1\nline one\n3 tests failed", false)],
            new FileChange(new("auth/jwt.ts"), SampleRun.Blob(new("auth/jwt.ts"))));
        return run;
    }

    private static SampleRun Many()
    {
        var tasks = Enumerable.Range(0, 64).Select(i => AuthRun.Task($"t{i}", $"Write part {i}", $"src/part{i}.ts", i < 40 ? [] : [$"t{i - 40}"], 900, $"Add part {i}"));
        var run = SampleRun.Started().Planned(AuthRun.Plan with { Tasks = tasks.ToValueList(), Stages = [] }).After(8).Approved();
        for (var i = 0; i < 8; i++)
            run.Begun($"t{i}");
        return run.Completed("t0", "Wrote it", AuthRun.Created("src/part0.ts", 9)).Begun("t8");
    }

    private static LiveScene SceneOf(SampleRun run, TerminalSize size)
    {
        var (board, state) = (new ActivityBoard(), RunState.Empty);
        foreach (var recorded in run.Events)
            board.Take(recorded, state = state.Apply(recorded));
        return new LiveScene(state, board, state.LastAt.AddSeconds(7), size, Glyphs.Fancy) { Keys = "up/down select, space look, x stop agent, P pause, +/- slots, q stop the run" };
    }

    private static string Shown(LiveScene scene) => string.Join('\n', LiveLayout.Of(scene).Select(line => line.Text));

    private static AnswerBlock Call(string id, string tool, string input) => new AnswerBlock.ToolCall(id, tool, input);
}
