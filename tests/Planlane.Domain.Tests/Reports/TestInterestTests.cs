using Planlane.Agents;

namespace Planlane.Reports;

public sealed class TestInterestTests
{
    [Theory]
    [InlineData("Sum > adds", 0)]
    [InlineData("Cart > rounds", 0)]
    [InlineData("tests/cart.test.ts > Prices > adds up", 1)]
    [InlineData("Shop.Tests.CartTests.Empty", 1)]
    [InlineData("Shop.Tests.CartTestsOfOld.Empty", 2)]
    [InlineData("other > thing", 2)]
    public void RankOf_NamedTestsThenThoseOfTheLane_ComeBeforeOthers(string test, int rank)
    {
        var finish = Some.Finish("""{"status":"complete","work":"Wrote it","evidence":[{"criterion":1,"test":"adds"}]}""");
        var task = TaskState.Planned(Some.Task("a", ["tests/cart.test.ts", "tests/CartTests.cs"]) with { Acceptance = ["`rounds` is tested", "`src/a.ts` exists"] }, new("Haiku-1")) with { Turns = [Some.Turn(1, AnswerStop.ToolUse, [finish], [])] };

        Assert.Equal(rank, TestInterest.Of([task]).RankOf(new TestCase(test, TestOutcome.Passed)));
    }
}
