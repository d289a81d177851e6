using Planlane.Values;

namespace Planlane.Commits;

/// <summary>How approved work lands. Fixed when a run begins, until a later command of the user says otherwise.</summary>
public sealed record LandingPolicy
{
    /// <summary>One commit for each agent on the branch that is checked out, with the repository's hooks.</summary>
    public static LandingPolicy Default { get; } = new();

    /// <summary>What is made of the work.</summary>
    public LandingForm Form { get; init; }

    /// <summary>The short name of a new branch for the commits, which leaves HEAD, index and work tree alone; null for the branch that is checked out.</summary>
    public string? Branch { get; init; }

    /// <summary>The commit or branch on which the work is put before it is reviewed; null for the commit that the run started from.</summary>
    public string? Onto { get; init; }

    /// <summary>Whether pre-commit and commit-msg are passed by, as <c>git commit --no-verify</c> does.</summary>
    public bool SkipsHooks { get; init; }

    /// <summary>Patterns of branches on which nothing may land: <c>*</c> within a part, <c>**</c> for any number of parts.</summary>
    public ValueList<string> Protected { get; init; } = [];
}

/// <summary>What is made of approved work.</summary>
public enum LandingForm
{
    /// <summary>A commit for the contracts and one for each agent.</summary>
    Commits,

    /// <summary>One commit of all of it.</summary>
    Squashed,

    /// <summary>No commit: index and work tree get the changes.</summary>
    Staged,
}
