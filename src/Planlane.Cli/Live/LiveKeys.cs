using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Cli.Live;

/// <summary>What the keys do: which agent is selected, whether its activity is shown, and what is asked before an agent is stopped. Not thread-safe.</summary>
/// <param name="controls">What can be done to the run.</param>
internal sealed class LiveKeys(ILiveControls controls)
{
    private TaskId? _selected;
    private TaskId? _toStop;
    private bool _isPeeking;
    private string? _message;

    /// <summary>The scene with what the keys have made of it.</summary>
    public LiveScene Of(LiveScene scene) => scene with
    {
        Selected = _selected,
        IsPeeking = _isPeeking && _selected is not null,
        Keys = controls.Keys.Replace("space look", _isPeeking ? "space back" : "space look", StringComparison.Ordinal),
        Message = _toStop is { } task ? $"Stop {scene.State.Task(task).Agent}? (y / n) Its work is left out; what builds on it does not begin." : _message,
    };

    /// <summary>Does what a key is for.</summary>
    /// <param name="key">As <see cref="TerminalKeys.Read()"/> names it.</param>
    /// <param name="scene">What is on the screen.</param>
    public void Press(string key, LiveScene scene)
    {
        _message = null;
        if (_toStop is { } task)
        {
            _toStop = null;
            if (key is "y" or "Y")
                Try(() => controls.StopAgentAsync(task));
            return;
        }

        switch (key)
        {
            case "up" or "k": Select(scene, -1); break;
            case "down" or "j": Select(scene, 1); break;
            case " " or "p" or "enter": Peek(scene); break;
            case "escape": Leave(); break;
            case "P": Try(() => controls.PauseAsync(scene.State)); break;
            case "x" when controls.CanSteer: AskToStop(scene); break;
            case "+" or "=" when controls.CanSteer: ChangeSlots(scene.State, 1); break;
            case "-" when controls.CanSteer: ChangeSlots(scene.State, -1); break;
            case "q": controls.Stop(); break;
        }
    }

    private void Select(LiveScene scene, int step)
    {
        var agents = LiveLayout.Selectable(scene);
        if (agents.Count == 0)
            return;
        var at = agents.Index().FirstOrDefault(agent => agent.Item.Task == _selected, (step > 0 ? -1 : agents.Count, null!)).Index;
        _selected = agents[Math.Clamp(at + step, 0, agents.Count - 1)].Task;
    }

    private void Peek(LiveScene scene)
    {
        if (_selected is null)
            Select(scene, 1);
        _isPeeking = _selected is not null && !_isPeeking;
    }

    private void Leave()
    {
        if (!_isPeeking)
            _selected = null;
        _isPeeking = false;
    }

    private void AskToStop(LiveScene scene)
    {
        if (_selected is null)
            _message = "Select an agent first, with the arrow keys.";
        else if (scene.State.Task(_selected.Value) is var task && scene.State.IsRunning(task) && task.Outcome is null)
            _toStop = _selected;
        else
            _message = $"{task.Agent} is not at work.";
    }

    private void ChangeSlots(RunState state, int step)
    {
        var slots = state.Settings.Slots + step;
        if (slots < 1)
            _message = "One slot is the least; P pauses the run.";
        else
            Try(() => controls.ChangeSlotsAsync(slots));
    }

    // What was decided shows when it is recorded; a run that has just ended takes no decision more.
    private void Try(Func<Task> decide) => _ = TryAsync(decide);

    private async Task TryAsync(Func<Task> decide)
    {
        try
        {
            await decide().ConfigureAwait(false);
        }
        catch (PlanlaneException exception)
        {
            _message = exception.Message;
        }
        catch (OperationCanceledException)
        {
            _message = "The run has stopped.";
        }
    }
}
