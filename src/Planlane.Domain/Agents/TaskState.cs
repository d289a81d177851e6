using Planlane.Planning;
using Planlane.Reports;
using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane.Agents;

/// <summary>What has happened to one task of an approved plan.</summary>
/// <param name="Task">The task as it was planned.</param>
/// <param name="Agent">The agent that works on it.</param>
/// <param name="Lane">What it may write: the planned ownership and the files that were granted since.</param>
/// <param name="Order">The attempt that is to be made or is being made, or null when none is.</param>
/// <param name="Turns">Every turn of every attempt, oldest first: the transcript.</param>
/// <param name="Changes">What its workspace holds now, against what it was born with.</param>
/// <param name="Prompt">What is said to the agent at its next turn, or null.</param>
/// <param name="Check">The last result of its own check, and the turn after which it ran, or null.</param>
/// <param name="Outcome">How its last attempt ended, or null.</param>
/// <param name="Report">What came of its last attempt, or null.</param>
/// <param name="Repairs">How often failed checks of the whole have come back to it.</param>
/// <param name="ToCreate">The files that it owns by name, alone, and that did not exist when it was planned.</param>
public sealed record TaskState(
    PlannedTask Task,
    AgentId Agent,
    Ownership Lane,
    AttemptOrder? Order,
    ValueList<Turn> Turns,
    ChangeSet Changes,
    Feedback? Prompt,
    TaskCheck? Check,
    AttemptOutcome? Outcome,
    TaskReport? Report,
    int Repairs,
    ValueList<RepoPath> ToCreate)
{
    /// <summary>The commands that its agent ran, oldest first.</summary>
    public ValueList<CommandRun> Commands { get; init; } = [];

    /// <summary>What its agent asked for outside its lane, oldest first.</summary>
    public ValueList<FileRequest> Requests { get; init; } = [];

    /// <summary>What its agent has read and written by its tools, and what it held then; its brief is apart.</summary>
    public ValueList<SeenFile> Seen { get; init; } = [];

    /// <summary>Of the files that its agent's first message shows, those that the tasks below had changed when it began; null before. The message stays so, whatever these change later.</summary>
    public ChangeSet? Born { get; init; }

    /// <summary>What its workspace held when the planner's model was to take it over; null in any other attempt.</summary>
    public ChangeSet? Handed { get; init; }

    /// <summary>What it might write at that moment; null in any other attempt.</summary>
    public Ownership? HandedLane { get; init; }

    /// <summary>The last result of compiling its C# in process, and the turn after which that was done, or null.</summary>
    public TaskCheck? Compiled { get; init; }

    /// <summary>The last turn whose call was hedged, or was to be; 0 when none was.</summary>
    public int HedgedTurn { get; init; }

    /// <summary>Whether two calls are open for its next turn.</summary>
    public bool IsHedging { get; init; }

    /// <summary>Whether somebody stopped its last attempt.</summary>
    public bool IsStopped { get; init; }

    /// <summary>When its attempts were made, oldest first; one that a kill cut off and that was begun again stands twice.</summary>
    public ValueList<AttemptTime> AttemptTimes { get; init; } = [];

    /// <summary>The task's id.</summary>
    public TaskId Id => Task.Id;

    /// <summary>Whether an attempt is to be made or is being made.</summary>
    public bool IsOpen => Order is not null;

    /// <summary>Whether its work is there to be combined.</summary>
    public bool IsComplete => Report is { State: TaskReportState.Complete } && !IsOpen;

    /// <summary>The files that it has to create and has not created yet.</summary>
    public IEnumerable<RepoPath> Missing => ToCreate.Where(path => !Changes.Writes(path));

    /// <summary>The turns of the attempt that is being made.</summary>
    public IEnumerable<Turn> CurrentTurns => Turns.Where(turn => turn.Attempt == Order?.Attempt);

    /// <summary>A task of which nothing has happened yet.</summary>
    public static TaskState Planned(PlannedTask task, AgentId agent) =>
        new(task, agent, task.Owns, new AttemptOrder(1, AttemptReason.First), [], ChangeSet.Empty, null, null, null, null, 0, []);

    /// <summary>The task with an attempt that begins now.</summary>
    internal TaskState Begun(double now) => this with { AttemptTimes = AttemptTimes.Add(new AttemptTime(now, null)) };

    /// <summary>The task whose attempt ends now; the same when none is being made.</summary>
    internal TaskState Ended(double now) => AttemptTimes is [.., { End: null }] ? this with { AttemptTimes = AttemptTimes.With(AttemptTimes.Count - 1, AttemptTimes[^1] with { End = now }) } : this;

    /// <summary>The task with one more attempt to be made, in which the agent reads <paramref name="feedback"/>.</summary>
    public TaskState WithOrder(AttemptReason reason, Feedback feedback) => this with
    {
        Order = new AttemptOrder((Turns.LastOrDefault()?.Attempt ?? 0) + 1, reason),
        Prompt = feedback,
        Outcome = null,
        Report = null,
        IsStopped = false,
        Handed = reason is AttemptReason.Escalation ? Changes : null,
        HandedLane = reason is AttemptReason.Escalation ? Lane : null,
    };
}

/// <summary>When an attempt was made, by the clock of <see cref="Runs.RunState.WorkSeconds"/>.</summary>
/// <param name="Start">Its begin, in seconds.</param>
/// <param name="End">Its end, in seconds; null while it is being made.</param>
public sealed record AttemptTime(double Start, double? End);

/// <summary>One try of an agent at a task.</summary>
/// <param name="Attempt">Its number, from 1.</param>
/// <param name="Reason">Why it is made.</param>
public sealed record AttemptOrder(int Attempt, AttemptReason Reason);

/// <summary>Why an attempt is made.</summary>
public enum AttemptReason
{
    /// <summary>The task has just become ready.</summary>
    First,

    /// <summary>A check of the whole failed in the task's files.</summary>
    Repair,

    /// <summary>The agents' model could not repair it, so the planner's model takes over.</summary>
    Escalation,

    /// <summary>The user asked for changes.</summary>
    Changes,
}

/// <summary>A result of a task's own check.</summary>
/// <param name="AfterTurn">The turn after which it ran.</param>
/// <param name="Result">What came out.</param>
public sealed record TaskCheck(int AfterTurn, CheckResult Result);
