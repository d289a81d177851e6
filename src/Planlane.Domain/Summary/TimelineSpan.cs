using Planlane.Values;

namespace Planlane.Summary;

/// <summary>Something that took time in a run.</summary>
/// <param name="Kind">What it was.</param>
/// <param name="Start">When it began, in seconds of the run (see <see cref="Runs.RunState.Seconds"/>).</param>
/// <param name="End">When it ended; at least <paramref name="Start"/>.</param>
public sealed record TimelineSpan(SpanKind Kind, double Start, double End)
{
    /// <summary>The task that it belongs to, or null.</summary>
    public TaskId? Task { get; init; }

    /// <summary>What exactly: the model of a call, the name of a check, the id of a step; empty when the kind says all.</summary>
    public string What { get; init; } = "";

    /// <summary>Whether it failed: a check that did not pass, a call that brought no answer, a step that could not be done.</summary>
    public bool IsFailure { get; init; }

    /// <summary>How long it took, in seconds.</summary>
    public double Seconds => End - Start;
}

/// <summary>What took time in a run.</summary>
public enum SpanKind
{
    /// <summary>A call of the planner's model, or of the agents' before it.</summary>
    PlanCall,

    /// <summary>Preparing what all agents share.</summary>
    Preparation,

    /// <summary>A whole attempt at a task; its calls, tools and checks lie within it.</summary>
    Attempt,

    /// <summary>A call of an agent's model.</summary>
    AgentCall,

    /// <summary>The tool calls of a turn, commands included.</summary>
    Tools,

    /// <summary>A task's own check, or compiling its files in process.</summary>
    TaskCheck,

    /// <summary>Putting all work together, its checks included.</summary>
    Combination,

    /// <summary>A check of all work together.</summary>
    Check,

    /// <summary>Making the commits and moving the branch.</summary>
    Landing,

    /// <summary>Waiting for a human's decision.</summary>
    Human,

    /// <summary>Between a stop and the next resume, and after the end.</summary>
    Stopped,
}
