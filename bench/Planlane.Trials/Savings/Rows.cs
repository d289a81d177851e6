using System.Globalization;
using System.Text;

namespace Planlane.Trials.Savings;

/// <summary>Figures as people read them, and tables of them in Markdown that are aligned on a screen too.</summary>
internal static class Rows
{
    public static string Table(IReadOnlyList<string> heads, IEnumerable<IReadOnlyList<string>> rows)
    {
        var all = rows.Prepend(heads).ToList();
        var widths = heads.Select((_, column) => all.Max(row => row[column].Length)).ToList();
        var text = new StringBuilder();
        text.Append(Line(all[0], widths)).Append('|').AppendJoin('|', widths.Select((width, column) => column == 0 ? new string('-', width + 2) : new string('-', width + 1) + ":")).Append("|\n");
        foreach (var row in all.Skip(1))
            text.Append(Line(row, widths));
        return text.ToString();
    }

    public static string Seconds(double seconds) => double.IsNaN(seconds) ? "–" : (Math.Round(seconds) + 0.0).ToString("0", CultureInfo.InvariantCulture) + " s";

    public static string Usd(double usd) => double.IsNaN(usd) ? "–" : usd.ToString("$0.000", CultureInfo.InvariantCulture);

    public static string Tokens(double tokens) => double.IsNaN(tokens) ? "–" : (tokens / 1000).ToString("0.0", CultureInfo.InvariantCulture) + "k";

    public static string Number(double number) => double.IsNaN(number) ? "–" : number.ToString("0", CultureInfo.InvariantCulture);

    public static string Percent(double share) => double.IsNaN(share) ? "–" : (share * 100).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    /// <summary>The share that is saved; less than nothing when it costs more.</summary>
    public static double Saved(double now, double before) => 1 - (now / before);

    private static string Line(IReadOnlyList<string> cells, List<int> widths) =>
        $"| {string.Join(" | ", cells.Select((cell, column) => column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column])))} |\n";
}
