namespace Planlane.Trials.Savings;

/// <summary>Which trials make a table.</summary>
internal static class TrialGrid
{
    /// <summary>All trials, seed by seed, so that a table that was stopped has a few seeds of everything.</summary>
    public static IReadOnlyList<SavingsTrial> Of(Assumptions assumptions, SavingsOptions options) =>
        [.. from seed in options.OnlySeeds.Length > 0 ? options.OnlySeeds : Enumerable.Range(1, options.Seeds)
            from found in assumptions.Scenarios
            where Takes(options.Scenarios, found.Name)
            from regime in assumptions.Regimes
            where options.RegimeNames.Length == 0 ? IsUsual(assumptions, found, regime) : options.RegimeNames.Contains(regime.Name)
            from arm in Arms.All
            where Takes(options.ArmNames, arm) && (Belongs(found, arm, regime == assumptions.Regimes[0]) || options.ArmNames.Contains(arm))
            select new SavingsTrial(found.Name, arm, regime.Name, seed)];

    // What is left out is measured on the seed's tasks alone, where the claims are; what is not divided has one time of tools and nothing to leave out.
    private static bool Belongs(Case found, string arm, bool isFirstRegime) => found.Loses ? isFirstRegime && Arms.Main.Contains(arm) : Arms.Main.Contains(arm) || (isFirstRegime && found.IsOfTheSeed);

    private static bool IsUsual(Assumptions assumptions, Case found, Regime regime) => regime == assumptions.Regimes[0] || found.IsOfTheSeed;

    private static bool Takes(string[] names, string name) => names.Length == 0 || names.Contains(name);
}
