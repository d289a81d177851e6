namespace Planlane.Cli.Commands;

/// <summary>One thing that <c>planlane doctor</c> looked at.</summary>
/// <param name="Name">What it looked at.</param>
/// <param name="Level">How it is.</param>
/// <param name="Words">What it found.</param>
/// <param name="Hint">What to do, or null.</param>
internal sealed record Finding(string Name, Level Level, string Words, string? Hint = null);

/// <summary>How a thing is.</summary>
internal enum Level
{
    /// <summary>As it should be.</summary>
    Good,

    /// <summary>Runs work, and the user should know.</summary>
    Note,

    /// <summary>Runs do not work.</summary>
    Bad,
}
