using Planlane.Commits;
using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane.Requests;

/// <summary>The one state of the repository that a run starts from.</summary>
/// <param name="Commit">HEAD when the run began.</param>
/// <param name="Tree">A tree that includes the user's uncommitted work; what agents see.</param>
/// <param name="Branch">The full name of the checked-out branch's ref, or null when HEAD is detached.</param>
/// <param name="Uncommitted">The paths whose content in <see cref="Tree"/> differs from <see cref="Commit"/>.</param>
public sealed record RunBase(ObjectId Commit, ObjectId Tree, string? Branch, ValueList<RepoPath> Uncommitted)
{
    /// <summary>What of the user's folder the commands of agents and checks do not see as it is.</summary>
    public ValueList<BaseNote> Notes { get; init; } = [];

    /// <summary>How the repository's commits are worded, which those of the run follow.</summary>
    public CommitStyle Style { get; init; }
}
