using System.Globalization;
using Planlane.Cli.Output;
using Planlane.Runs;

namespace Planlane.Cli.Views;

/// <summary>The events of a run as they were told while it ran, with the time at which each part of it began.</summary>
/// <param name="screen">Where the lines go.</param>
internal sealed class LogView(Screen screen)
{
    private readonly ProgressView _view = new(screen, RunState.Empty);
    private DateTimeOffset _shown = DateTimeOffset.MinValue;

    public static void Write(Screen screen, IReadOnlyList<RecordedEvent> events)
    {
        var (view, state) = (new LogView(screen), RunState.Empty);
        foreach (var recorded in events)
            view.Show(new RunUpdate(recorded, state = state.Apply(recorded)));
    }

    /// <summary>Shows the next event.</summary>
    public void Show(RunUpdate update)
    {
        var at = update.Recorded.At;
        if ((at - _shown).Duration() >= TimeSpan.FromMinutes(1))
        {
            screen.Line(Ink.Faint($"-- {at.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} UTC"));
            _shown = at;
        }

        _view.Show(update.Recorded, update.State);
    }
}
