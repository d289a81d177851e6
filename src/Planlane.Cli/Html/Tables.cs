namespace Planlane.Cli.Html;

/// <summary>Rows of tables; a cell that begins with <c>#</c> is a figure and stands to the right.</summary>
internal static class Tables
{
    public static void Head(HtmlWriter html, params ReadOnlySpan<string> cells)
    {
        using (html.In("thead"))
        using (html.In("tr"))
            foreach (var cell in cells)
                html.Element("th", cell.TrimStart('#'), ("scope", "col"), ("class", cell.StartsWith('#') ? "figure" : null));
    }

    public static void Row(HtmlWriter html, params ReadOnlySpan<string> cells) => Row(html, isSum: false, cells);

    public static void Row(HtmlWriter html, bool isSum, params ReadOnlySpan<string> cells)
    {
        using (html.In("tr", ("class", isSum ? "sum" : null)))
            foreach (var cell in cells)
                html.Element("td", cell.StartsWith('#') ? cell[1..] : cell, ("class", cell.StartsWith('#') ? "figure" : null));
    }
}
