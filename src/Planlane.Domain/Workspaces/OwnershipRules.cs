using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Workspaces;

/// <summary>Who may write what while agents work.</summary>
public static class OwnershipRules
{
    /// <summary>Whether the rule of old journals gave a task a file that its lane lacks: one file, no pattern, that is no contract, that no other task owns, and that the user has not changed.</summary>
    public static bool MayBeGranted(RunState state, TaskId id, RepoPath path) =>
        path.Problem is null
        && !new Glob(path.Value).HasWildcard
        && state.Plan is { } plan
        && !plan.Contracts.Any(contract => contract.Path.IsSameFileAs(path))
        && state.Tasks.All(task => task.Id == id || !task.Lane.Includes(path))
        && !state.Base.Uncommitted.Any(path.IsSameFileAs);

    /// <summary>Why a task may not write a path, as the agent reads it; null when it may.</summary>
    /// <remarks>What the user has changed and not committed is nobody's, whatever a lane says: a lane of one agent alone is the whole repository.</remarks>
    public static string? Refusal(RunState state, TaskId id, RepoPath path)
    {
        if (path.Problem is { } problem)
            return $"The path '{path}' {problem}.";

        if (state.Base.Uncommitted.Any(path.IsSameFileAs))
            return $"'{path}' has changes of the user that are not committed; nobody may change it in this run. Leave it as it is, and say in your report what it would need.";
        var task = state.Task(id);
        if (task.Lane.Includes(path))
            return null;
        if (state.Plan!.Contracts.Any(contract => contract.Path.IsSameFileAs(path)))
            return $"'{path}' is a contract that all tasks share; it cannot be changed. Build against it as it is.";
        return state.Tasks.FirstOrDefault(other => other.Lane.Includes(path)) is { } owner
            ? $"'{path}' belongs to {owner.Agent} ({owner.Task.Title}). Your lane is: {task.Lane}. Leave it to its owner."
            : $"'{path}' is outside your lane ({task.Lane}). Call request_file if the task cannot be done without it.";
    }
}
