using Planlane.Budgets;
using Planlane.Reports;
using Planlane.Runs;
using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane.Agents;

/// <summary>An agent's model answered; recorded before anything of it is acted upon.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="Attempt">The attempt.</param>
/// <param name="Number">The turn's number in the task.</param>
/// <param name="Answer">The answer.</param>
/// <param name="Stop">Why it ended.</param>
/// <param name="Call">What it used.</param>
[WireName("turn.answered")]
public sealed record TurnAnswered(TaskId TaskId, int Attempt, int Number, ValueList<AnswerBlock> Answer, AnswerStop Stop, ModelCall Call) : RunEvent
{
    /// <inheritdoc />
    internal override RunState ApplyTo(RunState state)
    {
        var isAfresh = false;
        var answered = state.WithTask(TaskId, task =>
        {
            isAfresh = HandoverRules.IsAfresh(task, state.Settings);
            var turn = new Turn(Number, Attempt, task.Prompt, Answer, Stop, Call, null);
            // An answer that was on its way when its agent was stopped is kept, as it was paid for.
            return task with { Turns = task.Turns.Add(task.IsStopped ? turn.Stopped() : turn), Prompt = null, IsHedging = false };
        });
        var booked = answered with { Calls = state.Calls.Add(Call) };
        // The prompt was read when the call began, or later; one of its own begins with nothing that others share.
        return !isAfresh && state.WarmModels.Contains(Call.Model) ? booked.WithPrefixUse(Call.Model, state.Seconds - Call.Seconds) : booked;
    }
}

/// <summary>The tool calls of a turn were run.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="Number">The turn.</param>
/// <param name="Results">The results of all calls but <c>finish</c>.</param>
/// <param name="Changes">What was written or deleted; the blobs are in the object database.</param>
[WireName("turn.acted")]
public sealed record TurnActed(TaskId TaskId, int Number, ValueList<ToolResult> Results, ChangeSet Changes) : RunEvent
{
    /// <summary>The commands that were run.</summary>
    public ValueList<CommandRun> Commands { get; init; } = [];

    /// <summary>What the agent read and wrote, and what it held then.</summary>
    public ValueList<SeenFile> Seen { get; init; } = [];

    /// <summary>How long each call of <see cref="Results"/> took, in seconds and in the same order; empty in journals of before it was measured.</summary>
    public ValueList<double> Seconds { get; init; } = [];

    /// <inheritdoc />
    internal override RunState ApplyTo(RunState state) => state.WithTask(TaskId, task => task with
    {
        Turns = task.Turns.ReplaceLast(turn => turn.Number == Number, turn => turn with { Results = Results }),
        Changes = task.Changes.Then(Changes),
        Commands = task.Commands.AddRange(Commands),
        Seen = SeenFile.Merged(task.Seen, Seen),
    });
}

/// <summary>An agent asked for a file outside its lane, and it was decided; a request that had to wait is recorded again when its wait is over.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="Path">The file.</param>
/// <param name="Why">The agent's reason.</param>
[WireName("file.requested")]
public sealed record FileRequested(TaskId TaskId, RepoPath Path, string Why) : RunEvent
{
    /// <summary>What was decided; null in an old journal, whose requests for files that nobody owned were granted and all others refused.</summary>
    public FileDecision? Decision { get; init; }

    /// <summary>The task that owns the file, or owned it until this; null when nobody does.</summary>
    public TaskId? Owner { get; init; }

    /// <inheritdoc />
    internal override RunState ApplyTo(RunState state)
    {
        var decision = Decision ?? (OwnershipRules.MayBeGranted(state, TaskId, Path) ? FileDecision.Granted : FileDecision.Refused);
        var decided = state.WithTask(TaskId, task => task with
        {
            Requests = task.Requests.Where(request => request.Decision is not FileDecision.Queued || request.Path != Path).Append(new FileRequest(Path, Why, decision, Owner)).ToValueList(),
        });
        return decision is not FileDecision.Granted ? decided : decided with
        {
            Tasks = decided.Tasks.Replace(_ => true, task => task.Id == TaskId
                ? task with { Lane = task.Lane.Includes(Path) ? task.Lane : task.Lane.With(Path) }
                : task with { Lane = task.Lane.Without(Path), ToCreate = task.ToCreate.Where(path => !path.IsSameFileAs(Path)).ToValueList() }),
        };
    }
}

/// <summary>A task's own check ran, or its C# was compiled in process (the result's name is <see cref="CheckResult.Compile"/>).</summary>
/// <param name="TaskId">The task.</param>
/// <param name="AfterTurn">The turn after which it ran.</param>
/// <param name="Result">What came out.</param>
[WireName("task.checked")]
public sealed record TaskChecked(TaskId TaskId, int AfterTurn, CheckResult Result) : RunEvent
{
    /// <inheritdoc />
    internal override RunState ApplyTo(RunState state) => state.WithTask(TaskId, task => Result.Name == CheckResult.Compile && task.Task.Check != Result.Command
        ? task with { Compiled = new TaskCheck(AfterTurn, Result) }
        : task with { Check = new TaskCheck(AfterTurn, Result) });
}

/// <summary>Something is said to an agent in the middle of an attempt.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="Feedback">What it reads at its next turn.</param>
[WireName("feedback.given")]
public sealed record FeedbackGiven(TaskId TaskId, Feedback Feedback) : RunEvent
{
    /// <inheritdoc />
    internal override RunState ApplyTo(RunState state) => state.WithTask(TaskId, task => task with { Prompt = Feedback });
}

/// <summary>An attempt ended.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="Attempt">The attempt.</param>
/// <param name="Outcome">How it ended.</param>
[WireName("attempt.ended")]
public sealed record AttemptEnded(TaskId TaskId, int Attempt, AttemptOutcome Outcome) : RunEvent
{
    /// <inheritdoc />
    internal override RunState ApplyTo(RunState state) => state.WithTask(TaskId, task => task.IsStopped ? task : task with { Outcome = Outcome, IsHedging = false });
}

/// <summary>Somebody stopped an agent: its attempt has failed, whatever it was at, and what builds on it does not begin.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="By">Who: <c>user</c>.</param>
[WireName("agent.stopped")]
public sealed record AgentStopped(TaskId TaskId, string By) : RunEvent
{
    /// <inheritdoc />
    internal override RunState ApplyTo(RunState state) => state.WithTask(TaskId, task => task is { IsOpen: true, Outcome: null }
        ? task with { Outcome = new AttemptOutcome.Failed("You stopped it."), IsStopped = true, IsHedging = false, Turns = task.Turns.ReplaceLast(turn => turn.Results is null, turn => turn.Stopped()) }
        : task);
}
