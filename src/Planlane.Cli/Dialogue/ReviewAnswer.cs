using Planlane.Reviews;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Cli.Dialogue;

/// <summary>What an answer to the review's question means.</summary>
internal abstract record ReviewAnswer
{
    private ReviewAnswer()
    {
    }

    internal sealed record Decided(ReviewDecision Decision) : ReviewAnswer;

    internal sealed record AskForChanges : ReviewAnswer;

    /// <summary>Show the work of a task, or of all when null.</summary>
    internal sealed record ShowDiff(TaskId? Task) : ReviewAnswer;

    /// <summary>The answer cannot be taken; the words say why and what can.</summary>
    internal sealed record Unclear(string Words) : ReviewAnswer;

    /// <summary>Reads an answer.</summary>
    /// <remarks>
    /// <c>yes</c>, <c>no</c>, <c>changes</c>, <c>diff</c>; <c>diff Haiku-2</c> for one agent's work; <c>no Haiku-2</c> or <c>except Haiku-2</c> to leave work out; <c>Haiku-2: words</c> to ask one agent for changes.
    /// </remarks>
    public static ReviewAnswer Read(string answer, RunState state)
    {
        var words = answer.Trim();
        switch (words.ToLowerInvariant())
        {
            case "yes" or "y": return Checked(new ReviewDecision.Approved([]), state);
            case "no" or "n": return new Decided(new ReviewDecision.Rejected());
            case "changes" or "change" or "c": return new AskForChanges();
            case "diff" or "d" or "diff all": return new ShowDiff(null);
        }

        if (FirstWord(words) is "diff" && TaskOf(words[5..], state) is { } shown)
            return new ShowDiff(shown);
        if (FirstWord(words) is "no" or "except" or "without" or "not")
            return Except(words[words.IndexOf(' ', StringComparison.Ordinal)..], state);
        var colon = words.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0 && TryComment(words[..colon], words[(colon + 1)..], state, out var comment))
            return Checked(new ReviewDecision.ChangesRequested([comment]), state);
        var example = state.Tasks.Count > 0 ? state.Tasks[^1].Agent.Value : "Haiku-1";
        return new Unclear($"Answer yes, no, changes or diff; \"diff {example}\" shows the work of one agent, \"except {example}\" leaves it out, and \"{example}: words\" asks for changes.");
    }

    /// <summary>A reviewer's words for an agent, or for all.</summary>
    public static bool TryComment(string to, string words, RunState state, out ReviewComment comment)
    {
        var all = to.Trim().Equals("all", StringComparison.OrdinalIgnoreCase);
        var task = TaskOf(to, state);
        comment = new ReviewComment(task, words.Trim());
        return words.Trim().Length > 0 && (all || task is not null);
    }

    /// <summary>The task of an agent's name, of its number, or of the task's own name; null when there is none.</summary>
    public static TaskId? TaskOf(string name, RunState state) => state.Tasks
        .FirstOrDefault(task => task.Agent.Value.EndsWith($"-{name.Trim()}", StringComparison.Ordinal) || task.Agent.Value.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase) || task.Id.Value.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase))?.Id;

    private static ReviewAnswer Except(string rest, RunState state)
    {
        var names = rest.Split([' ', ',', ';'], StringSplitOptions.RemoveEmptyEntries).Where(name => name is not "and").ToList();
        if (names.FirstOrDefault(name => TaskOf(name, state) is null) is { } unknown)
            return new Unclear($"No agent is named '{unknown}'; there are {string.Join(", ", state.Tasks.Select(task => task.Agent))}.");
        return Checked(new ReviewDecision.Approved(names.Select(name => TaskOf(name, state)!.Value).ToValueList()), state);
    }

    private static ReviewAnswer Checked(ReviewDecision decision, RunState state) =>
        ReviewRules.Refusal(state, decision, "user") is { } refusal ? new Unclear(refusal) : new Decided(decision);

    private static string FirstWord(string words) => words.Split(' ', 2) is [var first, _] ? first.ToLowerInvariant() : "";
}
