using System.Text;
using System.Text.RegularExpressions;

namespace Planlane.Support;

/// <summary>A terminal that knows what the live view sends, and refuses everything else: letters of one column, line ends, the cursor up and down, and erasing behind and below it.</summary>
/// <param name="columns">Columns of a line.</param>
/// <param name="rows">Lines of the screen.</param>
internal sealed partial class EmulatedTerminal(int columns, int rows)
{
    private readonly List<StringBuilder> _lines = [new()];
    private int _row;
    private int _column;
    private bool _wraps = true;

    /// <summary>Whether the cursor is shown.</summary>
    public bool IsCursorShown { get; private set; } = true;

    /// <summary>All lines that were ever written and are there, those that have scrolled away first.</summary>
    public IReadOnlyList<string> Lines => [.. _lines.Select(line => line.ToString().TrimEnd())];

    private int Top => Math.Max(0, _lines.Count - rows);

    public void Receive(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            var sequence = Sequence().Match(text, at);
            if (sequence.Success)
                Do(sequence.Groups[1].Value, sequence.Groups[2].Value[0]);
            else
                Put(text[at]);
            at += sequence.Success ? sequence.Length : 1;
        }
    }

    private void Put(char letter)
    {
        Assert.NotEqual('\u001b', letter);
        if (letter == '\r')
            _column = 0;
        else if (letter == '\n')
            Down();
        else
            Write(letter);
    }

    private void Write(char letter)
    {
        if (_column == columns && _wraps)
        {
            Down();
            _column = 0;
        }

        var (line, column) = (_lines[_row], Math.Min(_column, columns - 1));
        while (line.Length <= column)
            line.Append(' ');
        line[column] = letter;
        _column = column + 1;
    }

    private void Down()
    {
        if (++_row == _lines.Count)
            _lines.Add(new StringBuilder());
    }

    private void Do(string number, char what)
    {
        var count = int.TryParse(number, out var given) ? given : 1;
        switch (what)
        {
            case 'A': _row = Math.Max(Top, _row - count); break;
            case 'B': _row = Math.Min(_lines.Count - 1, _row + count); break;
            case 'K': Cut(); break;
            // Only what is below the cursor: the screen and the scrollback are nobody's to erase.
            case 'J':
                Assert.Equal("", number);
                Cut();
                _lines.RemoveRange(_row + 1, _lines.Count - _row - 1);
                break;
            case 'h' or 'l': Switch(number, what == 'h'); break;
            case 'm': break;
            default: Assert.Fail($"CSI {number} {what} is not known."); break;
        }
    }

    private void Cut()
    {
        if (_lines[_row].Length > _column)
            _lines[_row].Length = _column;
    }

    private void Switch(string mode, bool isOn)
    {
        if (mode == "?25")
            IsCursorShown = isOn;
        else if (mode == "?7")
            _wraps = isOn;
        else
            Assert.Equal("?2026", mode);
    }

    [GeneratedRegex(@"\G\u001b\[([?\d;]*)([A-Za-z])")]
    private static partial Regex Sequence();
}
