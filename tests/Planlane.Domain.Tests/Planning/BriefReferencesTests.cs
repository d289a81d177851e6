namespace Planlane.Planning;

public sealed class BriefReferencesTests
{
    [Theory]
    [InlineData("Test @b: all cases.", "b")]
    [InlineData("As @b-two, and @b.", "b b-two")]
    [InlineData("Test @a itself, @nobody, @B and user@b.example, ..@b.", "")]
    [InlineData("@b\n(@b-two)", "b b-two")]
    [InlineData("No names.", "")]
    public void Of_Brief_AreTheOtherTasksThatItNames(string brief, string expected)
    {
        var plan = Some.Plan(Some.Task("a") with { Brief = brief }, Some.Task("b"), Some.Task("b-two"));

        Assert.Equal(expected, string.Join(' ', BriefReferences.Of(plan, plan.Tasks[0]).Select(task => task.Id)));
    }

    [Fact]
    public void Of_BriefThatNamesABriefThatNamesOthers_AreAllInThePlansOrder()
    {
        var plan = Some.Plan(
            Some.Task("d") with { Brief = "Back to @a." },
            Some.Task("a") with { Brief = "Test @b." },
            Some.Task("c") with { Acceptance = ["Like @d"] },
            Some.Task("b") with { Brief = "Needs @c." },
            Some.Task("e"));

        Assert.Equal(["d", "c", "b"], BriefReferences.Of(plan, plan.Tasks[1]).Select(task => task.Id.Value));
    }

    [Fact]
    public void Of_Conventions_CountForEveryTask()
    {
        var plan = Some.Plan(Some.Task("clock"), Some.Task("a")) with { Conventions = "Time comes from @clock." };

        Assert.Equal(["clock"], BriefReferences.Of(plan, plan.Tasks[1]).Select(task => task.Id.Value));
        Assert.Empty(BriefReferences.Of(plan, plan.Tasks[0]));
    }
}
