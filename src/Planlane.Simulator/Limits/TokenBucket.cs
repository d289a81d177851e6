namespace Planlane.Simulator.Limits;

/// <summary>A bucket that refills continuously to its capacity within a minute; not thread-safe.</summary>
/// <param name="capacity">What it holds when full, and what flows in per minute at speed 1.</param>
/// <param name="speed">How many times faster it refills.</param>
/// <param name="now">When it is made; it starts full.</param>
internal sealed class TokenBucket(int capacity, double speed, DateTimeOffset now)
{
    private double _level = capacity;
    private DateTimeOffset _at = now;

    public int Capacity => capacity;

    public double Level(DateTimeOffset now)
    {
        var minutes = (now - _at).TotalMinutes;
        _level = double.IsPositiveInfinity(speed) ? capacity : Math.Min(capacity, _level + (minutes * capacity * speed));
        _at = now;
        return _level;
    }

    /// <summary>Takes an amount; the level may fall below zero when what was used turns out greater than what was there.</summary>
    public void Take(double amount, DateTimeOffset now) => _level = Level(now) - amount;

    /// <summary>How long until the level is reached; a level above the capacity counts as the capacity.</summary>
    public TimeSpan Until(double level, DateTimeOffset now)
    {
        var lacking = Math.Min(level, capacity) - Level(now);
        return lacking <= 0 ? TimeSpan.Zero : TimeSpan.FromMinutes(lacking / (capacity * speed));
    }
}
