using Planlane.Budgets;

namespace Planlane.Trials.Savings;

/// <summary>The trials of one arm on one scenario, or their sums seed by seed over several.</summary>
/// <param name="Trials">One for each seed.</param>
internal sealed record Cell(IReadOnlyList<TrialFigures> Trials)
{
    public int Count => Trials.Count;

    public double Seconds(double share = 0.5) => Quantile(trial => trial.Seconds, share);

    public double Usd(double share = 0.5) => Quantile(trial => (double)trial.Usd, share);

    public double UsdCurrent(double share = 0.5) => Quantile(trial => (double)trial.UsdCurrent, share);

    public double Fresh => Quantile(trial => trial.Usage.Fresh, 0.5);

    public double Processed => Quantile(trial => trial.Usage.Total, 0.5);

    public double Requests => Quantile(trial => trial.Requests, 0.5);

    /// <summary>The share of all prompts of agents that came from the cache.</summary>
    public double CacheShare => Trials.Sum(trial => trial.AgentPrompt) is > 0 and var all ? (double)Trials.Sum(trial => trial.AgentRead) / all : 0;

    /// <summary>The share of tasks that the planner's model took over.</summary>
    public double Escalated => Share(trial => trial.Escalated);

    /// <summary>The share of tasks whose agent was asked more than once.</summary>
    public double Repaired => Share(trial => trial.Repaired);

    /// <summary>How often the whole was mended and checked again, for each run.</summary>
    public double RoundsAgain => (double)Trials.Sum(trial => trial.Again) / Math.Max(1, Trials.Sum(trial => trial.Runs));

    public int Whole => Trials.Count(trial => trial.IsWhole);

    public double MeanTime(string term) => Trials.Average(trial => trial.Time.GetValueOrDefault(term));

    public double MeanMoney(string term) => Trials.Average(trial => trial.Money.GetValueOrDefault(term));

    /// <summary>A quantile by nearest rank.</summary>
    public double Quantile(Func<TrialFigures, double> of, double share)
    {
        var values = Trials.Select(of).Order().ToList();
        return values.Count == 0 ? double.NaN : values[Math.Clamp((int)Math.Ceiling(share * values.Count) - 1, 0, values.Count - 1)];
    }

    /// <summary>Several trials of one seed as one.</summary>
    public static TrialFigures Sum(IReadOnlyList<TrialFigures> trials) => new(
        trials.All(trial => trial.Outcome == TrialFigures.Done) ? TrialFigures.Done : TrialFigures.Failed,
        trials.Sum(trial => trial.Seconds),
        trials.Sum(trial => trial.Usd),
        trials.Sum(trial => trial.UsdCurrent),
        trials.Aggregate(default(Usage), (sum, trial) => sum + trial.Usage),
        trials.Sum(trial => trial.Requests),
        trials.Sum(trial => trial.AgentPrompt),
        trials.Sum(trial => trial.AgentRead),
        trials.Sum(trial => trial.Agents),
        trials.Sum(trial => trial.Repaired),
        trials.Sum(trial => trial.Escalated),
        trials.Sum(trial => trial.Rounds),
        trials.All(trial => trial.IsWhole),
        Sums(trials.Select(trial => trial.Time)),
        Sums(trials.Select(trial => trial.Money)),
        trials.Sum(trial => trial.RealSeconds),
        null)
    {
        Runs = trials.Sum(trial => trial.Runs),
    };

    private double Share(Func<TrialFigures, int> of) => (double)Trials.Sum(of) / Math.Max(1, Trials.Sum(trial => trial.Agents));

    private static Dictionary<string, double> Sums(IEnumerable<IReadOnlyDictionary<string, double>> all) =>
        all.SelectMany(terms => terms).GroupBy(term => term.Key).ToDictionary(group => group.Key, group => group.Sum(term => term.Value));
}
