using Planlane.Agents;
using Planlane.Approval;
using Planlane.Budgets;
using Planlane.Commits;
using Planlane.Planning;
using Planlane.Requests;
using Planlane.Reviews;
using Planlane.Scheduling;
using Planlane.Values;

namespace Planlane.Runs;

/// <summary>Everything that is known of a run: the fold of its events. Immutable, and equal by content.</summary>
public sealed record RunState
{
    private RunState()
    {
    }

    /// <summary>The state before the first event.</summary>
    public static RunState Empty { get; } = new();

    /// <summary>The run.</summary>
    public RunId Id { get; init; }

    /// <summary>What was asked.</summary>
    public RunRequest Request { get; init; } = new("", [], []);

    /// <summary>Where it starts from.</summary>
    public RunBase Base { get; init; } = new(default, default, null, []);

    /// <summary>What it may use.</summary>
    public RunSettings Settings { get; init; } = null!;

    /// <summary>What the run before it learned, or null when it follows none.</summary>
    public EarlierRun? Earlier { get; init; }

    /// <summary>When the first event was recorded.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>When the last event was recorded.</summary>
    public DateTimeOffset LastAt { get; init; }

    /// <summary>How many seconds passed from the first event to the last; not their times' difference, as clocks are set.</summary>
    public double Seconds { get; init; }

    /// <summary>How many seconds the run has waited for a human's decisions.</summary>
    public double HumanSeconds { get; init; }

    /// <summary>How many seconds a review was open and waited for a human, of all its rounds; not the time in which no process had it open.</summary>
    public double ReviewSeconds { get; init; }

    /// <summary>How many seconds passed between a stop and the next resume, and after the end.</summary>
    public double StoppedSeconds { get; init; }

    /// <summary>How many seconds the run has worked: neither waited for a human nor stood still between processes.</summary>
    public double WorkSeconds => Seconds - StoppedSeconds - HumanSeconds;

    /// <summary>The number of events.</summary>
    public long Sequence { get; init; }

    /// <summary>What the agents' model said of the request before the planner was asked; null when it was not asked.</summary>
    public TriageVerdict? Triage { get; init; }

    /// <summary>The try at a plan that is to be made, or null.</summary>
    public PlanOrder? PlanOrder { get; init; }

    /// <summary>The tries at a plan that were made.</summary>
    public ValueList<PlanRound> PlanRounds { get; init; } = [];

    /// <summary>The plan without problems, or null as long as there is none.</summary>
    public Plan? Plan { get; init; }

    /// <summary>The last plan that could be read and had problems, or null; a person can mend it when the planner could not.</summary>
    public Plan? PlanDraft { get; init; }

    /// <summary>The plan that was shown before, which the user's words or edit replaced; null when the first one is the newest.</summary>
    public Plan? PreviousPlan { get; init; }

    /// <summary>What the plan is expected to cost, or null; an estimate of the first form, which had no percentiles, is none.</summary>
    public PlanEstimate? Estimate
    {
        get;
        init => field = value is { Total: not null } ? value : null;
    }

    /// <summary>What the rules changed in the plan, and what else the user should know of it.</summary>
    public ValueList<PlanNote> PlanNotes { get; init; } = [];

    /// <summary>What was found of each contract of the plan.</summary>
    public ValueList<ContractCheck> ContractChecks { get; init; } = [];

    /// <summary>Whether the work divides: as code judged the plan, or as a no before any plan; null as long as there is neither.</summary>
    public SuitabilityVerdict? Verdict { get; init; }

    /// <summary>The plan that somebody said yes to, or null.</summary>
    public ApprovedPlan? ApprovedPlan { get; init; }

    /// <summary>The base tree with the contracts, or null before the agents are prepared.</summary>
    public ObjectId? BirthTree { get; init; }

    /// <summary>Estimated tokens of the prefix that all agents' prompts share; 0 before the agents are prepared.</summary>
    public int SharedTokens { get; init; }

    /// <summary>The longest time in seconds in which no agent was expected to begin when they were prepared.</summary>
    public double PauseSeconds { get; init; }

    /// <summary>The models that have the shared prefix in their prompt cache.</summary>
    public ValueList<ModelId> WarmModels { get; init; } = [];

    /// <summary>When these models' copies were last used; of a model that is not among <see cref="WarmModels"/> it says nothing.</summary>
    public ValueList<PrefixUse> PrefixUses { get; init; } = [];

