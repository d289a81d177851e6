using Planlane.Cli.Output;
using Planlane.Cli.Settings;
using Planlane.Cli.Views;
using Planlane.Runs;

namespace Planlane.Cli.Dialogue;

/// <summary>Tells the progress of a run in the way that the user chose.</summary>
internal sealed class RunReporter
{
    private readonly ProgressView? _view;
    private readonly JsonLines? _lines;

    /// <param name="terminal">The streams.</param>
    /// <param name="results">The JSON stream of results, or null when results are text.</param>
    /// <param name="state">The run before the first event.</param>
    public RunReporter(Terminal terminal, JsonLines? results, RunState state)
    {
        _lines = results ?? (terminal.Progress is ProgressMode.Json ? new JsonLines(Console.Error, ProcessSecrets.Mask) : null);
        _view = terminal.Progress is ProgressMode.Live or ProgressMode.Plain ? new ProgressView(terminal.Error, state) : null;
    }

    public void Show(RunUpdate update)
    {
        _lines?.Write(update.Recorded);
        _view?.Show(update.Recorded, update.State);
    }
}
