using System.Globalization;
using System.Text.RegularExpressions;
using Planlane.Values;

namespace Planlane.Requests;

/// <summary>What the user asked for, kept as data that the plan must satisfy item by item.</summary>
/// <param name="Goal">The request in the user's words, without the lists below; one or more lines.</param>
/// <param name="Constraints">What the work must satisfy, one item each ("Requirements: …").</param>
/// <param name="SplitHints">How the user wants the work divided, one item each ("Split into: …").</param>
public sealed partial record RunRequest(string Goal, ValueList<string> Constraints, ValueList<string> SplitHints)
{
    /// <summary>How many agents the user wants, so how many tasks the plan has; null when that is the planner's to say.</summary>
    public int? Agents { get; init; }

    /// <summary>The landed run that this one follows, or null; the goal speaks of what that one made.</summary>
    public RunId? After { get; init; }

    /// <summary>The goal's first line, as a title.</summary>
    public string Title => Goal.Split('\n')[0].Trim();

    /// <summary>The request with more items. One that is there already, but for letter case and white space, is left out. A split hint that is a number of agents and nothing else becomes <see cref="Agents"/>; of several the last.</summary>
    /// <param name="constraints">More constraints.</param>
    /// <param name="splitHints">More split hints.</param>
    public RunRequest With(IEnumerable<string> constraints, IEnumerable<string> splitHints) =>
        this with
        {
            Constraints = Distinct(Constraints.Concat(constraints)),
            SplitHints = Distinct(SplitHints.Concat(splitHints).Where(hint => CountOf(hint) is null)),
            Agents = splitHints.Select(CountOf).LastOrDefault(count => count is not null) ?? Agents,
        };

    private static int? CountOf(string hint) => Count().Match(hint) is { Success: true } match ? int.Parse(match.Groups["count"].Value, CultureInfo.InvariantCulture) : null;

    private static ValueList<string> Distinct(IEnumerable<string> items) => items
        .Select(item => string.Join(' ', item.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))
        .Where(item => item.Length > 0).DistinctBy(item => item.ToUpperInvariant()).ToValueList();

    [GeneratedRegex(@"^\s*(?<count>[0-9]{1,4})(?:\s+(?:parallel\s+)?agents?)?\s*\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Count();
}
