using Planlane.Budgets;

namespace Planlane.Models;

public sealed class ModelQuotaTests
{
    private static readonly TimeSpan Now = TimeSpan.FromHours(1);
    private readonly ModelQuota _quota = new();

    [Fact]
    public void Wait_NothingToldYet_IsNothing()
    {
        for (var sent = 0; sent < 500; sent++)
        {
            Assert.Equal(TimeSpan.Zero, _quota.Wait(10_000, Now));
            _quota.Take(10_000, Now);
        }
    }

    [Fact]
    public void Wait_EmptyBucket_IsUntilEnoughFlowsIn()
    {
        Tell(requests: new(60, 0, TimeSpan.FromSeconds(60)), sentAt: Now);

        Assert.Equal(1_001, _quota.Wait(0, Now).TotalMilliseconds);
        Assert.Equal(TimeSpan.Zero, _quota.Wait(0, Now + TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void Wait_WhatWasSentSince_IsTakenOff()
    {
        _quota.Take(0, Now);
        Tell(requests: new(60, 2, TimeSpan.FromSeconds(58)), sentAt: Now);
        _quota.Take(0, Now + TimeSpan.FromMilliseconds(1));
        _quota.Take(0, Now + TimeSpan.FromMilliseconds(2));

        Assert.InRange(_quota.Wait(0, Now + TimeSpan.FromMilliseconds(2)).TotalMilliseconds, 900, 1_001);
    }

    [Fact]
    public void Wait_ResetThatTellsAFasterFlow_IsShorter()
    {
        // A simulated minute of six seconds.
        Tell(requests: new(60, 0, TimeSpan.FromSeconds(6)), sentAt: Now);

        Assert.InRange(_quota.Wait(0, Now).TotalMilliseconds, 100, 130);
    }

    [Fact]
    public void Wait_CachedInput_DoesNotCount()
    {
        for (var call = 0; call < 12; call++)
        {
            _quota.Take(10_000, Now);
            _quota.Ended(10_000, new Usage(500, 100, 9_500, 0), Now);
        }

        Tell(input: new(60_000, 2_000, TimeSpan.FromSeconds(58)), sentAt: Now);

        Assert.Equal(TimeSpan.Zero, _quota.Wait(10_000, Now));
        Assert.NotEqual(TimeSpan.Zero, _quota.Wait(100_000, Now));
    }

    [Fact]
    public void Wait_Output_NeedsRoomForTheAnswersInFlight()
    {
        Tell(output: new(8_000, 4_000, TimeSpan.FromSeconds(30)), sentAt: Now);
        var together = 0;
        for (var now = Now + TimeSpan.FromMilliseconds(1); _quota.Wait(0, now) == TimeSpan.Zero; together++)
            _quota.Take(0, now);

        // As long as nobody knows better, an answer has a thousand tokens.
        Assert.Equal(4, together);
        _quota.Ended(0, new Usage(100, 200, 0, 0), Now + TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.Zero, _quota.Wait(0, Now + TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void Wait_SteepIncrease_IsHeldToTwiceTheMinuteBefore()
    {
        Tell(requests: new(200, 200, null), sentAt: Now + TimeSpan.FromMinutes(-10));
        Assert.Equal(50, SendAll(Now));
        Assert.InRange(_quota.Wait(0, Now).TotalSeconds, 60, 60.01);
        Assert.Equal(100, SendAll(Now + TimeSpan.FromSeconds(61)));
        Assert.Equal(200, SendAll(Now + TimeSpan.FromSeconds(122)));
    }

    private int SendAll(TimeSpan now)
    {
        // The buckets are told to be full each time, so that only the increase holds.
        var sent = 0;
        for (; sent < 1_000; sent++)
        {
            Tell(requests: new(200, 200, null), sentAt: now);
            if (_quota.Wait(0, now) != TimeSpan.Zero)
                break;
            _quota.Take(0, now);
        }

        return sent;
    }

    private void Tell(TimeSpan sentAt, ModelLimit? requests = null, ModelLimit? input = null, ModelLimit? output = null) => _quota.Learn(new ModelLimits(requests, input, output), sentAt);
}
