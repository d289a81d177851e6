using System.Threading.Channels;

namespace Planlane.Runs;

/// <summary>The way into a run: phases and humans post events, the driver records them one after another. Thread-safe.</summary>
public sealed class RunInbox
{
    private readonly Channel<Posted> _posted = Channel.CreateUnbounded<Posted>(new UnboundedChannelOptions { SingleReader = true });
    private RunState _state = RunState.Empty;

    /// <summary>The state after the last recorded event.</summary>
    public RunState State => Volatile.Read(ref _state);

    /// <summary>Posts an event; the state after it, once it is in the journal.</summary>
    /// <exception cref="OperationCanceledException">The run was stopped before the event was recorded.</exception>
    public Task<RunState> PostAsync(RunEvent happened)
    {
        var posted = new Posted(happened, new TaskCompletionSource<RunState>(TaskCreationOptions.RunContinuationsAsynchronously));
        if (!_posted.Writer.TryWrite(posted))
            posted.Recorded.TrySetCanceled();
        return posted.Recorded.Task;
    }

    /// <summary>Cancelled when the run is to stop: nothing new is begun then, but an answer that is being paid for is still taken.</summary>
    public CancellationToken Stopping { get; internal set; }

    internal ChannelReader<Posted> Reader => _posted.Reader;

    internal void Advance(RunState state) => Volatile.Write(ref _state, state);

    internal void Close()
    {
        _posted.Writer.TryComplete();
        while (_posted.Reader.TryRead(out var posted))
            posted.Recorded.TrySetCanceled();
    }

    // Lets the driver look again at what runs.
    internal void Wake() => _posted.Writer.TryWrite(new Posted(null, new TaskCompletionSource<RunState>()));

    internal sealed record Posted(RunEvent? Event, TaskCompletionSource<RunState> Recorded);
}
