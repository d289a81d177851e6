using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Cli.Live;

/// <summary>What the keys of the live view can do to what it shows: a run at work, or one that is replayed.</summary>
internal interface ILiveControls
{
    /// <summary>The keys, as they are said at the bottom.</summary>
    string Keys { get; }

    /// <summary>Whether agents can be stopped and slots changed.</summary>
    bool CanSteer { get; }

    /// <summary>Pauses, or goes on.</summary>
    Task PauseAsync(RunState state);

    /// <summary>Stops one agent.</summary>
    Task StopAgentAsync(TaskId task);

    /// <summary>Changes how many agents may run at once.</summary>
    Task ChangeSlotsAsync(int slots);

    /// <summary>Stops, as Ctrl-C does once.</summary>
    void Stop();
}
