using Planlane.Cli.Html;

namespace Planlane.Html;

public sealed class TimeScaleTests
{
    [Fact]
    public void Of_NoWaits_IsEven()
    {
        var scale = new TimeScale(100, [], 1_000);

        Assert.Equal([0, 250, 1_000], new[] { 0.0, 25, 100 }.Select(scale.Of));
    }

    [Fact]
    public void Of_ANightBetween_DrawsItShortAndTheWorkLarge()
    {
        var scale = new TimeScale(36_100, [(60, 36_060)], 1_000);

        Assert.Equal(570, scale.Of(60), 3);
        Assert.Equal(620, scale.Of(36_060), 3);
        Assert.Equal(1_000, scale.Of(36_100), 3);
    }

    [Fact]
    public void Of_ManyWaits_NeverGoesBackOrBeyond()
    {
        var scale = new TimeScale(10_000, [.. Enumerable.Range(0, 40).Select(index => (index * 200.0, (index * 200.0) + 190))], 1_000);
        var places = Enumerable.Range(0, 10_001).Select(moment => scale.Of(moment)).ToList();

        Assert.Equal(places.Order(), places);
        Assert.Equal((0.0, 1_000.0), (places[0], Math.Round(places[^1], 6)));
    }

    [Fact]
    public void Marks_AnyLength_AreFewAndOutsideOfShortenedWaits()
    {
        foreach (var seconds in new[] { 0.4, 3, 59, 600, 7_200, 90_000 })
            Assert.InRange(new TimeScale(seconds, [], 1_000).Marks().Count(), 1, 11);
        Assert.DoesNotContain(new TimeScale(36_100, [(65, 36_060)], 1_000).Marks(), moment => moment is > 65 and < 36_060);
    }
}
