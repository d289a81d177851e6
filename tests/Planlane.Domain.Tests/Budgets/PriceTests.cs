using CsCheck;

namespace Planlane.Budgets;

public sealed class PriceTests
{
    [Fact]
    public void Of_Usage_IsTokensTimesPriceByKind() =>
        Assert.Equal(new Cost(3 + 15 + 0.30m + 3.75m + 6), Some.Sonnet.PriceOn(Some.Day).Of(new(1_000_000, 1_000_000, 1_000_000, 1_000_000, 1_000_000)));

    [Theory]
    [InlineData("2025-01-01", 1)]
    [InlineData("2026-02-28", 1)]
    [InlineData("2026-03-01", 2)]
    [InlineData("2027-01-01", 2)]
    public void PriceOn_Day_IsTheLatestThatHoldsThen(string day, int expected)
    {
        var model = Some.Haiku with { Prices = [new(new(2026, 3, 1), 2, 0, 0, 0, 0), new(new(2026, 1, 1), 1, 0, 0, 0, 0)] };

        Assert.Equal(expected, model.PriceOn(DateOnly.Parse(day)).Input);
    }

    [Fact]
    public void Usage_Sums_AreByKind()
    {
        var sum = new Usage(1, 2, 3, 4, 5) + new Usage(10, 20, 30, 40, 50);

        Assert.Equal(new Usage(11, 22, 33, 44, 55), sum);
        Assert.Equal((11 + 33 + 44 + 55, 11 + 22 + 44 + 55, 165), (sum.TotalInput, sum.Fresh, sum.Total));
    }

    [Fact]
    public void Of_SumOfUsages_CostsTheSumOfTheirCosts()
    {
        var usages = Gen.Select(Gen.Long[0, 1_000_000], Gen.Long[0, 1_000_000], Gen.Long[0, 1_000_000], Gen.Long[0, 1_000_000]).Select((a, b, c, d) => new Usage(a, b, c, d, a));
        var price = Some.Sonnet.PriceOn(Some.Day);
        Gen.Select(usages, usages).Sample((left, right) => price.Of(left) + price.Of(right) == price.Of(left + right));
    }

    [Theory]
    [InlineData("0", "$0.00")]
    [InlineData("0.0041", "$0.004")]
    [InlineData("0.1", "$0.10")]
    [InlineData("1234.567", "$1234.57")]
    public void ToString_Cost_IsWhatPeopleRead(string usd, string expected) => Assert.Equal(expected, new Cost(decimal.Parse(usd)).ToString());

    [Theory]
    [InlineData("", 0)]
    [InlineData("abc", 1)]
    [InlineData("abcdefg", 2)]
    [InlineData("éééé", 3)]
    public void TokenCount_Text_IsItsBytesByThreeAndAHalfRoundedUp(string text, int expected) => Assert.Equal(expected, TokenCount.Of(text));
}
