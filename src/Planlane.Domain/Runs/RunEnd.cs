namespace Planlane.Runs;

/// <summary>How a run ended.</summary>
/// <param name="Outcome">In one word.</param>
/// <param name="Reason">Why, for people; null when there is nothing to add.</param>
public sealed record RunEnd(RunOutcome Outcome, string? Reason);

/// <summary>How a run ended; each has one exit code.</summary>
public enum RunOutcome
{
    /// <summary>Everything was landed. Exit code 0.</summary>
    Completed,

    /// <summary>A plan was wanted and is there. Exit code 0.</summary>
    Planned,

    /// <summary>Landed, but some tasks were left out or not completed. Exit code 4.</summary>
    CompletedInPart,

    /// <summary>A human said no. Exit code 4.</summary>
    Rejected,

    /// <summary>The request should not be divided. Exit code 8.</summary>
    Unsuitable,

    /// <summary>It could not be done. Exit code 1.</summary>
    Failed,
}

/// <summary>Why a run stands still although nobody is asked; it goes on when it is resumed.</summary>
/// <param name="Kind">Picks the exit code.</param>
/// <param name="Message">What happened and why.</param>
/// <param name="Hint">What to do next, or null.</param>
public sealed record RunHalt(FaultKind Kind, string Message, string? Hint)
{
    /// <summary>The same as the fault that a step ends with.</summary>
    public PlanlaneException ToFault() => new(Kind, Message, Hint);
}

/// <summary>Whom a run waits for.</summary>
public enum RunWait
{
    /// <summary>Nobody: it works, or it has ended.</summary>
    Nobody,

    /// <summary>A decision on the plan.</summary>
    PlanDecision,

    /// <summary>A decision on the work.</summary>
    ReviewDecision,
}
