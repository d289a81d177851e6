using Planlane.Cli.Output;
using Planlane.Summary;

namespace Planlane.Cli.Views;

/// <summary>Tokens by kind and model: a table, or a sentence a model where everything is said in words.</summary>
internal static class TokenTable
{
    private static readonly string[] Heads = ["model", "in", "out", "cache read", "cache write", "cost"];

    public static void Write(Screen screen, IReadOnlyList<ModelTotal> models)
    {
        var rows = models.Select(Row).ToList();
        if (screen.IsPlain)
        {
            foreach (var row in rows)
                screen.Hanging("  ", "    ", $"{row[0]}: {string.Join(", ", Heads.Zip(row).Skip(1).Select(cell => $"{cell.First} {cell.Second}"))}");
            return;
        }

        var widths = Heads.Select((head, column) => rows.Max(row => row[column].Length) is var widest && widest > head.Length ? widest : head.Length).ToArray();
        screen.Line(Ink.Faint(Laid(Heads, widths)));
        foreach (var row in rows)
            screen.Line(Laid(row, widths));
    }

    private static string[] Row(ModelTotal total) =>
    [
        total.Model.Value, Figures.Count(total.Usage.Input), Figures.Count(total.Usage.Output), Figures.Count(total.Usage.CacheRead),
        Figures.Count(total.Usage.CacheWrite + total.Usage.CacheWriteLong), total.Cost.ToString(),
    ];

    private static string Laid(string[] cells, int[] widths) =>
        "  " + string.Join("  ", cells.Select((cell, column) => column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column])));
}
