using System.Threading.Channels;
using Planlane.Cli.Live;
using Planlane.Cli.Output;
using Planlane.Cli.Settings;
using Planlane.Cli.Views;
using Planlane.Runs;

namespace Planlane.Cli.Dialogue;

/// <summary>Tells the progress of a run in the way that the user chose.</summary>
internal sealed class RunReporter : IDisposable
{
    private readonly ProgressView? _view;
    private readonly LiveView? _live;
    private readonly JsonLines? _lines;

    /// <param name="terminal">The streams.</param>
    /// <param name="results">The JSON stream of results, or null when results are text.</param>
    /// <param name="state">The run before the first event.</param>
    /// <param name="now">The time that ages are counted to.</param>
    /// <param name="controls">What keys can do beside the progress; null for no keys.</param>
    public RunReporter(Terminal terminal, JsonLines? results, RunState state, Func<DateTimeOffset> now, ILiveControls? controls)
    {
        _lines = results ?? (terminal.Progress is ProgressMode.Json ? new JsonLines(Console.Error, ProcessSecrets.Mask) : null);
        _view = terminal.Progress is ProgressMode.Live or ProgressMode.Plain ? new ProgressView(terminal.Error, state) : null;
        // Results on the same terminal would be written into the view.
        if ((results is null || Console.IsOutputRedirected) && terminal.Live is { } live)
            _live = new LiveView(live, state, now, terminal.HasKeys ? controls : null);
        _live?.Continue();
    }

    public void Show(RunUpdate update)
    {
        _lines?.Write(update.Recorded);
        _view?.Show(update.Recorded, update.State);
        _live?.Show(update);
    }

    /// <summary>Shows what is told between two events until no more is.</summary>
    public async Task ShowAsync(ChannelReader<AgentActivity> activities)
    {
        if (_live is not null)
            await foreach (var activity in activities.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
                _live.Show(activity);
    }

    /// <summary>Says that the run is to stop.</summary>
    public void SayStopping() => _live?.SayStopping();

    /// <summary>Leaves the terminal to a question.</summary>
    public void Suspend() => _live?.Suspend();

    /// <summary>Goes on after a question.</summary>
    public void Continue() => _live?.Continue();

    public void Dispose() => _live?.Dispose();
}
