namespace Planlane.Simulator.Pacing;

/// <summary>A timer of a clock that leaps. Its plan is changed under the clock's lock only, and never while the clock has it in order.</summary>
internal sealed class VirtualTimer(VirtualTime time, TimerCallback callback, object? state, string order = "") : ITimer, IComparable<VirtualTimer>
{
    private readonly ExecutionContext? _context = ExecutionContext.Capture();
    private long _sequence;

    public long Due { get; private set; }

    public TimeSpan Period { get; private set; }

    public void Plan(long due, long sequence, TimeSpan period) => (Due, _sequence, Period) = (due, sequence, period);

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        time.Schedule(this, dueTime, period);
        return true;
    }

    /// <summary>Runs what the timer is for, on the thread pool as the system's timers do.</summary>
    public void Fire() => ThreadPool.UnsafeQueueUserWorkItem(
        timer =>
        {
            if (timer._context is { } context)
                ExecutionContext.Run(context, _ => timer.Call(), null);
            else
                timer.Call();
        },
        this,
        preferLocal: false);

    // Those that were made first fire first; those with an order of their own come after them.
    public int CompareTo(VirtualTimer? other) => other is null ? 1
        : Due != other.Due ? Due.CompareTo(other.Due)
        : string.CompareOrdinal(order, other.Order) is var byOrder and not 0 ? byOrder
        : _sequence.CompareTo(other._sequence);

    public void Dispose() => time.Schedule(this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }

    private string Order => order;

    private void Call() => callback(state);
}
