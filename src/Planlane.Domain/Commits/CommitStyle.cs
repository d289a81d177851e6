namespace Planlane.Commits;

/// <summary>How the subjects of commits are worded.</summary>
public enum CommitStyle
{
    /// <summary>The agent's name before it: <c>[Haiku-1] Add authentication types</c>.</summary>
    Named,

    /// <summary>As Conventional Commits 1.0.0 has it: <c>feat(auth): add authentication types</c>.</summary>
    Conventional,
}
