using Planlane.Runs;

namespace Planlane.Cli.Live;

/// <summary>The title of the terminal's window or tab while a run is shown: who does not look at it sees there whether somebody is waited for. The title that was there comes back at the end.</summary>
/// <remarks>The old title is kept by the terminal itself (CSI 22 t and 23 t of xterm). Not thread-safe: whoever writes to the terminal has it.</remarks>
internal sealed class LiveTitle
{
    private const string Keep = "\u001b[22;2t";
    private const string GiveBack = "\u001b[23;2t";

    private string? _title;

    /// <summary>What makes the title say how the run stands; empty when it says so already.</summary>
    public string Show(RunState state)
    {
        var title = TitleOf(state);
        if (title == _title)
            return "";
        var keep = _title is null ? Keep : "";
        _title = title;
        return $"{keep}\u001b]2;{title}\u0007";
    }

    /// <summary>What brings the old title back; empty when it was never changed.</summary>
    public string Restore()
    {
        if (_title is null)
            return "";
        _title = null;
        return GiveBack;
    }

    // Of figures alone: a title is no place for what models and repositories wrote.
    private static string TitleOf(RunState state)
    {
        var stuck = state.Tasks.Count(task => task.Report is not null && !task.IsOpen && !task.IsComplete);
        var words = state switch
        {
            { Waiting: not RunWait.Nobody } => "waits for you",
            { Tasks.Count: 0 } => "planning",
            _ when stuck > 0 => $"{state.Tasks.Count(task => task.IsComplete)} of {state.Tasks.Count}, {stuck} {(stuck == 1 ? "needs" : "need")} you",
            _ => $"{state.Tasks.Count(task => task.IsComplete)} of {state.Tasks.Count}",
        };
        return $"planlane{(state.Sequence == 0 ? "" : $" {state.Id}")}: {words}";
    }
}
