using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Planlane.Trials.Savings;

/// <summary>The figures of a page by name, as they stand at its end for the next comparison.</summary>
internal sealed partial record Snapshot(IReadOnlyDictionary<string, double> Figures)
{
    private const double Noticeable = 0.01;
    private const string Seeds = "seeds";

    public static Snapshot Of(Results results)
    {
        var figures = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var regime in results.Regimes)
            foreach (var arm in Arms.All)
                foreach (var task in results.SeedTasks.Concat(results.OtherTasks).Concat(results.LosingTasks))
                    if (results.Of(arm, regime, task) is { Count: > 0 } cell)
                    {
                        var name = $"{regime.Name}/{task}/{arm}";
                        (figures[$"{name}/seconds"], figures[$"{name}/seconds-p95"]) = (Math.Round(cell.Seconds(), 1), Math.Round(cell.Seconds(0.95), 1));
                        (figures[$"{name}/usd"], figures[$"{name}/usd-current"]) = (Math.Round(cell.Usd(), 5), Math.Round(cell.UsdCurrent(), 5));
                        (figures[$"{name}/fresh"], figures[$"{name}/processed"]) = (cell.Fresh, cell.Processed);
                        figures[$"{name}/{Seeds}"] = cell.Count;
                    }

        return new Snapshot(figures);
    }

    /// <summary>Reads what a page ends with.</summary>
    /// <exception cref="InvalidDataException">It is no page of this program.</exception>
    public static Snapshot Read(string page) => Mark().Match(page) is { Success: true } found
        ? new Snapshot(JsonSerializer.Deserialize<Dictionary<string, double>>(found.Groups[1].Value)!)
        : throw new InvalidDataException("The file has no figures at its end: it was not written by `savings -o`.");

    public string Write() => JsonSerializer.Serialize(Figures);

    /// <summary>What is other than at an earlier time by more than one percent, the greatest change first. Where the seeds differ, chance is in it too, and that is said.</summary>
    public string ChangesSince(Snapshot earlier)
    {
        var names = Figures.Keys.Where(name => !IsSeeds(name)).ToList();
        var compared = names.Where(earlier.Figures.ContainsKey).ToList();
        var rows = (from name in compared
                    let before = earlier.Figures[name]
                    let change = before == 0 ? 0 : (Figures[name] / before) - 1
                    where Math.Abs(change) > Noticeable
                    orderby Math.Abs(change) descending
                    select (IReadOnlyList<string>)[name, Show(before), Show(Figures[name]), (change * 100).ToString("+0.0;-0.0", CultureInfo.InvariantCulture) + " %", SeedsOf(name, earlier)]).ToList();
        var lines = new List<string> { $"{compared.Count} figures compared, {rows.Count} changed by more than 1 %." };
        if (names.Count - compared.Count is > 0 and var added)
            lines.Add($"{added} are new.");
        if (earlier.Figures.Keys.Count(name => !IsSeeds(name) && !Figures.ContainsKey(name)) is > 0 and var left)
            lines.Add($"{left} of the earlier page were not measured now.");
        if (compared.Any(name => CountOf(name, this) != CountOf(name, earlier)))
            lines.Add("Where the seeds are others, some of a change is chance: compare with as many seeds as the page has.");
        return $"{string.Join(' ', lines)}\n{(rows.Count == 0 ? "" : "\n" + Rows.Table(["figure", "before", "now", "change", "seeds"], rows))}";
    }

    private static bool IsSeeds(string name) => name.EndsWith($"/{Seeds}", StringComparison.Ordinal);

    // A page of before they were written down does not say it.
    private static double? CountOf(string name, Snapshot of) => of.Figures.TryGetValue($"{name[..name.LastIndexOf('/')]}/{Seeds}", out var count) ? count : null;

    private string SeedsOf(string name, Snapshot earlier) => (CountOf(name, earlier), CountOf(name, this)) switch
    {
        var (before, now) when before == now => Show(now ?? 0),
        var (before, now) => $"{(before is { } known ? Show(known) : "?")}, now {Show(now ?? 0)}",
    };

    private static string Show(double figure) => figure.ToString("0.####", CultureInfo.InvariantCulture);

    [GeneratedRegex("<!-- figures: (\\{.*\\}) -->", RegexOptions.CultureInvariant)]
    private static partial Regex Mark();
}
