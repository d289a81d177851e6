using System.Globalization;
using Planlane.Cli.Output;
using Planlane.Runs;

namespace Planlane.Cli.Views;

/// <summary>The events of a run as they were told while it ran, with the time at which each part of it began.</summary>
internal static class LogView
{
    public static void Write(Screen screen, IReadOnlyList<RecordedEvent> events)
    {
        var state = RunState.Empty;
        var view = new ProgressView(screen, state);
        var shown = DateTimeOffset.MinValue;
        foreach (var recorded in events)
        {
            if ((recorded.At - shown).Duration() >= TimeSpan.FromMinutes(1))
            {
                screen.Line(Ink.Faint($"-- {recorded.At.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} UTC"));
                shown = recorded.At;
            }

            view.Show(recorded, state = state.Apply(recorded));
        }
    }
}
