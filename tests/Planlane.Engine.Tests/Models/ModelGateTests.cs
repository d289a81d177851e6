using Microsoft.Extensions.Time.Testing;

namespace Planlane.Models;

public sealed class ModelGateTests
{
    private readonly SetClock _time = new(new FakeTimeProvider());
    private readonly ModelGate _gate;

    public ModelGateTests() => _gate = new ModelGate(_time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(-3)]
    [InlineData(3)]
    public async Task Enter_ClockIsSetByDaysWhileABucketIsEmpty_WaitsAsLongAsItTakesToRefill(int days)
    {
        using (var first = await _gate.EnterAsync(0, Token))
            first.Passed(new ModelLimits(new ModelLimit(60, 0, TimeSpan.FromSeconds(60)), null, null));
        _time.Set = TimeSpan.FromDays(days);

        var waiting = _gate.EnterAsync(0, Token);
        _time.Passes.Advance(TimeSpan.FromSeconds(0.9));
        Assert.False(waiting.IsCompleted);
        _time.Passes.Advance(TimeSpan.FromSeconds(0.2));

        (await waiting).Dispose();
    }

    [Fact]
    public async Task Enter_SomeWereRefusedAsTooManyWereOpen_LetsNoMoreInThanWereLeft()
    {
        var passes = await EnterAsync(8);
        foreach (var refused in passes.Skip(3))
        {
            refused.Refuse();
            refused.Dispose();
        }

        var waiting = _gate.EnterAsync(0, Token);
        Assert.False(waiting.IsCompleted);
        passes[0].Dispose();

        (await waiting).Dispose();
    }

    [Fact]
    public async Task Enter_AMinuteWithoutARefusal_LetsOneMoreInAndLaterAfterAnother()
    {
        var passes = await EnterAsync(3);
        passes[2].Refuse();
        passes[2].Dispose();
        foreach (var begun in passes.Take(2))
            begun.Passed();

        var tried = _gate.EnterAsync(0, Token);
        _time.Passes.Advance(TimeSpan.FromSeconds(59));
        Assert.False(tried.IsCompleted);
        _time.Passes.Advance(TimeSpan.FromSeconds(1));
        using (var more = await tried)
            more.Refuse();
        var again = _gate.EnterAsync(0, Token);
        _time.Passes.Advance(TimeSpan.FromSeconds(119));
        Assert.False(again.IsCompleted);
        _time.Passes.Advance(TimeSpan.FromSeconds(1));

        (await again).Dispose();
    }

    [Fact]
    public async Task Enter_OneRefusalBelowWhatWasAnsweredAtOnce_SaysNothing()
    {
        var passes = await EnterAsync(5);
        passes[4].Refuse();
        passes[4].Dispose();
        foreach (var begun in passes.Take(4))
            begun.Passed();
        passes[0].Dispose();
        using (var early = await _gate.EnterAsync(0, Token))
            early.Refuse();

        using var next = await _gate.EnterAsync(0, Token);
        Assert.False(_gate.EnterAsync(0, Token).IsCompleted);
    }

    private async Task<List<ModelGate.Pass>> EnterAsync(int count)
    {
        var passes = new List<ModelGate.Pass>();
        for (var i = 0; i < count; i++)
            passes.Add(await _gate.EnterAsync(0, Token));
        return passes;
    }
}
