namespace Planlane.Simulator.Limits;

/// <summary>Remembers the requests of two minutes and tells when one more would be too steep; not thread-safe.</summary>
/// <param name="limit">The limit.</param>
/// <param name="speed">How many times faster a minute goes by.</param>
internal sealed class Ramp(Acceleration limit, double speed)
{
    private const int Growth = 2;
    private readonly Queue<DateTimeOffset> _asked = new();
    private readonly TimeSpan _minute = double.IsPositiveInfinity(speed) ? TimeSpan.Zero : TimeSpan.FromMinutes(1) / speed;

    public void Add(DateTimeOffset now) => _asked.Enqueue(now);

    /// <summary>How long to wait before one more request; zero when it may come now.</summary>
    public TimeSpan Until(DateTimeOffset now)
    {
        while (_asked.TryPeek(out var oldest) && oldest <= now - (_minute * 2))
            _asked.Dequeue();
        var before = _asked.Count(at => at <= now - _minute);
        var recent = _asked.Count - before;
        return recent < Math.Max(limit.Free, Growth * before) ? TimeSpan.Zero : _asked.ElementAt(before) + _minute - now;
    }
}