    /// <summary>How many agents' calls could not read the shared prefix as their bytes differed; 0 unless this program is at fault.</summary>
    public int PrefixDifferences { get; init; }

    /// <summary>The tasks of the approved plan, in its order; empty before.</summary>
    public ValueList<TaskState> Tasks { get; init; } = [];

    /// <summary>The combination that is to be reviewed, or null.</summary>
    public CombinedWork? Work { get; init; }

    /// <summary>How many combinations were made.</summary>
    public int CombinedRounds { get; init; }

    /// <summary>The tasks whose work the reviewer left out.</summary>
    public ValueList<TaskId> LeftOut { get; init; } = [];

    /// <summary>The files and hunks that the reviewer left out of tasks that are not left out wholly.</summary>
    public ValueList<LeftOutPart> LeftOutParts { get; init; } = [];

    /// <summary>What each task proposed when the reviewer last decided; empty before.</summary>
    public ValueList<Proposal> LastProposals { get; init; } = [];

    /// <summary>The files that the reviewer has viewed, as they were then.</summary>
    public ValueList<ViewedFile> Viewed { get; init; } = [];

    /// <summary>Who approved all but what was left out, so that the rest lands once its checks pass; or null.</summary>
    public string? StandingApproval { get; init; }

    /// <summary>The work that somebody said yes to, or null.</summary>
    public ApprovedChanges? ApprovedChanges { get; init; }

    /// <summary>When the work was approved; the time of the commits.</summary>
    public DateTimeOffset ApprovedAt { get; init; }

    /// <summary>The commits that were made and have not landed; empty as long as there are none.</summary>
    public ValueList<LandedCommit> MadeCommits { get; init; } = [];

    /// <summary>The commit that a hook refused the last time; null when none did, or somebody has decided on the work since.</summary>
    public CommitRefusal? Refusal { get; init; }

    /// <summary>Whether the user wants the work on HEAD as it is now.</summary>
    public bool WantsRebase { get; init; }

    /// <summary>The last time that the work was put on another commit, or null.</summary>
    public Rebase? Rebased { get; init; }

    /// <summary>Whether the work is to be put on another commit before it is combined.</summary>
    public bool IsRebaseDue => WantsRebase || (Settings.Landing.Onto is { } onto && Rebased?.Onto != onto);

    /// <summary>What was landed, or null.</summary>
    public CommitReceipt? Receipt { get; init; }

    /// <summary>Whether what was landed was taken back.</summary>
    public bool IsUndone { get; init; }

    /// <summary>Every paid call.</summary>
    public ValueList<ModelCall> Calls { get; init; } = [];

    /// <summary>The steps that were begun and have not ended.</summary>
    public ValueList<StepId> Running { get; init; } = [];

    /// <summary>Whether somebody paused it, so that nothing new is begun; whoever resumes it goes on.</summary>
    public bool IsPaused { get; init; }

    /// <summary>Why the run stands still, or null.</summary>
    public RunHalt? Halt { get; init; }

    /// <summary>How the run ended, or null.</summary>
    public RunEnd? End { get; init; }

    /// <summary>Whom the run waits for.</summary>
    public RunWait Waiting => this switch
    {
        { End: not null } => RunWait.Nobody,
        { ApprovedPlan: null, Plan: not null } => RunWait.PlanDecision,
        { ApprovedChanges: null, Work: not null } => RunWait.ReviewDecision,
        _ => RunWait.Nobody,
    };

    /// <summary>The state after an event.</summary>
    /// <exception cref="InvalidOperationException">The event's sequence number does not follow.</exception>
    public RunState Apply(RecordedEvent recorded)
    {
        if (recorded.Sequence != Sequence + 1)
            throw new InvalidOperationException($"Event {recorded.Sequence} does not follow event {Sequence}.");
        // Between two processes there is only the clock of the day, which may have been set back.
        var passed = Sequence == 0 ? 0 : recorded.Elapsed ?? Math.Max(0, (recorded.At - LastAt).TotalSeconds);
        return recorded.Event.ApplyTo(this with
        {
            Sequence = recorded.Sequence,
            LastAt = recorded.At,
            StartedAt = Sequence == 0 ? recorded.At : StartedAt,
            Seconds = Seconds + passed,
            HumanSeconds = Waiting is RunWait.Nobody || IsAutomatic(recorded.Event) ? HumanSeconds : HumanSeconds + passed,
            ReviewSeconds = Waiting is not RunWait.ReviewDecision || recorded.Event is RunResumed || IsAutomatic(recorded.Event) ? ReviewSeconds : ReviewSeconds + passed,
            StoppedSeconds = End is not null || (recorded.Event is RunResumed && Waiting is RunWait.Nobody) ? StoppedSeconds + passed : StoppedSeconds,
        });
    }

