using System.CommandLine;
using Planlane.Cli.Output;

namespace Planlane.Cli.Commands;

/// <summary>The options that every command has.</summary>
internal sealed class GlobalOptions
{
    private static readonly string[] ProgressModes = ["auto", "live", "plain", "json", "quiet"];

    private readonly Option<string?> _folder = new("-C") { Description = "Run as if started in this folder", HelpName = "DIR", Recursive = true };
    private readonly Option<bool> _json = new("--json") { Description = "Write results to stdout as JSON, one object a line", Recursive = true };
    private readonly Option<string?> _progress = new("--progress")
    {
        Description = "How progress is shown on stderr (also PLANLANE_PROGRESS)",
        HelpName = string.Join('|', ProgressModes),
        Recursive = true,
    };

    private readonly Option<bool> _noInput = new("--no-input") { Description = "Never ask; end with exit code 3 where a decision is needed", Recursive = true };
    private readonly Option<bool> _noColor = new("--no-color") { Description = "No colour (also NO_COLOR)", Recursive = true };
    private readonly Option<bool> _accessible = new("--accessible") { Description = "Words only: no emoji, no drawn lines, no colour", Recursive = true };
    private readonly Option<bool> _debug = new("--debug") { Description = "Show where an error came from", Recursive = true };

    public GlobalOptions() => _progress.AcceptOnlyFromAmong(ProgressModes);

    public void AddTo(Command root)
    {
        Option[] all = [_folder, _json, _progress, _noInput, _noColor, _accessible, _debug];
        foreach (var option in all)
            root.Add(option);
    }

    public string? FolderOf(ParseResult parsed) => parsed.GetValue(_folder);

    public bool IsDebug(ParseResult parsed) => parsed.GetValue(_debug);

    public TerminalOptions TerminalOf(ParseResult parsed) => new(
        parsed.GetValue(_json), parsed.GetValue(_noColor), parsed.GetValue(_accessible), parsed.GetValue(_noInput), parsed.GetValue(_progress));
}
