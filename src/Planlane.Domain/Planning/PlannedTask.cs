using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane.Planning;

/// <summary>A unit of work of a plan, for one agent in its own lane.</summary>
/// <param name="Id">Unique in the plan.</param>
/// <param name="Title">What is done, as an imperative of at most some 60 characters.</param>
/// <param name="Brief">What to build: names, signatures, behaviour, edge cases; other tasks are named as <c>@id</c>, see <see cref="BriefReferences"/>.</param>
/// <param name="Owns">The paths that the task may write.</param>
/// <param name="Reads">The files whose text the agent needs to see.</param>
/// <param name="DependsOn">The tasks whose files must exist first.</param>
/// <param name="Acceptance">What must hold at the end, one criterion each.</param>
/// <param name="Check">A shell command for this task alone, or null.</param>
/// <param name="Estimate">What the planner expects.</param>
/// <param name="CommitMessage">The subject of the task's commit, without the agent's name; the title unless the plan says otherwise.</param>
public sealed record PlannedTask(
    TaskId Id,
    string Title,
    string Brief,
    Ownership Owns,
    ValueList<RepoPath> Reads,
    ValueList<TaskId> DependsOn,
    ValueList<string> Acceptance,
    string? Check,
    TaskEstimate Estimate,
    string CommitMessage)
{
    /// <summary>The model that works on it, or null for the agents' model.</summary>
    public ModelId? Model { get; init; }

    /// <summary>Existing files of its lane of which it removes, renames or changes public signatures; those that use them must be adapted with it.</summary>
    public ValueList<RepoPath> ChangesSignatures { get; init; } = [];

    /// <summary>Files that it moves or renames; both places are in its lane.</summary>
    public ValueList<FileMove> Moves { get; init; } = [];
}

/// <summary>A file that changes its place or name.</summary>
/// <param name="From">Where it is in the base.</param>
/// <param name="To">Where it will be.</param>
public sealed record FileMove(RepoPath From, RepoPath To);

/// <summary>What the planner expects of a task. Its time follows from that and the speed of its model.</summary>
/// <param name="OutputTokens">Tokens that the agent writes; more than 0.</param>
public sealed record TaskEstimate(int OutputTokens);