    // Nobody was waited for.
    private static bool IsAutomatic(RunEvent happened) => happened is PlanDecided { By: ReviewRules.Auto } or ReviewDecided { By: ReviewRules.Auto };

    /// <summary>The state of a task.</summary>
    /// <exception cref="KeyNotFoundException">The plan has no such task.</exception>
    public TaskState Task(TaskId id) => PlaceOf(id) is >= 0 and var place ? Tasks[place] : throw new KeyNotFoundException($"The run has no task '{id}'.");

    /// <summary>Whether a model can read the agents' shared prefix from its prompt cache.</summary>
    public PrefixState PrefixOf(ModelFacts model)
    {
        if (SharedTokens < model.CacheMinimumTokens)
            return PrefixState.TooShort;
        if (!WarmModels.Contains(model.Id))
            return PrefixState.Cold;
        return PrefixUses.FirstOrDefault(use => use.Model == model.Id) is { Seconds: var used } && !PrefixRules.IsKept(Seconds - used, IsPrefixLong(model)) ? PrefixState.Expired : PrefixState.Warm;
    }

    /// <summary>Whether the shared prefix is written to a model's prompt cache for an hour; else for five minutes.</summary>
    public bool IsPrefixLong(ModelFacts model) => PauseSeconds > 0 && PrefixRules.PaysForAnHour(model.PriceOn(DateOnly.FromDateTime(StartedAt.UtcDateTime)), PauseSeconds);

    /// <summary>Whether an attempt at a task is being made; one that has reported keeps its place until its step has ended.</summary>
    public bool IsRunning(TaskState task) => Running.Any(step => RunStep.Attempt.IsAt(step, task.Id));

    /// <summary>The tasks of which an attempt is being made, in the plan's order.</summary>
    public IEnumerable<TaskState> RunningTasks
    {
        get
        {
            var running = Running.Select(RunStep.Attempt.TaskOf).OfType<TaskId>().ToHashSet();
            return running.Count == 0 ? [] : Tasks.Where(task => running.Contains(task.Id));
        }
    }

    /// <summary>The tasks of <see cref="RunningTasks"/>, one for each call that may be open: one whose call is hedged stands twice.</summary>
    public IEnumerable<TaskState> OpenCalls => RunningTasks.SelectMany(task => Enumerable.Repeat(task, task.IsHedging ? 2 : 1));

    /// <summary>The state in which the work is to be combined again; a yes that was said to it stands.</summary>
    internal RunState Reopened() => Work is null ? this : this with { Work = null, StandingApproval = ApprovedChanges?.By ?? StandingApproval, ApprovedChanges = null, MadeCommits = [] };

    /// <summary>The state with a use of the shared prefix; an older one than is known changes nothing.</summary>
    internal RunState WithPrefixUse(ModelId model, double seconds) => PrefixUses.Any(use => use.Model == model && use.Seconds >= seconds)
        ? this
        : this with { PrefixUses = PrefixUses.Where(use => use.Model != model).Append(new PrefixUse(model, seconds)).ToValueList() };

    /// <summary>The state after a step has ended, whatever came of it.</summary>
    internal RunState WithoutStep(StepId step)
    {
        var ended = this with { Running = Running.Where(running => running != step).ToValueList() };
        return RunStep.Attempt.TaskOf(step) is { } id ? ended.WithTask(id, task => task.Ended(WorkSeconds)) : ended;
    }

    /// <summary>The state with one task changed.</summary>
    internal RunState WithTask(TaskId id, Func<TaskState, TaskState> change) => PlaceOf(id) is >= 0 and var place ? this with { Tasks = Tasks.With(place, change(Tasks[place])) } : this;

    // Not by a search where it can be helped: a long journal names a task in nearly each of its events.
    private int PlaceOf(TaskId id) => ApprovedPlan?.PlaceOf(id) is >= 0 and var place && place < Tasks.Count && Tasks[place].Id == id
        ? place
        : Tasks.Index().FirstOrDefault(task => task.Item.Id == id, (-1, null!)).Index;
}
