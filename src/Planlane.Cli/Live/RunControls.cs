using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Cli.Live;

/// <summary>The keys' doing on a run that this process works on: human decisions, recorded like any other.</summary>
/// <param name="run">The run.</param>
/// <param name="stop">Stops it as Ctrl-C does once.</param>
internal sealed class RunControls(ActiveRun run, Action stop) : ILiveControls
{
    private const string By = "user";

    public string Keys => "up/down select, space look, x stop agent, P pause, +/- slots, q stop the run";

    public bool CanSteer => true;

    public Task PauseAsync(RunState state) => state.IsPaused ? run.ContinueAsync(By) : run.PauseAsync(By);

    public Task StopAgentAsync(TaskId task) => run.StopAgentAsync(task, By);

    public Task ChangeSlotsAsync(int slots) => run.ChangeSlotsAsync(slots, By);

    public void Stop() => stop();
}
