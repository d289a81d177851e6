using System.Text;
using Planlane.Cli.Output;
using Spectre.Console.Rendering;

namespace Planlane.Cli.Live;

/// <summary>A line of the live view: pieces in their styles, without a line break. Its texts are safe to be shown.</summary>
internal sealed class LiveLine
{
    private readonly List<Phrase> _phrases = [];

    /// <summary>The pieces.</summary>
    public IReadOnlyList<Phrase> Phrases => _phrases;

    /// <summary>The columns that it takes.</summary>
    public int Cells { get; private set; }

    /// <summary>The line without styles.</summary>
    public string Text => string.Concat(_phrases.Select(phrase => phrase.Text));

    /// <summary>A line of pieces.</summary>
    public static LiveLine Of(params ReadOnlySpan<Phrase> phrases)
    {
        var line = new LiveLine();
        foreach (var phrase in phrases)
            line.Add(phrase);
        return line;
    }

    /// <summary>The columns of a text.</summary>
    public static int CellsOf(string text) => text.All(letter => letter is >= ' ' and <= '~') ? text.Length : Segment.CellCount([new Segment(text)]);

    /// <summary>The text in so many columns: cut with the mark, or filled with blanks.</summary>
    public static string Fitted(string text, int width, string ellipsis) => Cut(text, width, ellipsis) is var cut && CellsOf(cut) is var cells && cells < width ? cut + new string(' ', width - cells) : cut;

    /// <summary>The beginning of a text that fits; the mark stands for the rest.</summary>
    public static string Cut(string text, int width, string ellipsis)
    {
        text = OneLine(text);
        if (CellsOf(text) <= width)
            return text;
        var room = width - CellsOf(ellipsis);
        if (room <= 0)
            return "";
        var cut = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            var piece = rune.ToString();
            if ((room -= CellsOf(piece)) < 0)
                break;
            cut.Append(piece);
        }

        return cut.Append(ellipsis).ToString();
    }

    /// <summary>Adds a piece.</summary>
    public LiveLine Add(Phrase phrase)
    {
        var text = OneLine(phrase.Text);
        if (text.Length > 0)
            _phrases.Add(phrase with { Text = text });
        Cells += CellsOf(text);
        return this;
    }

    /// <summary>The line in at most so many columns, without blanks at its end.</summary>
    public LiveLine Within(int width, string ellipsis)
    {
        var line = new LiveLine();
        foreach (var phrase in _phrases)
        {
            if (line.Cells >= width)
                break;
            line.Add(phrase with { Text = Cut(phrase.Text, width - line.Cells, ellipsis) });
        }

        return line.Trimmed();
    }

    // A line break of a model's text would be a line that nobody counted.
    private static string OneLine(string text) => SafeText.Of(text).Replace('\n', ' ');

    private LiveLine Trimmed()
    {
        while (_phrases.Count > 0 && _phrases[^1].Text.EndsWith(' '))
        {
            var last = _phrases[^1];
            var kept = last.Text.TrimEnd(' ');
            _phrases.RemoveAt(_phrases.Count - 1);
            Cells -= last.Text.Length - kept.Length;
            if (kept.Length > 0)
                _phrases.Add(last with { Text = kept });
        }

        return this;
    }
}
