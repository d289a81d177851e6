namespace Planlane.Commits;

public sealed class LandingRulesTests
{
    [Theory]
    [InlineData("refs/heads/main", "main")]
    [InlineData("refs/heads/release/1.2", "release/*")]
    [InlineData("refs/heads/release/1/2", null)]
    [InlineData("refs/heads/feature/main", null)]
    [InlineData(null, null)]
    public void ProtectionOf_Branch_IsThePatternThatNamesIt(string? branch, string? expected) =>
        Assert.Equal(expected, LandingRules.ProtectionOf(new LandingPolicy { Protected = ["main", "release/*"] }, branch));

    [Fact]
    public void ProtectionOf_WhatIsOnlyStaged_MovesNoBranch() =>
        Assert.Null(LandingRules.ProtectionOf(new LandingPolicy { Protected = ["main"], Form = LandingForm.Staged }, "refs/heads/main"));

    [Fact]
    public void ProblemOf_StagedOnABranch_IsOne()
    {
        Assert.NotNull(LandingRules.ProblemOf(new LandingPolicy { Form = LandingForm.Staged, Branch = "x" }));
        Assert.NotNull(LandingRules.ProblemOf(new LandingPolicy { Form = LandingForm.Staged, Onto = "x" }));
        Assert.Null(LandingRules.ProblemOf(new LandingPolicy { Form = LandingForm.Squashed, Onto = "x", Branch = "y" }));
    }
}
