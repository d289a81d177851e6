using System.Collections.Concurrent;
using System.Threading.Channels;
using Planlane.Models;
using Planlane.Values;

namespace Planlane.Runs;

/// <summary>The way into a run: phases and humans post events, the driver records them one after another. Thread-safe.</summary>
public sealed class RunInbox
{
    private readonly Channel<Posted> _posted = Channel.CreateUnbounded<Posted>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ConcurrentDictionary<TaskId, CancellationTokenSource> _attempts = new();
    private RunState _state = RunState.Empty;
    private TaskCompletionSource _moved = NewSignal();

    /// <summary>The state after the last recorded event.</summary>
    public RunState State => Volatile.Read(ref _state);

    /// <summary>Posts an event; the state after it, once it is in the journal.</summary>
    /// <exception cref="OperationCanceledException">The run was stopped before the event was recorded.</exception>
    public Task<RunState> PostAsync(RunEvent happened) => PostAsync(_ => happened);

    /// <summary>Posts what follows from the state at the moment of recording, so that two who ask at once cannot both get what only one may have; the state after it.</summary>
    /// <param name="decide">Makes the event; pure, called once.</param>
    /// <exception cref="OperationCanceledException">The run was stopped before the event was recorded.</exception>
    public Task<RunState> PostAsync(Func<RunState, RunEvent> decide)
    {
        var posted = new Posted(decide, new TaskCompletionSource<RunState>(TaskCreationOptions.RunContinuationsAsynchronously));
        if (!_posted.Writer.TryWrite(posted))
            posted.Recorded.TrySetCanceled();
        return posted.Recorded.Task;
    }

    /// <summary>Waits until the state is as wanted; that state.</summary>
    /// <param name="wanted">What is waited for; asked after each change.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<RunState> WhenAsync(Func<RunState, bool> wanted, CancellationToken cancellationToken)
    {
        while (true)
        {
            // Before the look at the state, so that no change between the two is missed.
            var moved = Volatile.Read(ref _moved).Task;
            if (State is var state && wanted(state))
                return state;
            await moved.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Cancelled when the run is to stop: nothing new is begun then, but an answer that is being paid for is still taken.</summary>
    public CancellationToken Stopping { get; internal set; }

    /// <summary>What is masked in this run.</summary>
    public SecretMask Secrets { get; internal set; } = SecretMask.Shapes;

    internal Action<AgentId?, ModelId, ModelActivity.Waiting>? Waited { get; set; }

    internal Action<AgentId?, RunActivity>? Active { get; set; }

    // Whoever looks on is told of a call that is tried again; that is no event, as nothing comes of it.
    internal void Observe(AgentId? agent, ModelId model, ModelActivity activity)
    {
        if (activity is ModelActivity.Waiting waiting)
            Waited?.Invoke(agent, model, waiting);
        Observe(agent, new RunActivity.OfModel(model, activity));
    }

    // Nor is what an agent does at this moment an event: it is shown, and nothing is made of it.
    internal void Observe(AgentId? agent, RunActivity activity) => Active?.Invoke(agent, activity);

    /// <summary>A token that is cancelled with another, and when the agent of a task is stopped; the caller disposes of it.</summary>
    internal CancellationTokenSource Attempting(TaskId task, CancellationToken cancellationToken) =>
        _attempts[task] = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);

    // To be called when the stop is recorded: an attempt that begins later finds it in the state.
    internal void CutOff(TaskId task)
    {
        if (_attempts.TryGetValue(task, out var attempt))
        {
            try
            {
                attempt.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // The attempt has just ended by itself.
            }
        }
    }

    internal ChannelReader<Posted> Reader => _posted.Reader;

    internal void Advance(RunState state)
    {
        Volatile.Write(ref _state, state);
        Interlocked.Exchange(ref _moved, NewSignal()).TrySetResult();
    }

    internal void Close()
    {
        _posted.Writer.TryComplete();
        while (_posted.Reader.TryRead(out var posted))
            posted.Recorded.TrySetCanceled();
    }

    // Lets the driver look again at what runs.
    internal void Wake() => _posted.Writer.TryWrite(new Posted(null, new TaskCompletionSource<RunState>()));

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal sealed record Posted(Func<RunState, RunEvent>? Event, TaskCompletionSource<RunState> Recorded);
}
