using Planlane.Budgets;
using Planlane.Runs;

namespace Planlane.Scheduling;

public sealed class PrefixDifferedTests
{
    private static readonly RunState State = Some.Prepared(Some.Plan(Some.Task("a")), sharedTokens: 5_000).After(
        new CallLost(Some.Call() with { Prefix = "1" }), new CallLost(Some.Call(agent: null) with { Prefix = "2" }), new CallLost(Some.Call("Sonnet-1") with { Model = Some.Sonnet.Id, Prefix = "3" }));

    [Theory]
    [InlineData("1", false)]
    [InlineData(null, false)]
    [InlineData("2", true)]
    public void Is_PrefixOfAnAgentsCall_IsComparedWithThoseOfItsModel(string? prefix, bool differs) => Assert.Equal(differs, PrefixDiffered.Is(State, Some.Call("Haiku-2") with { Prefix = prefix }));

    [Fact]
    public void Is_PlannersCall_IsNot() => Assert.False(PrefixDiffered.Is(State, Some.Call(agent: null) with { Prefix = "1" }));
}
