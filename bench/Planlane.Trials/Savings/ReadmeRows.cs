namespace Planlane.Trials.Savings;

/// <summary>The rows of the page that the README shows: what was hoped for and what was measured, met or not, in the words of the page.</summary>
internal static class ReadmeRows
{
    /// <summary>Stands before the rows in the README.</summary>
    public const string Begin = "<!-- savings: written with docs/benchmarks.md by Planlane.Trials savings -->";

    /// <summary>Stands behind them.</summary>
    public const string End = "<!-- /savings -->";

    private const string Bars = "### Bars";
    private const int Columns = 4;

    // What the seed's own rows said is of no use to who has not read them.
    private const string LeftOut = "seed's own row";

    /// <summary>Whether a README has the marks.</summary>
    public static bool AreIn(string readme) => readme.IndexOf(Begin, StringComparison.Ordinal) is >= 0 and var begin && readme.IndexOf(End, StringComparison.Ordinal) > begin;

    /// <summary>The README with the rows of a page between its marks; as it is when the page has none.</summary>
    public static string Renewed(string readme, string page)
    {
        var begin = readme.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        return Of(page) is { } rows ? readme[..begin] + "\n" + rows + readme[readme.IndexOf(End, StringComparison.Ordinal)..] : readme;
    }

    /// <summary>The rows: the bars of the first times of tools, without what costs them; null when some of the seed's tasks or of the arms were not run.</summary>
    public static string? Of(string page)
    {
        var lines = page.Split('\n').SkipWhile(line => !line.StartsWith(Bars, StringComparison.Ordinal)).Skip(1).SkipWhile(line => !line.StartsWith('|')).TakeWhile(line => line.StartsWith('|')).ToList();
        if (lines.Count < 3)
            return null;
        var rows = lines.Where((_, index) => index != 1).Select(line => (IReadOnlyList<string>)[.. line.Trim('|').Split('|').Select(cell => cell.Trim()).Take(Columns)])
            .Where(row => !row[0].Contains(LeftOut, StringComparison.Ordinal)).ToList();
        return Rows.Table(rows[0], rows.Skip(1));
    }
}
