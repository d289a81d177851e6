using Planlane.Values;

namespace Planlane.Telemetry;

/// <summary>One thing that diagnostics tell.</summary>
/// <param name="Level">How bad it is.</param>
/// <param name="Message">What happened, in a sentence.</param>
internal sealed record LogLine(LogLevel Level, string Message)
{
    /// <summary>The task that it is about, or null.</summary>
    public TaskId? Task { get; init; }

    /// <summary>The attempt at the task, or the try at a plan, or null.</summary>
    public int? Attempt { get; init; }

    /// <summary>The turn of the task, or null.</summary>
    public int? Turn { get; init; }

    /// <summary>The step that it is about, or null.</summary>
    public StepId? Step { get; init; }

    /// <summary>Where a fault came from, with the calls that led there; null when it is none.</summary>
    public string? Exception { get; init; }
}

/// <summary>How bad it is.</summary>
internal enum LogLevel
{
    /// <summary>All goes on.</summary>
    Info,

    /// <summary>Something went wrong and was dealt with.</summary>
    Warning,

    /// <summary>A step or an attempt failed.</summary>
    Error,
}
