using Planlane.Values;

namespace Planlane.Reviews;

/// <summary>A reviewer's words.</summary>
/// <param name="Task">The task they concern, or null for all.</param>
/// <param name="Text">The words.</param>
public sealed record ReviewComment(TaskId? Task, string Text)
{
    /// <summary>The file they concern, or null for the whole work.</summary>
    public RepoPath? Path { get; init; }

    /// <summary>The line of the proposed file they stand at, from 1; null for the whole file.</summary>
    public int? Line { get; init; }

    /// <summary>The line as it is proposed, as the agent may have moved it since; null when none is named.</summary>
    public string? Quote { get; init; }

    /// <summary>The words as an agent reads them: with their place, and the line they stand at.</summary>
    internal string Words => Path is null
        ? Text
        : $"{Path}{(Line is { } line ? $":{line}" : "")}: {(Quote is null ? Text : $"at the line\n> {Quote}\n{Text}")}";
}
