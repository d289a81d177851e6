using Planlane.Runs;

namespace Planlane.Git;

/// <summary>A git command failed, or git itself is not there or too old.</summary>
public sealed class GitException : PlanlaneException
{
    /// <summary>Makes a fault of git.</summary>
    /// <param name="kind">Picks the exit code.</param>
    /// <param name="message">What happened, with git's own words.</param>
    /// <param name="hint">What to do next, or null.</param>
    /// <param name="cause">The exception below it.</param>
    public GitException(FaultKind kind, string message, string? hint = null, Exception? cause = null)
        : base(kind, message, hint ?? HintOf(message), cause)
    {
    }

    // The words of the system, which git repeats; a run asks git for them in English.
    private static string? HintOf(string message) =>
        message.Contains("No space left on device", StringComparison.Ordinal) || message.Contains("Disk quota exceeded", StringComparison.Ordinal)
            ? "Make room on the disk, then go on with: planlane resume"
            : null;

    internal static GitException Of(IReadOnlyList<string> arguments, int exitCode, string error)
    {
        var said = error.Trim();
        return new GitException(FaultKind.Failed, $"`git {string.Join(' ', arguments.Take(6))}` ended with code {exitCode}{(said == "" ? "." : $": {said}")}");
    }
}
