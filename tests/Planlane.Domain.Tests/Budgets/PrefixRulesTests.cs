namespace Planlane.Budgets;

public sealed class PrefixRulesTests
{
    private static readonly ModelPrice Price = Some.Haiku.PriceOn(Some.Day);

    [Theory]
    [InlineData(0.27, false)]
    [InlineData(0.28, true)]
    public void PaysToWrite_Often_IsWhenWritingOnceIsCheaperThanReadingTwice(double again, bool pays) => Assert.Equal(pays, PrefixRules.PaysToWrite(Price, again));

    [Fact]
    public void PaysToWrite_PlansAndBriefsOfThe45Models_IsYes() =>
        Assert.Equal((true, true, true), (PrefixRules.PaysForPlans(Some.Sonnet.PriceOn(Some.Day)), PrefixRules.PaysForBriefs(Price), PrefixRules.PaysForBriefs(Some.Sonnet.PriceOn(Some.Day))));

    [Fact]
    public void PaysToWrite_WriteThatCostsTwiceTheInput_PaysOnlyWhenItIsNearlySureToBeRead()
    {
        var hour = Price with { CacheWrite = Price.CacheWriteLong };

        Assert.False(PrefixRules.PaysToWrite(hour, 1));
    }

    [Theory]
    [InlineData(1_351, 5, false)]
    [InlineData(1_352, 5, true)]
    [InlineData(1_083, 7, true)]
    public void PaysToFill_ShortPrefix_IsAsTheFormulaSays(int tokens, int agents, bool pays) => Assert.Equal(pays, PrefixRules.PaysToFill(tokens, 4_096, agents));

    [Theory]
    [InlineData(289, true)]
    [InlineData(290, false)]
    public void IsKept_SecondsSinceTheLastUse_EndBeforeFiveMinutesDo(int seconds, bool kept) => Assert.Equal((kept, true), (PrefixRules.IsKept(seconds), PrefixRules.IsKept(seconds, isLong: true)));

    [Theory]
    [InlineData(10, true)]
    [InlineData(11, false)]
    public void PaysToRenew_TimesInARow_IsAsLongAsItCostsLessThanWritingAnew(int inARow, bool pays) => Assert.Equal(pays, PrefixRules.PaysToRenew(Price, inARow));

    [Theory]
    [InlineData(0, false)]
    [InlineData(2_159, false)]
    [InlineData(2_160, true)]
    [InlineData(3_600, false)]
    public void PaysForAnHour_Pause_IsWhenRenewingItWouldCostMore(double seconds, bool pays) => Assert.Equal(pays, PrefixRules.PaysForAnHour(Price, seconds));

    [Theory]
    [InlineData(2_000, 2_000, 8, true)]
    [InlineData(2_001, 2_000, 8, false)]
    [InlineData(100, 2_000, 1, false)]
    public void SharesBriefs_BriefsOfAPlan_IsWhenNoPromptMoreThanDoubles(int briefs, int shared, int agents, bool shares) => Assert.Equal(shares, PrefixRules.SharesBriefs(briefs, shared, agents));
}
