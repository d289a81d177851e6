using Planlane.Cli.Live;
using Planlane.Cli.Settings;
using Planlane.Runs;
using Spectre.Console;

namespace Planlane.Cli.Output;

/// <summary>The three streams of the process, and what may be done with them. Results go to stdout; progress, prompts and diagnostics to stderr.</summary>
internal sealed class Terminal
{
    // What is not shown on a terminal is wrapped by whoever reads it.
    private const int UnwrappedWidth = 10_000;
    private const int UsualRows = 24;

    private readonly Func<string, string?> _variable;
    private readonly TerminalOptions _options;
    private readonly Lazy<Screen> _out;
    private readonly Lazy<Screen> _error;
    private readonly Lazy<RegionWriter?> _region;

    public Terminal(TerminalOptions options, Func<string, string?> variable)
    {
        _options = options;
        _variable = variable;
        Progress = ProgressOf(options, variable);
        _out = new Lazy<Screen>(() => ScreenOf(Console.Out, Console.IsOutputRedirected, mayColour: true));
        _region = new Lazy<RegionWriter?>(() => HasRegion ? new RegionWriter(Console.Error) : null);
        _error = new Lazy<Screen>(() => ScreenOf((TextWriter?)_region.Value ?? Console.Error, Console.IsErrorRedirected, mayColour: Progress is not ProgressMode.Plain));
    }

    /// <summary>For results.</summary>
    public Screen Out => _out.Value;

    /// <summary>For progress, prompts and diagnostics.</summary>
    public Screen Error => _error.Value;

    /// <summary>Whether results are JSON.</summary>
    public bool IsJson => _options.Json;

    public ProgressMode Progress { get; }

    /// <summary>Where the live view is drawn; null when progress is told in lines alone.</summary>
    public LiveTerminal? Live => _region.Value is { } writer
        ? new LiveTerminal(writer, Error.Glyphs, HasColour(redirected: false), TerminalKind.Reflows(_variable), ProcessSecrets.Mask)
        : null;

    /// <summary>Whether keys can be read beside the progress.</summary>
    public bool HasKeys => CanAsk;

    // Written again and again it is of no use to a screen reader, nor where the cursor cannot be moved; on Windows it was never tried.
    private bool HasRegion => Progress is ProgressMode.Live && !Console.IsErrorRedirected && !OperatingSystem.IsWindows() && !IsAccessible && Value("TERM") is not (null or "dumb");

    private bool IsAccessible => _options.Accessible || Value("PLANLANE_ACCESSIBLE") is not null;

    /// <summary>Whether somebody sits there who sees a question and can answer it.</summary>
    public bool CanAsk => !_options.NoInput && !Console.IsInputRedirected && !Console.IsErrorRedirected;

    /// <summary>The rows of the screen on which questions are asked.</summary>
    public int Rows => Console.IsErrorRedirected ? UsualRows : Math.Max(10, Console.WindowHeight);

    private Screen ScreenOf(TextWriter writer, bool redirected, bool mayColour)
    {
        var colour = mayColour && HasColour(redirected);
        var ansi = !colour ? AnsiSupport.No : OperatingSystem.IsWindows() ? AnsiSupport.Detect : AnsiSupport.Yes;
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = ansi,
            ColorSystem = colour ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        if (redirected)
            console.Profile.Width = UnwrappedWidth;
        return new Screen(console, IsAccessible || !IsUnicode(writer) || !TerminalKind.HasUnicode(_variable) ? Glyphs.Plain : Glyphs.Fancy, ProcessSecrets.Mask);
    }

    private bool HasColour(bool redirected)
    {
        if (_options.NoColor || _options.Accessible || Value("NO_COLOR") is not null)
            return false;
        return Value("FORCE_COLOR") is { } force ? force != "0" : !redirected && Value("TERM") != "dumb";
    }

    private string? Value(string name) => _variable(name) is { Length: > 0 } text ? text : null;

    private static bool IsUnicode(TextWriter writer) => writer.Encoding.CodePage is 65001 or 1200;

    private static ProgressMode ProgressOf(TerminalOptions options, Func<string, string?> variable)
    {
        var asked = options.Progress ?? (variable("PLANLANE_PROGRESS") is { Length: > 0 } text ? text : "auto");
        return asked.ToLowerInvariant() switch
        {
            "live" => ProgressMode.Live,
            "plain" => ProgressMode.Plain,
            "json" => options.Json ? ProgressMode.Quiet : ProgressMode.Json,
            "quiet" => ProgressMode.Quiet,
            "auto" when options.Json => ProgressMode.Quiet,
            "auto" => Console.IsErrorRedirected || variable("TERM") == "dumb" || variable("CI") is { Length: > 0 } ? ProgressMode.Plain : ProgressMode.Live,
            _ => throw new PlanlaneException(FaultKind.Usage, $"PLANLANE_PROGRESS is '{asked}'.", "Set it to auto, live, plain, json or quiet."),
        };
    }
}
