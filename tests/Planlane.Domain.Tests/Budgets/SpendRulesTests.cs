using CsCheck;

namespace Planlane.Budgets;

public sealed class SpendRulesTests
{
    private static readonly Cost Call = new(1);

    [Fact]
    public void Ask_NoCap_IsGranted() => Assert.IsType<SpendVerdict.Granted>(SpendRules.Ask([], new Cost(1_000_000)));

    // Cap, spent, own, others; what a call of 1 gets.
    [Theory]
    [InlineData(1, 0, 0, 0, typeof(SpendVerdict.Granted))]
    [InlineData(3, 1, 1, 0, typeof(SpendVerdict.Granted))]
    [InlineData(3, 1, 2, 0, typeof(SpendVerdict.Wait))]
    [InlineData(3, 1, 0, 2, typeof(SpendVerdict.Refused))]
    [InlineData(3, 3, 0, 0, typeof(SpendVerdict.Refused))]
    [InlineData(3, 2.5, 1, 0, typeof(SpendVerdict.Refused))]
    public void Ask_OneCap_CountsWhatIsSpentAndReserved(double cap, double spent, double own, double others, Type expected) =>
        Assert.IsType(expected, SpendRules.Ask([Level(SpendScope.Run, cap, spent, own, others)], Call));

    [Fact]
    public void Ask_SeveralCaps_TheOneThatDoesNotCoverItIsNamed()
    {
        var refused = SpendRules.Ask([Level(SpendScope.Run, 5, 0, 5, 0), Level(SpendScope.Day, 5, 0, 0, 0), Level(SpendScope.Repository, 9, 8.5, 0, 0)], Call);

        Assert.Equal(SpendScope.Repository, Assert.IsType<SpendVerdict.Refused>(refused).Level.Scope);
    }

    // Several runs share a cap and have one of their own; calls begin and end in any order at any cost up to what they reserved.
    [Fact]
    public void Ask_AnyCallsOfAnyRuns_NeverPassACapTogetherAndNeverWaitForNobody()
    {
        var granted = 0;
        var moves = Gen.Select(Gen.Int[0, 2], Gen.Bool, Gen.Int[1, 40], Gen.Int[0, 100]).Array[1, 120];
        Gen.Select(Gen.Int[0, 400], Gen.Int[0, 200].Array[3], moves).Sample((shared, own, sequence) =>
        {
            var spent = new decimal[3];
            var flying = new List<(int Run, decimal Most)>[] { [], [], [] };
            foreach (var (run, ends, most, percent) in sequence)
            {
                if (ends && flying[run].Count > 0)
                {
                    spent[run] += flying[run][0].Most * percent / 100;
                    flying[run].RemoveAt(0);
                    continue;
                }

                decimal Reserved(int of) => flying[of].Sum(call => call.Most);
                var others = Enumerable.Range(0, 3).Where(other => other != run).Sum(Reserved);
                var verdict = SpendRules.Ask(
                    [new(SpendScope.Run, new(own[run]), new(spent[run]), new(Reserved(run)), Cost.Zero), new(SpendScope.Day, new(shared), new(spent.Sum()), new(Reserved(run)), new(others))],
                    new Cost(most));
                if (verdict is SpendVerdict.Granted)
                {
                    Interlocked.Increment(ref granted);
                    flying[run].Add((run, most));
                }

                Assert.False(verdict is SpendVerdict.Wait && flying[run].Count == 0, "It would wait for ever.");
                Assert.All(Enumerable.Range(0, 3), of => Assert.True(spent[of] + Reserved(of) <= own[of]));
                Assert.True(spent.Sum() + Enumerable.Range(0, 3).Sum(Reserved) <= shared);
            }
        });
        Assert.True(granted > 1_000, $"Only {granted} calls were granted.");
    }

    private static SpendLevel Level(SpendScope scope, double cap, double spent, double own, double others) =>
        new(scope, new((decimal)cap), new((decimal)spent), new((decimal)own), new((decimal)others));
}
