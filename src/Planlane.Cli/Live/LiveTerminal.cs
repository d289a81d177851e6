using System.Text;
using Planlane.Cli.Output;
using Planlane.Values;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Planlane.Cli.Live;

/// <summary>The terminal that the live view draws on.</summary>
/// <param name="writer">Its stream, which leads other lines to the view.</param>
/// <param name="glyphs">What lines are drawn with.</param>
/// <param name="hasColour">Whether styles are shown.</param>
/// <param name="reflows">Whether it wraps lines anew when it gets narrower.</param>
/// <param name="secrets">What is masked.</param>
internal sealed class LiveTerminal(RegionWriter writer, Glyphs glyphs, bool hasColour, bool reflows, SecretMask secrets)
{
    // Lines are cut to the terminal's width before they are styled.
    private const int Unwrapped = 10_000;

    private readonly StringBuilder _styled = new();
    private IAnsiConsole? _console;

    public Glyphs Glyphs { get; } = glyphs;

    /// <summary>A region for it.</summary>
    public LiveRegion NewRegion() => new(reflows);

    /// <summary>Its size now, for the next frame; the usual one when it does not say. The runtime asks the terminal again after each SIGWINCH, and not in each frame.</summary>
    public static TerminalSize Size
    {
        get
        {
            try
            {
                return new TerminalSize(Math.Max(1, Console.WindowWidth), Math.Max(1, Console.WindowHeight));
            }
            catch (IOException)
            {
                return new TerminalSize(80, 24);
            }
        }
    }

    /// <summary>Leads whole lines that others write to the view.</summary>
    public void LeadLinesTo(Action<string> view) => writer.LeadTo(view);

    /// <summary>Lets others write to the terminal itself, behind what they wrote before.</summary>
    public void LeadLinesBack(Func<string> before) => writer.LeadBack(before);

    /// <summary>Sends text as it is, all at once.</summary>
    public void Send(string text)
    {
        if (text.Length > 0)
            writer.Send(text);
    }

    /// <summary>A line as it is sent.</summary>
    public DrawnLine Drawn(LiveLine line)
    {
        if (!hasColour)
            return new DrawnLine(secrets.Of(line.Text), line.Cells);
        _console ??= AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = ColorSystemSupport.Standard,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(new StringWriter(_styled)),
        });
        _console.Profile.Width = Unwrapped;
        _styled.Clear();
        _console.Write(new Pieces(line.Phrases.Select(phrase => new Segment(secrets.Of(phrase.Text), phrase.Style ?? Style.Plain))));
        return new DrawnLine(_styled.ToString(), line.Cells);
    }

    private sealed class Pieces(IEnumerable<Segment> segments) : Renderable
    {
        protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth) => segments;
    }
}
