using Planlane.Requests;

namespace Planlane.Planning;

public sealed class SinglePlanTests
{
    private static readonly RunSettings Settings = Some.Settings with { Mode = RunMode.Single, Agent = Some.Sonnet, Models = [Some.Sonnet, Some.Haiku] };

    [Fact]
    public void Of_RequestWithLists_IsOneTaskThatOwnsEverythingAndCoversEachItem()
    {
        var plan = SinglePlan.Of(new("Add auth to the API. Keep it small.", ["use Zod"], ["one agent for types"]), Settings, [new("test", "npm test")], Some.Day);

        var task = Assert.Single(plan.Tasks);
        Assert.Equal(("whole", "Add auth to the API", "Add auth to the API", "**"), (task.Id.Value, task.Title, task.CommitMessage, task.Owns.ToString()));
        Assert.Equal("Add auth to the API. Keep it small.\n\nThe user sees these parts in it:\n- one agent for types", task.Brief);
        Assert.Equal(["use Zod"], task.Acceptance);
        Assert.Equal(["use Zod", "one agent for types"], plan.Covers.Select(cover => cover.Item));
        Assert.Equal([new PlannedCheck("test", "npm test")], plan.Checks);
    }

    [Fact]
    public void Of_RequestThatNamesFilesAndUncommittedWork_HasNoProblems()
    {
        var request = new RunRequest("Add auth", ["src/auth.cs has tests"], []);
        var facts = new RepositoryFacts([new(new("src/a.cs"))], [new("src/a.cs")]);

        Assert.Empty(PlanProof.Of(SinglePlan.Of(request, Settings, [], Some.Day), request, Settings, facts).Problems);
    }

    [Theory]
    [InlineData("# Auth", "Auth")]
    [InlineData("Fix the login. It fails since v1.2.", "Fix the login")]
    [InlineData("Read config.json at start:", "Read config.json at start")]
    [InlineData("...", "Do what was asked")]
    [InlineData("Clear \u001b[2J the \u202egnp", "Clear [2J the gnp")]
    [InlineData("Make the whole ordering service answer with problem details and stable codes", "Make the whole ordering service answer with problem details…")]
    [InlineData("Aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "Aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…")]
    public void Of_FirstLine_IsShortenedToACommitsSubject(string goal, string subject) =>
        Assert.Equal(subject, SinglePlan.Of(new(goal, [], []), Settings, [], Some.Day).Tasks[0].CommitMessage);

    [Fact]
    public void SizeOf_Request_FollowsFromItsItems()
    {
        var small = SinglePlan.SizeOf(new("Add auth", [], []), Settings, Some.Day);
        var large = SinglePlan.SizeOf(new("Add auth", ["a", "b"], ["c"]), Settings, Some.Day);

        Assert.Equal(((4 * 3) + 6, (4 * 6) + 6), (small.Turns, large.Turns));
        Assert.Equal(((long)(3 * 1_400 / 0.72), (long)(6 * 1_400 / 0.72)), (small.Usage.Output, large.Usage.Output));
        Assert.True(large.Cost > small.Cost);
    }
}
