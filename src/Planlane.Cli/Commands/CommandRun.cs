using System.CommandLine;
using Planlane.Cli.Dialogue;
using Planlane.Cli.Output;
using Planlane.Cli.Settings;
using Planlane.Cli.Telemetry;
using Planlane.Runs;

namespace Planlane.Cli.Commands;

/// <summary>One execution of a command: its streams, its signals, and one place where faults become exit codes.</summary>
internal sealed class CommandRun : IDisposable
{
    private readonly Lazy<JsonLines?> _json;

    private CommandRun(ParseResult parsed, Terminal terminal)
    {
        Parsed = parsed;
        Terminal = terminal;
        Interrupts = Interrupts.Listen();
        _json = new Lazy<JsonLines?>(() => terminal.IsJson ? new JsonLines(Console.Out, ProcessSecrets.Mask) : null);
    }

    public ParseResult Parsed { get; }

    public Terminal Terminal { get; }

    public Interrupts Interrupts { get; }

    /// <summary>The traces and metrics of what it does.</summary>
    public CommandTelemetry Telemetry { get; } = new(Environment.GetEnvironmentVariable);

    /// <summary>The JSON stream of results, or null when results are text.</summary>
    public JsonLines? Json => _json.Value;

    /// <summary>Makes the action of a command.</summary>
    public static Func<ParseResult, Task<int>> Of(GlobalOptions options, Func<CommandRun, Task<int>> action) => async parsed =>
    {
        Terminal terminal;
        try
        {
            terminal = new Terminal(options.TerminalOf(parsed), Environment.GetEnvironmentVariable);
        }
        catch (PlanlaneException exception)
        {
            return Diagnostics.Report(new Terminal(new TerminalOptions(Progress: "plain"), Environment.GetEnvironmentVariable), exception, debug: false, json: null);
        }

        using var run = new CommandRun(parsed, terminal);
        try
        {
            Enter(options.FolderOf(parsed));
            return await action(run).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (run.Interrupts.ExitCode != 0)
        {
            return run.Interrupts.ExitCode;
        }
        catch (Exception exception)
        {
            return Diagnostics.Report(terminal, exception, options.IsDebug(parsed), run.Json);
        }
        finally
        {
            run.Telemetry.End(terminal, options.IsDebug(parsed));
        }
    };

    public void Dispose() => Interrupts.Dispose();

    private static void Enter(string? folder)
    {
        if (folder is null)
            return;
        if (!Directory.Exists(folder))
            throw new PlanlaneException(FaultKind.Usage, $"There is no folder '{folder}'.", "Name one that is there with -C.");
        Environment.CurrentDirectory = folder;
    }
}
