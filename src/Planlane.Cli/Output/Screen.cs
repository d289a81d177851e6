using Planlane.Values;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Planlane.Cli.Output;

/// <summary>Writes lines to one stream, wrapped to its width. Not thread-safe: one writer owns a stream.</summary>
/// <param name="console">The stream.</param>
/// <param name="glyphs">What marks and lines are drawn with.</param>
/// <param name="secrets">What is masked; well-known kinds of keys when null.</param>
internal sealed class Screen(IAnsiConsole console, Glyphs glyphs, SecretMask? secrets = null)
{
    private readonly SecretMask _secrets = secrets ?? SecretMask.Shapes;

    public Glyphs Glyphs { get; } = glyphs;

    /// <summary>Whether everything is said in words.</summary>
    public bool IsPlain => Glyphs == Glyphs.Plain;

    /// <summary>Whether it shows colours.</summary>
    public bool HasColour => console.Profile.Capabilities.ColorSystem is not ColorSystem.NoColors;

    /// <summary>The columns of a line.</summary>
    public int Width => console.Profile.Width;

    public void Blank() => console.WriteLine();

    public void Line(params ReadOnlySpan<Phrase> phrases) => Hanging("", "", phrases);

    /// <summary>Writes a line that begins with <paramref name="first"/>; where it wraps, the next ones begin with <paramref name="rest"/>.</summary>
    public void Hanging(string first, string rest, params ReadOnlySpan<Phrase> phrases) => Write([new Segment(Safe(first), Faint)], Safe(rest), phrases);

    /// <summary>Writes a line behind a label in styles of its own; where it wraps, the next ones begin below its text.</summary>
    public void Labelled(ReadOnlySpan<Phrase> label, params ReadOnlySpan<Phrase> phrases)
    {
        var first = new List<Segment>();
        foreach (var phrase in label)
            first.Add(new Segment(Safe(phrase.Text), phrase.Style ?? Style.Plain));
        Write([.. first], new string(' ', Segment.CellCount(first)), phrases);
    }

    private void Write(Segment[] first, string rest, ReadOnlySpan<Phrase> phrases)
    {
        var text = new Paragraph { Overflow = Overflow.Fold };
        foreach (var phrase in phrases)
            text.Append(Safe(phrase.Text), phrase.Style);
        console.Write(new HangingText(first, new Segment(rest, Faint), text));
    }

    /// <summary>How many rows of this width something takes; nothing is written.</summary>
    public int RowsOf(Action<Screen> write)
    {
        using var text = new StringWriter();
        var other = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Interactive = InteractionSupport.No, Out = new AnsiConsoleOutput(text) });
        other.Profile.Width = Width;
        write(new Screen(other, Glyphs, _secrets));
        return text.ToString().Count(letter => letter == '\n');
    }

    /// <summary>Writes text as it is but for what could steer a terminal, not wrapped.</summary>
    public void Text(string text) => console.Profile.Out.Writer.Write(Safe(text));

    /// <summary>Writes a question without a line break after it, for an answer to be typed behind it.</summary>
    public void Ask(string question)
    {
        console.Write(new Paragraph(Safe(question), new Style(decoration: Decoration.Bold)));
        console.Write(" ");
    }

    private string Safe(string text) => SafeText.Of(_secrets.Of(text));

    private static Style Faint { get; } = new(decoration: Decoration.Dim);

    private sealed class HangingText(Segment[] first, Segment rest, Paragraph text) : Renderable
    {
        protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
        {
            var indent = Math.Max(Segment.CellCount(first), Segment.CellCount([rest]));
            var inner = ((IRenderable)text).Render(options, Math.Max(20, maxWidth - indent));
            Segment[] prefix = first;
            foreach (var line in Segment.SplitLines(inner))
            {
                foreach (var segment in Trimmed(prefix.Concat(line)))
                    yield return segment;
                yield return Segment.LineBreak;
                prefix = [rest];
            }
        }

        // Wrapping leaves the blank at the break behind, and copied text should have none.
        private static List<Segment> Trimmed(IEnumerable<Segment> line)
        {
            var segments = line.Where(segment => !segment.IsControlCode && segment.Text.Length > 0).ToList();
            while (segments.Count > 0 && segments[^1].Text.EndsWith(' '))
            {
                var last = segments[^1];
                segments.RemoveAt(segments.Count - 1);
                if (last.Text.TrimEnd(' ') is { Length: > 0 } kept)
                    segments.Add(new Segment(kept, last.Style));
            }

            return segments;
        }
    }
}
