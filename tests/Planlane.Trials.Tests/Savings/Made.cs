using Planlane.Budgets;

namespace Planlane.Trials.Savings;

/// <summary>Trials with figures that were thought up, so that what is made of them can be reckoned by hand.</summary>
internal static class Made
{
    public static IReadOnlyList<string> SeedTasks { get; } = ["auth", "rest-api", "caching", "websocket-chat"];

    public static Regime Regime => Assumptions.Current.Regimes[0];

    public static TrialFigures Figures(double seconds, decimal usd = 0.1m, int fresh = 1_000, int read = 9_000, int requests = 10) => new(
        TrialFigures.Done, seconds, usd, usd / 2, new Usage(fresh, 0, read, 0), requests, fresh + read, read, 5, 2, 1, 2, true,
        new Dictionary<string, double> { [Terms.Planner] = seconds * 0.6, [Terms.Checks] = seconds * 0.4 },
        new Dictionary<string, double> { [Terms.Planner] = (double)usd * 0.75, [Terms.Repairs] = (double)usd * 0.25 },
        1,
        null);

    public static SavingsTrial Trial(string arm, string scenario = "auth", int seed = 1) => new(scenario, arm, Regime.Name, seed);

    /// <summary>Each arm on each of the seed's tasks, on as many seeds: the n-th seed takes n times the seconds.</summary>
    public static Dictionary<SavingsTrial, TrialFigures> Grid(int seeds, params (string Arm, double Seconds, decimal Usd)[] arms) => new(
        from seed in Enumerable.Range(1, seeds)
        from task in SeedTasks
        from arm in arms
        select KeyValuePair.Create(Trial(arm.Arm, task, seed), Figures(arm.Seconds * seed, arm.Usd)));

    public static Results Results(IReadOnlyDictionary<SavingsTrial, TrialFigures> figures) => new(Assumptions.Current, figures);
}
