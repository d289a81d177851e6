namespace Planlane.Cli.Live;

/// <summary>The clock of a replay: it runs some times as fast as the real one, stands still while it is paused, and skips the waits for people.</summary>
/// <param name="time">The real clock.</param>
/// <param name="speed">How many times as fast; infinite for no waiting at all.</param>
internal sealed class ReplayPace(TimeProvider time, double speed)
{
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private DateTimeOffset _now;
    private bool _isPaused;

    /// <summary>The time that is replayed.</summary>
    public DateTimeOffset Now
    {
        get
        {
            lock (_gate)
                return _now;
        }
    }

    /// <summary>Whether it stands still.</summary>
    public bool IsPaused => Volatile.Read(ref _isPaused);

    /// <summary>Pauses, or goes on.</summary>
    public void TogglePause() => Volatile.Write(ref _isPaused, !IsPaused);

    /// <summary>Waits for as long as a gap takes, and sets the clock to the moment behind it.</summary>
    /// <param name="gap">The recorded time between two events.</param>
    /// <param name="at">The moment of the later one.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task WaitAsync(TimeSpan gap, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var left = double.IsInfinity(speed) ? TimeSpan.Zero : gap;
        while (left > TimeSpan.Zero || IsPaused)
        {
            var begun = time.GetTimestamp();
            var wait = left / speed;
            await Task.Delay(wait < Slice && wait > TimeSpan.Zero ? wait : Slice, time, cancellationToken).ConfigureAwait(false);
            if (IsPaused)
                continue;
            left -= time.GetElapsedTime(begun) * speed;
            lock (_gate)
                _now = at - (left > TimeSpan.Zero ? left : TimeSpan.Zero);
        }

        lock (_gate)
            _now = at;
    }
}
