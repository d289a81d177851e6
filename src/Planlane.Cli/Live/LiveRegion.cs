using System.Text;

namespace Planlane.Cli.Live;

/// <summary>The lines at the end of a terminal that are written again and again. Says what is to be sent; whoever sends it sends nothing else meanwhile.</summary>
/// <remarks>
/// The cursor rests at the first column of the last line. Nothing above the region is ever written to and nothing of the scrollback is erased: only what is below the cursor (CSI J) and behind it
/// (CSI K). A frame stands between CSI ?2026 h and l, so that terminals that know it show it at once; lines are never wrapped (CSI ?7 l), whatever width the terminal thinks a letter has.
/// </remarks>
/// <param name="reflows">Whether the terminal wraps lines anew when it gets narrower.</param>
internal sealed class LiveRegion(bool reflows)
{
    private const string BeginFrame = "\u001b[?2026h\u001b[?25l\u001b[?7l";
    private const string EndFrame = "\u001b[?7h\u001b[?2026l";
    private const string ShowCursor = "\u001b[?25h";
    private const string EraseBelow = "\r\u001b[J";
    private const string EraseBehind = "\u001b[K";

    private List<DrawnLine> _lines = [];
    private TerminalSize _size;

    /// <summary>Whether lines are on the screen.</summary>
    public bool IsThere => _lines.Count > 0;

    /// <summary>What makes the screen show the lines, and above them whole lines of text that stay; empty when nothing changes.</summary>
    /// <param name="above">Text that scrolls away, each line with its end; may be empty.</param>
    /// <param name="lines">The region's lines; at most one less than the terminal has.</param>
    /// <param name="size">The terminal now.</param>
    public string Draw(string above, IReadOnlyList<DrawnLine> lines, TerminalSize size)
    {
        var isResized = IsThere && size != _size;
        if (above.Length == 0 && !isResized && lines.SequenceEqual(_lines))
            return "";
        var frame = new StringBuilder(BeginFrame);
        if (above.Length > 0 || isResized || !IsThere)
            DrawAll(frame, above, lines, size);
        else
            DrawChanged(frame, lines);
        _lines = [.. lines];
        _size = size;
        return frame.Append(EndFrame).ToString();
    }

    /// <summary>What takes the region away and gives the cursor back, at the beginning of the line where the region began.</summary>
    /// <param name="size">The terminal now.</param>
    public string Erase(TerminalSize size)
    {
        if (!IsThere)
            return ShowCursor;
        var text = new StringBuilder();
        Up(text, RowsAbove(size));
        _lines = [];
        return text.Append(EraseBelow).Append(ShowCursor).ToString();
    }

    private void DrawAll(StringBuilder frame, string above, IReadOnlyList<DrawnLine> lines, TerminalSize size)
    {
        if (IsThere)
            Up(frame, RowsAbove(size));
        // After a change of the width, what the terminal made of the old lines is anywhere below.
        if (IsThere && size != _size)
            frame.Append(EraseBelow);
        if (above.Length > 0)
        {
            // The lines that stay are wrapped by the terminal, so that a copy of them has no line break.
            frame.Append("\u001b[?7h");
            foreach (var line in above.Split('\n').SkipLast(1))
                frame.Append('\r').Append(line).Append(EraseBehind).Append("\r\n");
            frame.Append("\u001b[?7l");
        }

        for (var i = 0; i < lines.Count; i++)
            frame.Append(i == 0 ? "\r" : "\r\n").Append(lines[i].Text).Append(EraseBehind);
        // Behind the last line, so that it is not erased itself.
        frame.Append("\u001b[J\r");
    }

    private void DrawChanged(StringBuilder frame, IReadOnlyList<DrawnLine> lines)
    {
        var at = _lines.Count - 1;
        for (var i = 0; i < lines.Count; i++)
        {
            if (i < _lines.Count && lines[i] == _lines[i])
                continue;
            if (i < _lines.Count)
            {
                Move(frame, i - at);
                frame.Append('\r');
            }
            else
            {
                // Below the region there may be no line yet: only a line feed makes one.
                Move(frame, i - 1 - at);
                frame.Append("\r\n");
            }

            frame.Append(lines[i].Text).Append(EraseBehind);
            at = i;
        }

        if (lines.Count < _lines.Count)
        {
            Move(frame, lines.Count - at);
            frame.Append(EraseBelow);
            at = lines.Count;
        }

        Move(frame, lines.Count - 1 - at);
        frame.Append('\r');
    }

    // The rows between the region's beginning and the cursor. A terminal that wraps anew gives a line that is too long now as many rows as it needs.
    private int RowsAbove(TerminalSize size)
    {
        var above = _lines.SkipLast(1);
        var rows = reflows && size.Columns < _size.Columns ? above.Sum(line => Math.Max(1, (line.Cells + size.Columns - 1) / size.Columns)) : above.Count();
        return Math.Min(rows, size.Rows - 1);
    }

    private static void Up(StringBuilder text, int rows) => Move(text, -rows);

    private static void Move(StringBuilder text, int rows)
    {
        if (rows < 0)
            text.Append("\u001b[").Append(-rows).Append('A');
        else if (rows > 0)
            text.Append("\u001b[").Append(rows).Append('B');
    }
}

/// <summary>A line as it is sent to the terminal.</summary>
/// <param name="Text">With its escape sequences for colours.</param>
/// <param name="Cells">The columns that it takes.</param>
internal readonly record struct DrawnLine(string Text, int Cells);
