namespace Planlane.Trials.Savings;

public sealed class TrialGridTests
{
    private static readonly SavingsOptions All = new(30, [], [], [], [], 1, null, null, false, null, false);

    [Fact]
    public void Of_Everything_IsSeedBySeedWithAblationsOnTheSeedsTasksAlone()
    {
        var trials = TrialGrid.Of(Assumptions.Current, All);

        Assert.Equal(trials.Count, trials.Distinct().Count());
        Assert.True(trials.Select(trial => trial.Seed).SequenceEqual(trials.Select(trial => trial.Seed).Order()));
        Assert.Equal(30, trials.Max(trial => trial.Seed));
        Assert.All(trials.Where(trial => Arms.Ablations.Contains(trial.Arm)), trial => Assert.Contains(trial.Scenario, Made.SeedTasks));
        Assert.All(trials.Where(trial => trial.Regime == "fast"), trial => Assert.Contains(trial.Scenario, Made.SeedTasks));
        Assert.All(Arms.All, arm => Assert.Contains(trials, trial => trial.Arm == arm));
        Assert.All(Assumptions.Current.Scenarios, found => Assert.Contains(trials, trial => trial.Scenario == found.Name));
    }

    [Fact]
    public void Of_SomeNamed_IsThoseAlone()
    {
        var trials = TrialGrid.Of(Assumptions.Current, All with { OnlySeeds = [9], Scenarios = ["product-api"], ArmNames = ["planlane", "slots-2"], RegimeNames = ["commands"] });

        Assert.Equal([new("product-api", "slots-2", "commands", 9), new("product-api", "planlane", "commands", 9)], trials.OrderByDescending(trial => trial.Arm));
    }
}
