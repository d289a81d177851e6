using Microsoft.Extensions.Time.Testing;

namespace Planlane.Models;

/// <summary>The clock of the day apart from the time that passes.</summary>
internal sealed class SetClock(FakeTimeProvider passes) : TimeProvider
{
    public FakeTimeProvider Passes => passes;

    public TimeSpan Set { get; set; }

    public override long TimestampFrequency => passes.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => passes.GetUtcNow() + Set;

    public override long GetTimestamp() => passes.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => passes.CreateTimer(callback, state, dueTime, period);
}
