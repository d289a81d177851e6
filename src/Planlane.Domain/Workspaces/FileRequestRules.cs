using Planlane.Agents;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Workspaces;

/// <summary>Who gets a file that an agent asks for outside its lane. To be asked at the moment of recording, so that two who ask at once cannot both get it.</summary>
public static class FileRequestRules
{
    /// <summary>What follows from a task's request for a file now.</summary>
    /// <remarks>
    /// A file of nobody is granted. One of a task that is at work has to wait for its end, and one of a task whose work is complete is taken over with it: the task that asked builds on the
    /// other from then on. A file of a task that has not begun, or that did not complete, is refused, and so is every wait that could go round in a circle.
    /// </remarks>
    public static FileVerdict Decide(RunState state, TaskId id, RepoPath path)
    {
        if (Unavailable(state, path) is { } reason)
            return FileVerdict.Refused(reason);

        var owners = state.Tasks.Where(task => task.Id != id && task.Lane.Includes(path)).ToList();
        if (owners.Count == 0)
            return FileVerdict.Granted();
        if (owners.FirstOrDefault(owner => WorkOrder.AwaitedBy(state, owner.Id).Contains(id)) is { } waiting)
            return FileVerdict.Refused($"'{path}' belongs to {NameOf(waiting)}, which builds on your work or waits for it: the two would wait for each other.", waiting.Id);
        if (owners.FirstOrDefault(owner => !owner.IsComplete && !IsAtWork(state, owner)) is { } absent)
        {
            return FileVerdict.Refused(
                absent.IsOpen ? $"'{path}' belongs to {NameOf(absent)}, which has not begun and will write it itself." : $"'{path}' belongs to {NameOf(absent)}, which did not complete its work.",
                absent.Id);
        }

        if (owners.FirstOrDefault(owner => IsAtWork(state, owner)) is not { } busy)
            return FileVerdict.Granted(WorkOrder.Ordered(state).Last(owners.Contains).Id);
        return IsStuck(state, id)
            ? FileVerdict.Refused($"'{path}' belongs to {NameOf(busy)}, which cannot go on now.", busy.Id)
            : new FileVerdict(FileDecision.Queued, busy.Id, $"'{path}' belongs to {NameOf(busy)}, which is still at work on it.");
    }

    /// <summary>Whether a task that waits for a file need not wait any longer: its request can be decided, or the run stands still.</summary>
    public static bool IsOver(RunState state, TaskId id, RepoPath path) => state.Halt is not null || Decide(state, id, path).Decision is not FileDecision.Queued;

    /// <summary>Whether an agent's attempt is being made and stands still until another task ends.</summary>
    public static bool IsWaiting(RunState state, TaskState task) => task.Requests.Count > 0 && WorkOrder.WaitsFor(task).Any() && state.IsRunning(task);

    /// <summary>Why nobody can have a path, whoever asks; null when somebody can.</summary>
    private static string? Unavailable(RunState state, RepoPath path)
    {
        if (path.Problem is { } problem)
            return $"The path '{path}' {problem}.";
        if (new Glob(path.Value).HasWildcard)
            return $"'{path}' is a pattern; ask for one file.";
        if (state.Plan!.Contracts.Any(contract => contract.Path.IsSameFileAs(path)))
            return $"'{path}' is a contract that all tasks share; it cannot be changed.";
        return state.Base.Uncommitted.Any(path.IsSameFileAs) ? $"'{path}' has changes of the user that are not committed." : null;
    }

    // Also between two attempts, and in a resumed run before its attempt is made again.
    private static bool IsAtWork(RunState state, TaskState task) => state.IsRunning(task) || (task.IsOpen && task.Turns.Count > 0);

    // Nobody but the task itself, and others that wait like it, is at work, and nothing may be started: to wait would be for ever.
    private static bool IsStuck(RunState state, TaskId id) =>
        !state.IsPaused && state.Tasks.All(task => task.Id == id || !state.IsRunning(task) || IsWaiting(state, task)) && RunDecider.Next(state).Count == 0;

    private static string NameOf(TaskState owner) => $"{owner.Agent} ({owner.Task.Title})";
}
