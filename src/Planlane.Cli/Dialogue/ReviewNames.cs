using System.Globalization;
using Planlane.Commits;
using Planlane.Reviews;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Cli.Dialogue;

/// <summary>How a person or a script names parts of a review: <c>AGENT</c>, <c>AGENT:PATH</c>, <c>AGENT:PATH#HUNK</c>, and for words <c>AGENT:PATH:LINE</c>.</summary>
internal static class ReviewNames
{
    /// <summary>What names every agent.</summary>
    public const string All = "all";

    /// <summary>The task of an agent's name, of its number, or of the task's own name; null when there is none.</summary>
    public static TaskId? TaskOf(string name, RunState state)
    {
        var named = name.Trim();
        return state.Tasks.FirstOrDefault(task => task.Agent.Value.EndsWith($"-{named}", StringComparison.Ordinal)
            || task.Agent.Value.Equals(named, StringComparison.OrdinalIgnoreCase)
            || task.Id.Value.Equals(named, StringComparison.OrdinalIgnoreCase))?.Id;
    }

    /// <summary>The part that a text names.</summary>
    /// <exception cref="PlanlaneException">Usage: the run has no such agent, or the agent no such file.</exception>
    public static ReviewTarget Target(string text, RunState state, Review review)
    {
        var (task, rest) = Split(text, state);
        if (rest is null)
            return ReviewTarget.Of(task);
        var agent = review.Find(task);
        if (Find(agent, rest) is { } whole)
            return ReviewTarget.Of(task, whole.Path);
        if (rest.LastIndexOf('#') is > 0 and var mark && Find(agent, rest[..mark]) is { } file && rest[(mark + 1)..].Trim() is { Length: > 0 } hunk)
            return new ReviewTarget(task, file.Path, [hunk]);
        throw NoFile(state, task, agent, rest);
    }

    /// <summary>Words for what a text names: one agent or all, a file, or a line of it.</summary>
    /// <exception cref="PlanlaneException">Usage: the run has no such agent, the agent no such file, or there are no words.</exception>
    public static ReviewComment Comment(string at, string words, RunState state, Review review)
    {
        if (words.Trim().Length == 0)
            throw new PlanlaneException(FaultKind.Usage, $"There are no words for {at.Trim()}.", "Say what to change.");
        if (at.Trim().Equals(All, StringComparison.OrdinalIgnoreCase))
            return new ReviewComment(null, words.Trim());
        var (task, rest) = Split(at, state);
        if (rest is null)
            return new ReviewComment(task, words.Trim());
        var agent = review.Find(task);
        if (Find(agent, rest) is { } whole)
            return new ReviewComment(task, words.Trim()) { Path = whole.Path };
        if (rest.LastIndexOf(':') is > 0 and var colon && Find(agent, rest[..colon]) is { } file && int.TryParse(rest[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var line))
            return new ReviewComment(task, words.Trim()) { Path = file.Path, Line = line };
        throw NoFile(state, task, agent, rest);
    }

    private static (TaskId Task, string? Path) Split(string text, RunState state)
    {
        var parts = text.Trim().Split(':', 2, StringSplitOptions.TrimEntries);
        if (TaskOf(parts[0], state) is { } task)
            return (task, parts.Length > 1 && parts[1].Length > 0 ? parts[1] : null);
        throw parts[0].Equals(CommitPlan.PlannerName, StringComparison.OrdinalIgnoreCase)
            ? new PlanlaneException(FaultKind.Usage, "Contracts were approved with the plan, and every task builds on them.", "Ask an agent for changes, or reject the work.")
            : new PlanlaneException(FaultKind.Usage, $"No agent is named '{parts[0]}'.", $"There are {string.Join(", ", state.Tasks.Select(other => other.Agent))}.");
    }

    // By its path, or by its end where only one file of the agent has it.
    private static ReviewFile? Find(ReviewAgent? agent, string path) => agent?.Files.FirstOrDefault(file => file.Path.Value == path)
        ?? (agent?.Files.Where(file => file.Path.Value.EndsWith($"/{path}", StringComparison.Ordinal)).ToList() is [var only] ? only : null);

    private static PlanlaneException NoFile(RunState state, TaskId task, ReviewAgent? agent, string path) => new(
        FaultKind.Usage,
        $"{state.Task(task).Agent} changes no file '{path}'.",
        agent is { Files.Count: > 0 } ? $"Its files are {string.Join(", ", agent.Files.Select(file => file.Path))}." : "It changes no file.");
}
