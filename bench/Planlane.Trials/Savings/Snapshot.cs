using System.Text.Json;
using System.Text.RegularExpressions;

namespace Planlane.Trials.Savings;

/// <summary>The figures of a page by name, as they stand at its end for the next comparison.</summary>
internal sealed partial record Snapshot(IReadOnlyDictionary<string, double> Figures)
{
    private const double Noticeable = 0.01;

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
                    }

        return new Snapshot(figures);
    }

    /// <summary>Reads what a page ends with.</summary>
    /// <exception cref="InvalidDataException">It is no page of this program.</exception>
    public static Snapshot Read(string page) => Mark().Match(page) is { Success: true } found
        ? new Snapshot(JsonSerializer.Deserialize<Dictionary<string, double>>(found.Groups[1].Value)!)
        : throw new InvalidDataException("The file has no figures at its end: it was not written by `savings -o`.");

    public string Write() => JsonSerializer.Serialize(Figures);

    /// <summary>What is other than at an earlier time by more than one percent, the greatest change first.</summary>
    public string ChangesSince(Snapshot earlier)
    {
        var rows = (from figure in Figures
                    where earlier.Figures.ContainsKey(figure.Key)
                    let before = earlier.Figures[figure.Key]
                    let change = before == 0 ? 0 : (figure.Value / before) - 1
                    where Math.Abs(change) > Noticeable
                    orderby Math.Abs(change) descending
                    select (IReadOnlyList<string>)[figure.Key, $"{before:0.####}", $"{figure.Value:0.####}", $"{change * 100:+0.0;-0.0} %"]).ToList();
        var compared = Figures.Keys.Count(earlier.Figures.ContainsKey);
        return $"{compared} figures compared, {rows.Count} changed by more than 1 %.\n{(rows.Count == 0 ? "" : "\n" + Rows.Table(["figure", "before", "now", "change"], rows))}";
    }

    [GeneratedRegex("<!-- figures: (\\{.*\\}) -->", RegexOptions.CultureInvariant)]
    private static partial Regex Mark();
}
