using Shop.Auth;

namespace Shop.Tests.Auth;

public sealed class LoginLimiterTests
{
    private static readonly LoginLimits Two = new(2, TimeSpan.FromMinutes(10));

    private readonly SetClock _clock = new();

    [Fact]
    public void LoginLimiter_OneAttemptTooMany_IsRefusedUntilTheOldestLeavesTheWindow()
    {
        var limiter = new LoginLimiter(Two, _clock);
        Assert.True(limiter.TryEnter("ada"));
        _clock.Pass(TimeSpan.FromMinutes(4));
        Assert.True(limiter.TryEnter("ada"));

        Assert.False(limiter.TryEnter("ada"));
        _clock.Pass(TimeSpan.FromMinutes(6));
        Assert.True(limiter.TryEnter("ada"));
        Assert.False(limiter.TryEnter("ada"));
    }

    [Fact]
    public void LoginLimiter_RefusedAttempts_DoNotCount()
    {
        var limiter = new LoginLimiter(Two, _clock);
        for (var i = 0; i < 5; i++)
            limiter.TryEnter("ada");

        _clock.Pass(TimeSpan.FromMinutes(10));

        Assert.Equal([true, true, false], Enumerable.Range(0, 3).Select(_ => limiter.TryEnter("ada")));
    }

    [Fact]
    public void LoginLimiter_AnotherKeyOrAfterReset_StartsAnew()
    {
        var limiter = new LoginLimiter(new LoginLimits(1, TimeSpan.FromMinutes(1)), _clock);
        Assert.True(limiter.TryEnter("ada"));
        Assert.True(limiter.TryEnter("bob"));

        limiter.Reset("ada");

        Assert.Equal((true, false), (limiter.TryEnter("ada"), limiter.TryEnter("bob")));
    }

    [Theory]
    [InlineData(0, 60)]
    [InlineData(1, 0)]
    public void LoginLimiter_LimitsThatLetNothingThrough_AreRefused(int attempts, int seconds) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new LoginLimiter(new LoginLimits(attempts, TimeSpan.FromSeconds(seconds)), _clock));

    private sealed class SetClock : TimeProvider
    {
        private DateTimeOffset _now = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => _now;

        public void Pass(TimeSpan time) => _now += time;
    }
}
