using System.Text.RegularExpressions;
using Planlane.Values;

namespace Planlane.Requests;

/// <summary>What is known of a request after some of its lines: the goal and the two lists. Each line gives the next.</summary>
internal sealed partial record RequestReader
{
    private ValueList<string> Goal { get; init; } = [];

    private ValueList<string> Constraints { get; init; } = [];

    private ValueList<string> Hints { get; init; } = [];

    private List? Current { get; init; }

    /// <summary>What was read so far.</summary>
    public RunRequest Request => new RunRequest(string.Join('\n', Goal).Trim(), [], []).With(Constraints, Hints);

    private bool IsFenced { get; init; }

    /// <summary>The next after a line.</summary>
    public RequestReader Read(string line)
    {
        // Code is shown, not asked for: what looks like a list in it is none.
        var isFence = line.TrimStart().StartsWith("```", StringComparison.Ordinal);
        if (isFence || IsFenced)
            return ToGoal(line) with { IsFenced = IsFenced ^ isFence };
        if (RequestHeadings.TryRead(line, out var isSplit, out var rest))
            return InlineItems.Of(rest).Aggregate(this with { Current = new List(isSplit, RequestHeadings.IsMarkdown(line)) }, (reader, item) => reader.WithItem(item));
        return Current is { } list && !RequestHeadings.IsMarkdown(line) ? ReadBelowHeading(list, line) : ToGoal(line);
    }

    private RequestReader ReadBelowHeading(List list, string line)
    {
        var indent = line.Length - line.TrimStart().Length;
        if (string.IsNullOrWhiteSpace(line))
            return this with { Current = list with { IsInItem = false } };
        if (Bullet().Match(line) is { Success: true } bullet)
            return Take(list, bullet.Groups["item"].Value.Trim(), indent);
        if (list.IsInItem && indent > list.Level)
            return WithTail(" " + line.Trim());

        // A Markdown section goes on behind a paragraph of prose.
        return list.IsSection ? this with { Goal = Goal.Add(line), Current = list with { IsInItem = false } } : ToGoal(line);
    }

    // A bullet that stands further in than the list's own belongs to the item above it.
    private RequestReader Take(List list, string item, int indent)
    {
        if (list.Level is { } level && indent > level + 1)
            return WithTail((Items(list)[^1].EndsWith(':') ? " " : "; ") + item) with { Current = list with { IsInItem = true } };
        return WithItem(item) with { Current = list with { Level = indent, IsInItem = true } };
    }

    private ValueList<string> Items(List list) => list.IsSplit ? Hints : Constraints;

    private RequestReader WithItem(string item) => Current!.IsSplit ? this with { Hints = Hints.Add(item) } : this with { Constraints = Constraints.Add(item) };

    private RequestReader WithTail(string text) => Current!.IsSplit ? this with { Hints = Longer(Hints, text) } : this with { Constraints = Longer(Constraints, text) };

    private static ValueList<string> Longer(ValueList<string> items, string text) => items.SkipLast(1).Append(items[^1] + text).ToValueList();

    private RequestReader ToGoal(string line) => this with { Goal = Goal.Add(line), Current = null };

    [GeneratedRegex(@"^\s*(?:[-–—*•]|\d+[.)])\s+(?:\[[ xX]\]\s+)?(?<item>\S.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Bullet();

    /// <summary>The list whose lines are read.</summary>
    /// <param name="IsSplit">Whether its items are split hints.</param>
    /// <param name="IsSection">Whether a Markdown heading began it, so that only the next one ends it.</param>
    /// <param name="Level">The indent of its bullets; null before the first.</param>
    /// <param name="IsInItem">Whether the line before belongs to an item.</param>
    private sealed record List(bool IsSplit, bool IsSection, int? Level = null, bool IsInItem = false);
}
