namespace Planlane.Runs;

/// <summary>A fault that a user can do something about: what happened, why, and what to do next.</summary>
public class PlanlaneException : Exception
{
    /// <summary>Makes a fault.</summary>
    /// <param name="kind">Picks the exit code.</param>
    /// <param name="message">What happened and why; one or two sentences.</param>
    /// <param name="hint">What to do next; an imperative sentence, or null when there is nothing to do.</param>
    /// <param name="cause">The exception below it, for <c>--debug</c>.</param>
    public PlanlaneException(FaultKind kind, string message, string? hint = null, Exception? cause = null)
        : base(message, cause)
    {
        Kind = kind;
        Hint = hint;
    }

    /// <summary>Picks the exit code.</summary>
    public FaultKind Kind { get; }

    /// <summary>What to do next.</summary>
    public string? Hint { get; }
}
