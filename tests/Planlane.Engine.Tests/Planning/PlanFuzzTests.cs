using Planlane.Trials.Fuzzing;

namespace Planlane.Planning;

/// <summary>A sample of the cases that <c>Planlane.Trials fuzz</c> makes by the million.</summary>
public sealed class PlanFuzzTests
{
    private const int Cases = 4_000;

    [Fact]
    public void Documents_Broken_GiveAPlanOrProblemsWithAPlace()
    {
        var fuzz = new PlanFuzz([GoldenPlans.Read("saved-1.json"), GoldenPlans.Read("saved-2.json"), GoldenPlans.Read("saved-3.json"), PlanDocument.Write(GoldenPlans.Third.Plan), """{"tasks":[{"id":"a","brief":"x","owns":["a"]}]}"""]);

        Assert.Null(Enumerable.Range(1, Cases).Select(fuzz.FailureOf).FirstOrDefault(failure => failure is not null));
    }

    [Fact]
    public void Patterns_ThatMatchOnePath_Meet() =>
        Assert.Null(Enumerable.Range(1, Cases).Select(GlobFuzz.FailureOf).FirstOrDefault(failure => failure is not null));
}
