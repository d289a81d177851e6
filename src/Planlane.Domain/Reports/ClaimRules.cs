using System.Text.RegularExpressions;
using Planlane.Agents;

namespace Planlane.Reports;

/// <summary>Finds where an agent's words say more than was measured. Words that are not understood are no contradiction.</summary>
public static partial class ClaimRules
{
    /// <summary>Whether words claim that the work is done.</summary>
    public static bool ClaimsSuccess(string words) => Sentences(words).Any(sentence => Done().IsMatch(sentence) && !Doubt().IsMatch(sentence));

    /// <summary>The contradictions between an agent's words and what ran.</summary>
    /// <param name="task">The task.</param>
    /// <param name="words">The agent's words.</param>
    /// <param name="runs">Everything that ran on its work, by it and by us, oldest first.</param>
    public static IEnumerable<string> Contradictions(TaskState task, AgentWords words, IReadOnlyList<Ran> runs)
    {
        var sentences = Sentences($"{words.Work}. {words.Notes}").ToList();
        if (sentences.Any(sentence => TestsPass().IsMatch(sentence) && !Doubt().IsMatch(sentence)) && TestsThat(runs) is { } fact)
            yield return $"It says that tests pass, but {fact}.";
        foreach (var command in sentences.Where(sentence => !Doubt().IsMatch(sentence)).SelectMany(sentence => RanThis().Matches(sentence)).Select(match => match.Groups["command"].Value).Distinct())
            if (IsCommand().IsMatch(command) && !runs.Any(run => run.Is(command)))
                yield return $"It says that it ran '{command}', but that did not run.";
        if (runs.Count == 0 && sentences.Any(sentence => RanTests().IsMatch(sentence) && !Doubt().IsMatch(sentence)))
            yield return "It says that it ran tests or a build, but nothing ran.";
    }

    /// <summary>Where the agent claimed success in a turn without any tool call.</summary>
    public static IEnumerable<string> Unfounded(TaskState task) => task.Turns.Where(turn => ProgressRules.UnfoundedClaim(task, turn) is not null)
        .Select(turn => $"In turn {turn.Number} it said that the work was done, and had called no tool.");

    // Why the tests do not pass, for all that is known; null when they do.
    private static string? TestsThat(IReadOnlyList<Ran> runs)
    {
        var last = runs.Where(run => run.Tests is { Total: > 0 }).GroupBy(run => run.Command).Select(group => group.Last()).ToList();
        if (last.Count == 0)
            return "no test ran";
        var all = last.Select(run => run.Tests!).Aggregate((left, right) => left + right);
        return all.Failed > 0 ? $"{all.Failed} of {all.Total} failed" : all.Passed == 0 ? "all of them were skipped" : null;
    }

    private static IEnumerable<string> Sentences(string words) => SentenceEnd().Split(words).Where(sentence => sentence.Length > 0);

    // A full stop inside a name or a number ends no sentence.
    [GeneratedRegex(@"(?<=[.!?;])\s+|\n+")]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(@"\b(?:done|complete[d]?|finished|implemented|created|added|fixed|wrote|written|updated|ready|works?)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Done();

    [GeneratedRegex(@"\b(?:not|never|cannot|could|would|should|will|must|can't|n't|unable|without|unless|until|before|if|so that|to make|make sure|ensure[sd]?|let me|going to|next|need(?:s|ed)?|shall|i'll)\b|n't\b", RegexOptions.IgnoreCase)]
    private static partial Regex Doubt();

    [GeneratedRegex(@"\b(?:tests?|suite|specs?)\b(?: (?:of|in|for) (?!pass)[\w./]+)?(?: (?:are|do|run and))? (?:(?:now |all |both |still )*pass(?:es|ed|ing)?|succeed(?:s|ed)?|(?:is|are) (?:all |now )*green)\b|\b(?:all|\d+) (?:\w+ ){0,2}tests? (?:green|passing)\b|\bpassing tests\b", RegexOptions.IgnoreCase)]
    private static partial Regex TestsPass();

    [GeneratedRegex(@"\b(?:ran|re-?ran|run|executed|verified (?:it )?(?:with|by|using)|tested (?:it )?(?:with|by|using)|confirmed (?:it )?(?:with|by|using))\b[^`.]{0,40}`(?<command>[^`\n]+)`", RegexOptions.IgnoreCase)]
    private static partial Regex RanThis();

    [GeneratedRegex(@"^(?:\./\w|(?:dotnet|npm|npx|yarn|pnpm|bun|deno|node|python3?|pytest|go|cargo|mvn|gradle|make|tsc|eslint|jest|vitest|mocha|ruby|bundle|rake|php|composer|ruff|mypy|tox|sh|bash)\b)")]
    private static partial Regex IsCommand();

    [GeneratedRegex(@"\b(?:ran|re-?ran|executed) (?:(?:all|the|both|unit|whole|full|existing|new|relevant|project|its) )*(?:test suite|tests?|build|checks?|linter)\b", RegexOptions.IgnoreCase)]
    private static partial Regex RanTests();
}
