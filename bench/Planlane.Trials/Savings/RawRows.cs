namespace Planlane.Trials.Savings;

/// <summary>Every trial in a line.</summary>
internal static class RawRows
{
    public static void Write(TextWriter output, IReadOnlyDictionary<SavingsTrial, TrialFigures> figures)
    {
        foreach (var (trial, result) in figures)
        {
            output.WriteLine(
                $"{trial.Scenario} {trial.Arm} {trial.Regime} {trial.Seed}: {result.Outcome} {result.Seconds:0.0} s ${result.Usd:0.0000} ${result.UsdCurrent:0.0000} fresh {result.Usage.Fresh} processed {result.Usage.Total} requests {result.Requests} cache {result.CacheShare:0.00} agents {result.Agents} repaired {result.Repaired} escalated {result.Escalated} rounds {result.Rounds} real {result.RealSeconds:0.0} s");
            output.WriteLine($"  time {string.Join(", ", result.Time.Select(term => $"{term.Key} {term.Value:0.0}"))}; money {string.Join(", ", result.Money.Select(term => $"{term.Key} {term.Value:0.0000}"))} {result.Note}");
        }
    }
}
