using Planlane.Values;

namespace Planlane.Reports;

/// <summary>A command that ran in a workspace, as the harness saw it.</summary>
/// <param name="Command">The shell command.</param>
/// <param name="End">How it ended.</param>
/// <param name="ExitCode">Its exit code; -1 when it did not end by itself.</param>
/// <param name="Seconds">How long it ran, in seconds.</param>
/// <param name="Output">What it printed on both streams, shortened in the middle.</param>
public sealed record CommandRun(string Command, CommandEnd End, int ExitCode, double Seconds, string Output)
{
    /// <summary>The files of the lane that it changed.</summary>
    public ValueList<RepoPath> Changed { get; init; } = [];

    /// <summary>What it wrote outside the lane and outside build outputs; all of it was undone.</summary>
    public ValueList<RepoPath> Undone { get; init; } = [];

    /// <summary>Whether a sandbox held it.</summary>
    public bool IsSandboxed { get; init; }

    /// <summary>The name of that sandbox, for a reader; null when there was none, or in a journal of before it was recorded.</summary>
    public string? HeldBy { get; init; }
}

/// <summary>How a command ended.</summary>
public enum CommandEnd
{
    /// <summary>By itself.</summary>
    Exited,

    /// <summary>It was killed at its time limit.</summary>
    TimedOut,

    /// <summary>It was killed for the memory, processes or disk that it took.</summary>
    OverLimit,

    /// <summary>It could not be started.</summary>
    NotStarted,
}
