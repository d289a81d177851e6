using Planlane.Runs;

namespace Planlane.Simulator.Pacing;

/// <summary>A clock that leaps: time stands still while anything works and moves at once to the next timer when everything waits.</summary>
/// <remarks>
/// One instance is given to the simulator and to the client side in the same process (an engine takes it as its clock), so that a run of minutes takes
/// seconds and tells the times of minutes. Timers fire one at a time, in the order of their due times, and each only when all that followed from the one before it has come
/// to rest: so real work is never skipped over, takes no time on this clock, and the same seed gives the same times. What rests is found out by looking at the
/// threads of this process and at its child processes; that is possible on Linux only. A child process counts as work unless all it does is wait for its standard
/// input. What nobody in this process works at, such as an answer of a server elsewhere or a wait on the machine's own clock, is not seen: hold the clock meanwhile. Thread-safe.
/// </remarks>
public sealed class VirtualTime : TimeProvider, IDisposable
{
    private static readonly DateTimeOffset DefaultStart = new(2026, 11, 1, 9, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan LongestLook = TimeSpan.FromMilliseconds(4);

    private readonly object _gate = new();
    private readonly SortedSet<VirtualTimer> _timers = [];
    private readonly Func<string?> _obstacle;
    private readonly DateTimeOffset _start;
    private string? _lastObstacle;
    private long _sequence;
    private long _now;
    private int _holds;
    private bool _disposed;

    /// <summary>Makes a clock.</summary>
    /// <param name="start">Where it begins; the same day in 2026 when null, so that runs can be compared.</param>
    /// <param name="obstacle">Tells what still works, in a few words, and null when all rests; null to look at this process.</param>
    /// <exception cref="PlanlaneException">This system does not tell what its processes do.</exception>
    public VirtualTime(DateTimeOffset? start = null, Func<string?>? obstacle = null)
    {
        _start = start ?? DefaultStart;
        _obstacle = obstacle ?? new ProcessRest().Obstacle;
        new Thread(Run) { IsBackground = true, Name = "planlane virtual time" }.Start();
    }

    /// <inheritdoc />
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc />
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>What kept the clock from moving when it last looked; null when nothing did. For finding out why a run stands still.</summary>
    public string? Obstacle => Volatile.Read(ref _lastObstacle);

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow() => _start.AddTicks(Interlocked.Read(ref _now));

    /// <inheritdoc />
    public override long GetTimestamp() => Interlocked.Read(ref _now);

    /// <summary>Keeps the clock from moving until the hold is disposed; for work that this process cannot see.</summary>
    public IDisposable Hold()
    {
        lock (_gate)
            _holds++;
        return new Held(this);
    }

    /// <inheritdoc />
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Waits until all others rest, without time going by: those who come at the same instant go on one after another in an order that does not depend on who was quicker.</summary>
    /// <param name="order">Orders them, ordinally.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task TurnAsync(string order, CancellationToken cancellationToken)
    {
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var timer = new VirtualTimer(this, _ => turn.TrySetResult(), null, order);
        timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        await turn.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Stops the clock for good; no timer fires any more.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            Monitor.PulseAll(_gate);
        }
    }

    internal void Schedule(VirtualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            _timers.Remove(timer);
            if (dueTime < TimeSpan.Zero)
                return;
            timer.Plan(_now + dueTime.Ticks, ++_sequence, period);
            _timers.Add(timer);
            Monitor.PulseAll(_gate);
        }
    }

    private void Run()
    {
        var look = TimeSpan.Zero;
        while (WaitForTimer())
        {
            Volatile.Write(ref _lastObstacle, _obstacle());
            if (_lastObstacle is not null)
            {
                // On the machine's own clock, growing: nothing tells when work ends, and looking must not take the processor from it.
                look = TimeSpan.FromTicks(Math.Clamp(look.Ticks * 2, LongestLook.Ticks / 32, LongestLook.Ticks));
                Thread.Sleep(look);
                continue;
            }

            look = TimeSpan.Zero;
            if (Leap() is { } timer)
                timer.Fire();
        }
    }

    private bool WaitForTimer()
    {
        lock (_gate)
        {
            while (!_disposed && (_timers.Count == 0 || _holds > 0))
                Monitor.Wait(_gate);
            return !_disposed;
        }
    }

    private VirtualTimer? Leap()
    {
        lock (_gate)
        {
            if (_disposed || _holds > 0 || _timers.Min is not { } next)
                return null;
            _timers.Remove(next);
            Interlocked.Exchange(ref _now, Math.Max(_now, next.Due));
            if (next.Period > TimeSpan.Zero)
            {
                next.Plan(_now + next.Period.Ticks, ++_sequence, next.Period);
                _timers.Add(next);
            }

            return next;
        }
    }

    private void Release()
    {
        lock (_gate)
        {
            _holds--;
            Monitor.PulseAll(_gate);
        }
    }

    private sealed class Held(VirtualTime time) : IDisposable
    {
        private VirtualTime? _time = time;

        public void Dispose() => Interlocked.Exchange(ref _time, null)?.Release();
    }
}
