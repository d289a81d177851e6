using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Cli.Live;

/// <summary>The keys' doing on a replay: it can be paused and ended; the run itself is over.</summary>
/// <param name="pace">Its clock.</param>
/// <param name="stop">Ends it.</param>
internal sealed class ReplayControls(ReplayPace pace, Action stop) : ILiveControls
{
    public string Keys => pace.IsPaused ? "REPLAY PAUSED: up/down select, space look, P go on, q end" : "REPLAY: up/down select, space look, P pause, q end";

    public bool CanSteer => false;

    public Task PauseAsync(RunState state)
    {
        pace.TogglePause();
        return Task.CompletedTask;
    }

    public Task StopAgentAsync(TaskId task) => throw new NotSupportedException();

    public Task ChangeSlotsAsync(int slots) => throw new NotSupportedException();

    public void Stop() => stop();
}
