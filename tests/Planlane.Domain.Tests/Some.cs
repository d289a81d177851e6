using Planlane.Agents;
using Planlane.Approval;
using Planlane.Budgets;
using Planlane.Planning;
using Planlane.Reports;
using Planlane.Requests;
using Planlane.Reviews;
using Planlane.Runs;
using Planlane.Scheduling;
using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane;

/// <summary>Sample values; each test names only what it is about.</summary>
internal static class Some
{
    public static readonly DateOnly Day = new(2026, 10, 8);
    public static readonly DateTimeOffset Start = new(2026, 10, 8, 9, 0, 0, TimeSpan.Zero);

    // Prices, limits and speeds of 2026 for the 4.5 models.
    public static readonly ModelFacts Sonnet =
        new(new("claude-sonnet-4-5"), "Sonnet", [new(new(2025, 9, 29), 3, 15, 0.30m, 3.75m, 6)], 200_000, 64_000, 1_024, 63, 1.8);

    public static readonly ModelFacts Haiku =
        new(new("claude-haiku-4-5"), "Haiku", [new(new(2025, 10, 15), 1, 5, 0.10m, 1.25m, 2)], 200_000, 64_000, 4_096, 97, 0.7);

    public static readonly RunSettings Settings = new(Sonnet, Haiku);
    public static readonly RunRequest Request = new("Add authentication", [], []);
    public static readonly RunBase Base = new(Id('a'), Id('b'), "refs/heads/main", []);
    public static readonly EstimatedWork Likely = new(new(0.1, 0.2), new(1, 2), new(10_000, 20_000), new(30_000, 60_000));
    public static readonly PlanEstimate Estimate = new([], Likely, new(0.2, 0.4), PlanningSpent.None, Likely, Likely, EstimateExperience.None);
    public static readonly RepositoryFacts EmptyRepository = new([], []);

    public static ObjectId Id(char digit) => new(new string(digit, 40));

    public static ValueList<TaskId> Ids(params string[] ids) => ids.Select(id => new TaskId(id)).ToValueList();

    public static PlannedTask Task(string id, string[]? owns = null, string[]? after = null, string? check = null, int tokens = 1_000) => new(
        new(id),
        $"Write {id}",
        $"Write the part {id}.",
        new((owns ?? [$"src/{id}.cs"]).Select(path => new Glob(path)).ToValueList()),
        [],
        Ids(after ?? []),
        [],
        check,
        new(tokens),
        $"Add {id}");

    public static Plan Plan(params PlannedTask[] tasks) => new(Planning.Plan.SchemaVersion, new(true, "It divides."), [], [], tasks.ToValueList(), [], []);

    public static ModelCall Call(string? agent = "Haiku-1", decimal usd = 0.01m, Usage usage = default) =>
        new(agent is null ? Sonnet.Id : Haiku.Id, agent is null ? null : new AgentId(agent), usage, new(usd), 1, 2);

    public static Turn Turn(int number, AnswerStop stop, ValueList<AnswerBlock> answer, ValueList<ToolResult>? results, int attempt = 1, FeedbackKind? prompted = null) =>
        new(number, attempt, prompted is { } kind ? new Feedback(kind, "words") : null, answer, stop, Call(), results);

    public static AnswerBlock.ToolCall Finish(string input = """{"status":"done","work":"Wrote it","notes":"Look at it"}""") => new("c9", Agents.Turn.FinishTool, input);

    public static CheckResult Check(int exitCode = 0, params string[] diagnosed) => new(
        "build", "dotnet build", exitCode, null, 1, exitCode == 0 ? "ok" : "it broke", diagnosed.Select(path => new Diagnostic(new RepoPath(path), $"{path}(1,1): error")).ToValueList());

    public static ChangeSet Changes(params string[] paths) => new(paths.Select(path => new FileChange(new(path), Id('c'))).ToValueList());

    public static TaskReport Report(string id, TaskReportState state = TaskReportState.Complete) => new(
        new(id), new("Haiku-1"), state, [], null, null, [], state is TaskReportState.Complete ? null : "It is not done.", default, default, 1);

    public static CombinedWork Work(int round, string[] included, params CheckResult[] checks) => new(round, Id('d'), Ids(included), [], checks.ToValueList());

    /// <summary>The state after events, one a second.</summary>
    public static RunState After(this RunState state, params RunEvent[] events) =>
        events.Aggregate(state, (now, next) => now.Apply(new RecordedEvent(now.Sequence + 1, Start.AddSeconds(now.Sequence), next)));

    /// <summary>The state after events that are recorded a while after the last one.</summary>
    public static RunState Later(this RunState state, TimeSpan wait, params RunEvent[] events) =>
        events.Aggregate(state, (now, next) => now.Apply(new RecordedEvent(now.Sequence + 1, state.LastAt + wait, next)));

    public static RunState Started(RunSettings? settings = null) => RunState.Empty.After(new RunStarted(new("7f3c2a"), Request, Base, settings ?? Settings));

    /// <summary>A run whose plan waits for approval.</summary>
    public static RunState Planned(Plan plan, RunSettings? settings = null) => Started(settings).After(new PlanGiven(plan, Estimate));

    /// <summary>A run whose agents may start; its shared prefix is too short for the cache unless <paramref name="sharedTokens"/> says more.</summary>
    public static RunState Prepared(Plan plan, RunSettings? settings = null, int sharedTokens = 0, params string[] existing) => Planned(plan, settings).After(
        new PlanDecided(new PlanDecision.Approved(), "user"),
        new AgentsPrepared(Id('e'), sharedTokens, existing.Select(path => new RepoPath(path)).ToValueList()));

    public static StepId Attempt(string id, int number = 1) => new RunStep.Attempt(new(id), number).Id;

    /// <summary>The run after one attempt that ended with a report.</summary>
    public static RunState Worked(this RunState state, string id, TaskReportState ended = TaskReportState.Complete)
    {
        var task = state.Task(new(id));
        var step = Attempt(id, task.Order!.Attempt);
        return state.After(
            new StepBegun(step),
            new TurnAnswered(task.Id, task.Order.Attempt, task.Turns.Count + 1, [Finish()], AnswerStop.ToolUse, Call()),
            new TurnActed(task.Id, task.Turns.Count + 1, [], Changes([.. task.Lane.Named.Select(path => path.Value)])),
            new AttemptEnded(task.Id, task.Order.Attempt, new AttemptOutcome.Completed(new("Wrote it", null))),
            new TaskReported(Report(id, ended)),
            new StepEnded(step));
    }
}
