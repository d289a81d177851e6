namespace Planlane.Simulator.Pacing;

/// <summary>Waits for deadlines of one call, so that many small waits do not add up their errors.</summary>
/// <param name="time">The clock and the timers.</param>
/// <param name="speed">How many times faster than real time; positive, infinite for no waiting.</param>
internal sealed class Pace(TimeProvider time, double speed)
{
    // Timers are not finer than this; a chunk may be so much early, the end of an answer may not.
    // A clock that leaps has finer ones, but each leap costs a look at the whole process.
    private readonly TimeSpan _grain = TimeSpan.FromMilliseconds(time is VirtualTime ? 2_000 : 4);
    private readonly long _startedAt = time.GetTimestamp();

    /// <summary>Whether a wait for the deadline would take so long that what was written should be sent before it.</summary>
    public bool IsAhead(TimeSpan deadline) => Left(deadline) > _grain;

    /// <summary>Waits until the deadline, counted in unscaled time from the start of the call, or hardly at all when it is near.</summary>
    public async ValueTask AboutAsync(TimeSpan deadline, CancellationToken cancellationToken)
    {
        if (IsAhead(deadline))
            await UntilAsync(deadline, cancellationToken);
    }

    /// <summary>Waits until the deadline, counted in unscaled time from the start of the call.</summary>
    public async ValueTask UntilAsync(TimeSpan deadline, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Left(deadline) is var left && left > TimeSpan.Zero)
            await Task.Delay(left, time, cancellationToken);
    }

    private TimeSpan Left(TimeSpan deadline) =>
        double.IsPositiveInfinity(speed) ? TimeSpan.Zero : (deadline / speed) - time.GetElapsedTime(_startedAt);
}
