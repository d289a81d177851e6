using Planlane.Agents;
using Planlane.Approval;
using Planlane.Budgets;
using Planlane.Commits;
using Planlane.Planning;
using Planlane.Reports;
using Planlane.Requests;
using Planlane.Reviews;
using Planlane.Runs;
using Planlane.Scheduling;
using Planlane.Values;

namespace Planlane.Support;

/// <summary>A run that real events are applied to, as the run loop does.</summary>
internal sealed class SampleRun
{
    private readonly List<RecordedEvent> _events = [];
    private DateTimeOffset _now = new(2026, 11, 2, 9, 30, 0, TimeSpan.Zero);
    private int _call;

    public static ModelFacts Sonnet { get; } = new(
        new("claude-sonnet-4-5"), "Sonnet", [new ModelPrice(new(2025, 9, 29), 3, 15, 0.30m, 3.75m, 6)], 200_000, 64_000, 1_024, 63, 1.8);

    public static ModelFacts Haiku { get; } = new(
        new("claude-haiku-4-5"), "Haiku", [new ModelPrice(new(2025, 10, 15), 1, 5, 0.10m, 1.25m, 2)], 200_000, 64_000, 4_096, 100, 0.7);

    public RunState State { get; private set; } = RunState.Empty;

    public IReadOnlyList<RecordedEvent> Events => _events;

    public static SampleRun Started(RunSettings? settings = null, RunRequest? request = null, params ReadOnlySpan<RepoPath> uncommitted) => new SampleRun().Then(new RunStarted(
        new("7f3c2a"),
        request ?? new("Implement user authentication with JWT, password hashing, and tests", [], []),
        new RunBase(new("1111111111111111111111111111111111111111"), new("2222222222222222222222222222222222222222"), "refs/heads/main", [.. uncommitted]),
        settings ?? new RunSettings(Sonnet, Haiku)));

    public SampleRun Then(params ReadOnlySpan<RunEvent> events)
    {
        foreach (var item in events)
        {
            var recorded = new RecordedEvent(State.Sequence + 1, _now, item);
            State = State.Apply(recorded);
            _events.Add(recorded);
            _now += TimeSpan.FromSeconds(1);
        }

        return this;
    }

    public SampleRun After(double seconds)
    {
        _now += TimeSpan.FromSeconds(seconds);
        return this;
    }

    public SampleRun Planned(Plan plan) => Then(new StepBegun(new("plan:1"))).After(38).Then(
        new PlanAnswered(1, "{}", AnswerStop.EndTurn, Call(Sonnet, null, new Usage(3_011, 2_421, 0, 0), 39.2))).Then(
        new PlanChecked(1, plan, [], EstimateOf(plan, EstimateExperience.None)),
        new StepEnded(new("plan:1")));

    /// <summary>What is estimated of a plan after the planning of this run.</summary>
    public PlanEstimate EstimateOf(Plan plan, EstimateExperience experience) => PlanEstimate.Of(new EstimateInput(
        plan, State.Settings, new(2026, 11, 2), new PromptSizes(4_300, 0, plan.Tasks.Select(task => new OwnPrompt(task.Id, 310)).ToValueList()), PlanningSpent.Of(State.Calls), experience, Seed: 1));

    public SampleRun Approved(params ReadOnlySpan<RepoPath> existing) => Then(
        new PlanDecided(new PlanDecision.Approved(), "user"),
        new StepBegun(new("prepare")),
        new AgentsPrepared(new("3333333333333333333333333333333333333333"), 4_300, [.. existing]),
        new StepEnded(new("prepare")));

    public SampleRun Begun(string task) => Then(new StepBegun(new RunStep.Attempt(new(task), State.Task(new(task)).Order!.Attempt).Id));

    public SampleRun Turn(string task, ValueList<AnswerBlock> answer, ValueList<ToolResult> results, params ReadOnlySpan<FileChange> changes)
    {
        var state = State.Task(new(task));
        var number = state.Turns.Count + 1;
        var model = BudgetRules.ModelOf(State, state);
        return After(11).Then(
            new TurnAnswered(state.Id, state.Order!.Attempt, number, answer, AnswerStop.ToolUse, Call(model, state.Agent, new Usage(310, 1_240, 4_300, 0), 12.5)),
            new TurnActed(state.Id, number, results, new ChangeSet([.. changes])));
    }

    public SampleRun Ended(string task, AttemptOutcome outcome, params ReadOnlySpan<FileStat> files)
    {
        var order = State.Task(new(task)).Order!;
        Then(new AttemptEnded(new(task), order.Attempt, outcome));
        return Then(new TaskReported(ReportRules.Of(State.Task(new(task)), new Evidence([.. files]))), new StepEnded(new RunStep.Attempt(new(task), order.Attempt).Id));
    }

    /// <summary>A whole attempt that writes the given files in one turn and completes.</summary>
    public SampleRun Completed(string task, string work, params ReadOnlySpan<FileStat> files)
    {
        AnswerBlock[] writes = [.. files.ToArray().Select((file, index) => (AnswerBlock)new AnswerBlock.ToolCall($"w{index}", "write_file", $$"""{"path":"{{file.Path}}","content":"…"}"""))];
        return Turn(task, [.. writes, Finish(work)], [.. writes.Select((_, index) => new ToolResult($"w{index}", "Written.", false))], [.. files.ToArray().Select(file => new FileChange(file.Path, Blob(file.Path)))])
            .Ended(task, new AttemptOutcome.Completed(new AgentWords(work, null)), files);
    }

    public SampleRun Combined(params ReadOnlySpan<CheckResult> checks)
    {
        var step = new StepId($"combine:{State.CombinedRounds + 1}");
        var done = PlanGraph.InDependencyOrder(State.Plan!).Select(task => State.Task(task.Id)).Where(task => task.IsComplete && !State.LeftOut.Contains(task.Id)).ToList();
        Then(new StepBegun(step)).After(checks.ToArray().Sum(check => check.Seconds));
        return Then(
            new WorkCombined(new CombinedWork(
                State.CombinedRounds + 1,
                new("4444444444444444444444444444444444444444"),
                done.Select(task => task.Id).ToValueList(),
                done.SelectMany(task => task.Report!.Files).OrderBy(file => file.Path).ToValueList(),
                [.. checks])),
            new StepEnded(step));
    }

    public SampleRun Landed() => After(9).Then(
        new ReviewDecided(new ReviewDecision.Approved([]), "user"),
        new StepBegun(new("land"))).Then(
        new ChangesLanded(new CommitReceipt(
            State.Base.Commit,
            new("f000000000000000000000000000000000000000"),
            State.Base.Branch,
            CommitPlan.Of(State, State.ApprovedChanges!).Commits
                .Select((commit, index) => new LandedCommit(new($"a3f9b{index}10000000000000000000000000000000000"), commit.Agent, commit.Subject)).ToValueList())),
        new StepEnded(new("land")));

    public static AnswerBlock Finish(string work) => new AnswerBlock.ToolCall("f", Agents.Turn.FinishTool, $$"""{"status":"complete","work":"{{work}}"}""");

    public static ObjectId Blob(RepoPath path) => new(Convert.ToHexStringLower(System.Text.Encoding.UTF8.GetBytes(path.Value)).PadRight(40, '0')[..40]);

    private ModelCall Call(ModelFacts model, AgentId? agent, Usage usage, double seconds) =>
        new(model.Id, agent, usage with { Input = usage.Input + _call++ }, model.PriceOn(new(2026, 11, 2)).Of(usage), 0.8, seconds);
}
