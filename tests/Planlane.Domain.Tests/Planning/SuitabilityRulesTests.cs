using CsCheck;
using Planlane.Requests;

namespace Planlane.Planning;

public sealed class SuitabilityRulesTests
{
    public static TheoryData<string> Divided => [.. SeedPlans.Divided.Keys];

    public static TheoryData<string> Undivided => [.. SeedPlans.Undivided.Keys];

    [Theory]
    [MemberData(nameof(Divided))]
    public void Judge_SeedRequestThatDivides_Divides(string request)
    {
        var proof = SeedPlans.Divided[request].Proof;

        Assert.Equal([], proof.Problems);
        Assert.Equal([], proof.Notes);
        Assert.True(proof.Verdict.Divides, proof.Verdict.Reason);
        Assert.Equal(["It divides."], proof.Verdict.Reasons);
        Assert.InRange(proof.Verdict.ChainShare, 0.1, 0.5);
    }

    [Theory]
    [MemberData(nameof(Undivided))]
    public void Judge_SeedRequestThatDoesNot_SaysWhy(string request)
    {
        var (seed, reasons) = SeedPlans.Undivided[request];

        Assert.Equal(reasons, seed.Proof.Verdict.Reasons);
        Assert.False(seed.Proof.Verdict.Divides);
    }

    [Theory]
    [MemberData(nameof(Undivided))]
    public void Judge_UserInsists_DividesWithANote(string request)
    {
        var (seed, reasons) = SeedPlans.Undivided[request];
        var proof = (seed with { Settings = Some.Settings with { Mode = RunMode.Forced } }).Proof;

        Assert.True(proof.Verdict.Divides);
        Assert.Equal([new PlanNote("division-forced", $"The work is divided because you insist. {string.Join(' ', reasons)}")], proof.Notes);
        Assert.Equal(seed.Plan.Suitability.Orchestrate ? [] : ["division-insisted"], proof.Problems.Select(problem => problem.Rule));
    }

    [Theory]
    [MemberData(nameof(Undivided))]
    public void Judge_OneAgentAlone_AlwaysPasses(string request) =>
        Assert.True((SeedPlans.Undivided[request].Case with { Settings = Some.Settings with { Mode = RunMode.Single } }).Proof.Verdict.Divides);

    [Fact]
    public void Judge_FasterModelOfATask_CountsItsOwnSpeed()
    {
        var plan = SeedPlans.Undivided["a chain"].Case.Plan;
        var slow = plan with { Tasks = plan.Tasks.Replace(task => task.Id.Value == "docs", task => task with { Model = Some.Sonnet.Id }) };

        Assert.Equal(0.75, SuitabilityRules.ChainShareOf(plan, Some.Settings), 3);
        Assert.Equal(32.1 / (32.1 + 1.8 + (970 / 63.0)), SuitabilityRules.ChainShareOf(slow, Some.Settings), 3);
    }

    [Fact]
    public void FilesOf_Lanes_CountsEachFileOnce()
    {
        var plan = Some.Plan(Some.Task("a", owns: ["src/A.cs", "SRC/a.cs", "src/*.cs"]), Some.Task("b", owns: ["new/", "src/b.cs"]));

        Assert.Equal(4, SuitabilityRules.FilesOf(plan, Trees.Of("src/a.cs", "src/b.cs", "src/c.cs", "docs/d.md")));
    }

    [Fact]
    public void Of_ChainOnThePlannersFirstTry_GoesBackOnce()
    {
        var chain = SeedPlans.Undivided["a chain"].Case;

        Assert.Equal(
            [new PlanProblem("chain-short", "The tasks types -> service -> tests wait for one another and hold 75 % of the work; at most 50 % may. Put the signatures that they share into contracts, so that they can run together, "
                + "or divide the longest of them; if each really needs the finished files of the one before, set suitability.orchestrate to false and say so.") { At = "/tasks" }],
            PlanProof.Of(chain.Plan, chain.Request, chain.Settings, chain.Facts, isFirstTry: true).Problems);
        Assert.Equal([], chain.Proof.Problems);
    }

    [Theory]
    [InlineData("fix a bug in one file")]
    [InlineData("add a comment")]
    [InlineData("explain JWT")]
    public void Of_OtherReasonsOnTheFirstTry_EndIt(string request)
    {
        var seed = SeedPlans.Undivided[request].Case;

        Assert.Equal([], PlanProof.Of(seed.Plan, seed.Request, seed.Settings, seed.Facts, isFirstTry: true).Problems);
    }

    [Fact]
    public void ChainShareOf_AnyPlan_LiesBetweenTheLargestTaskAndAll() => Gen.Select(Gen.Int[1, 5_000], Gen.Int[0, 255]).Array[1, 8].Sample(tasks =>
    {
        var plan = Some.Plan([.. tasks.Select((task, index) => Some.Task(
            $"t{index}", after: [.. Enumerable.Range(0, index).Where(earlier => (task.Item2 >> earlier & 1) == 1).Select(earlier => $"t{earlier}")], tokens: task.Item1))]);
        var seconds = tasks.Select(task => 0.7 + (task.Item1 / 97.0)).ToList();

        Assert.InRange(SuitabilityRules.ChainShareOf(plan, Some.Settings), (seconds.Max() / seconds.Sum()) - 1e-9, 1 + 1e-9);
    });
}
