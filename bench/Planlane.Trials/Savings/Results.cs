namespace Planlane.Trials.Savings;

/// <summary>All trials of a table, by what they are asked for.</summary>
internal sealed class Results(Assumptions assumptions, IReadOnlyDictionary<SavingsTrial, TrialFigures> figures)
{
    public Assumptions Assumptions => assumptions;

    /// <summary>The seed's tasks of which there are trials.</summary>
    public IReadOnlyList<string> SeedTasks => Names(found => found.IsOfTheSeed);

    /// <summary>Other work that divides.</summary>
    public IReadOnlyList<string> OtherTasks => Names(found => found is { IsOfTheSeed: false, Loses: false });

    public IReadOnlyList<string> LosingTasks => Names(found => found.Loses);

    public IEnumerable<Regime> Regimes => assumptions.Regimes.Where(regime => figures.Keys.Any(trial => trial.Regime == regime.Name));

    /// <summary>The trials of one arm, but those of which nobody knows what they cost; of several scenarios the sums of the seeds that have them all.</summary>
    public Cell Of(string arm, Regime regime, params IReadOnlyList<string> scenarios) => new(
        [.. from pair in figures
            where pair.Value.IsMeasured && pair.Key.Arm == arm && pair.Key.Regime == regime.Name && scenarios.Contains(pair.Key.Scenario)
            group pair.Value by pair.Key.Seed into seed
            where seed.Count() == scenarios.Count
            orderby seed.Key
            select Cell.Sum([.. seed])]);

    /// <summary>The same of the seeds alone that another arm has on these scenarios too, so that both had the same luck.</summary>
    public Cell Beside(string arm, string other, Regime regime, params IReadOnlyList<string> scenarios)
    {
        var seeds = figures.Where(pair => pair.Value.IsMeasured).Select(pair => pair.Key).Where(trial => trial.Arm == other && trial.Regime == regime.Name && scenarios.Contains(trial.Scenario)).GroupBy(trial => trial.Seed)
            .Where(seed => seed.Count() == scenarios.Count).Select(seed => seed.Key).ToHashSet();
        var shared = figures.Where(pair => seeds.Contains(pair.Key.Seed)).ToDictionary(pair => pair.Key, pair => pair.Value);
        return new Results(assumptions, shared).Of(arm, regime, scenarios);
    }

    /// <summary>The trials as they are, without sums.</summary>
    public IReadOnlyList<TrialFigures> Trials(string arm, string scenario) => [.. figures.Where(pair => pair.Key.Arm == arm && pair.Key.Scenario == scenario).OrderBy(pair => pair.Key.Seed).Select(pair => pair.Value)];

    public IEnumerable<KeyValuePair<SavingsTrial, TrialFigures>> Failures => figures.Where(pair => pair.Value.Outcome == TrialFigures.Failed);

    private List<string> Names(Func<Case, bool> which) =>
        [.. assumptions.Scenarios.Where(which).Select(found => found.Name).Where(name => figures.Keys.Any(trial => trial.Scenario == name))];
}
