namespace Planlane.Trials.Savings;

/// <summary>What was hoped for, and what came of it.</summary>
/// <param name="Name">The claim.</param>
/// <param name="Wanted">The share that it asks for.</param>
/// <param name="Got">The share that was measured.</param>
/// <param name="IsMost">Whether the share is to be at most the wanted one; else at least.</param>
/// <param name="Cause">What costs it.</param>
internal sealed record BarRow(string Name, double Wanted, double Got, bool IsMost, string Cause)
{
    public bool IsMet => IsMost ? Got <= Wanted : Got >= Wanted;

    public IReadOnlyList<string> Cells => [Name, $"{(IsMost ? "at most" : "at least")} {Rows.Percent(Wanted)}", Rows.Percent(Got), IsMet ? "met" : "**missed**", IsMet ? "" : Cause];
}

/// <summary>Compares the sums over the seed's tasks with the bars.</summary>
internal static class BarRows
{
    public static IReadOnlyList<BarRow> Of(Results results, Regime regime)
    {
        var tasks = results.SeedTasks;
        var (alone, tuned, ours) = (results.Of(Arms.Alone, regime, tasks), results.Of(Arms.Tuned, regime, tasks), results.Of(Arms.Planlane, regime, tasks));
        if (alone.Count == 0 || tuned.Count == 0 || ours.Count == 0)
            return [];
        var bars = results.Assumptions.Bars;
        var (time, money) = (TimeCause(ours), MoneyCause(ours));
        var rows = new List<BarRow>
        {
            new("time saved against one agent alone, p50", bars.TimeAlone, Rows.Saved(ours.Seconds(), alone.Seconds()), false, time),
            new("time saved against the tuned one, p50", bars.TimeTuned, Rows.Saved(ours.Seconds(), tuned.Seconds()), false, time),
            new("our p95 against the p50 of one agent alone", bars.TimeAloneP95, Rows.Saved(ours.Seconds(0.95), alone.Seconds()), false, time),
            new("our p95 against the p50 of the tuned one", bars.TimeTunedP95, Rows.Saved(ours.Seconds(0.95), tuned.Seconds()), false, time),
            new("dollars saved against one agent alone, 4.5 prices", bars.Dollars, Rows.Saved(ours.Usd(), alone.Usd()), false, money),
            new("dollars saved against one agent alone, current prices", bars.DollarsCurrent, Rows.Saved(ours.UsdCurrent(), alone.UsdCurrent()), false, money),
            new("processed tokens saved against one agent alone", bars.Processed, Rows.Saved(ours.Processed, alone.Processed), false, Tokens(ours)),
            new("fresh tokens saved against one agent alone", bars.Fresh, Rows.Saved(ours.Fresh, alone.Fresh), false, Tokens(ours)),
            new("share of agents' prompts read from the cache", bars.CacheShare, ours.CacheShare, false, "agents' own briefs and files, which no other reads; the first agent's write"),
        };
        foreach (var task in tasks)
        {
            var found = results.Assumptions.CaseOf(task);
            var seed = Rows.Saved(found.SeedMinutes!.Value, found.SeedMinutesAlone!.Value);
            rows.Add(new($"{task}: time saved, more than the seed's own row", seed, Rows.Saved(results.Of(Arms.Planlane, regime, task).Seconds(), results.Of(Arms.Alone, regime, task).Seconds()), false, time));
        }

        return rows;
    }

    private static string TimeCause(Cell ours) => Largest([Terms.Planner, Terms.Prefix, Terms.FirstTurns, Terms.Repairs, Terms.Checks, Terms.Rest], ours.MeanTime, Rows.Seconds);

    private static string MoneyCause(Cell ours) => Largest([Terms.Planner, Terms.FirstTurns, Terms.Repairs, Terms.Escalations], ours.MeanMoney, Rows.Usd);

    private static string Tokens(Cell ours) => $"prompts of {ours.Requests:0} requests: {Rows.Percent(ours.Repaired)} of the agents are asked again";

    private static string Largest(string[] terms, Func<string, double> of, Func<double, string> show)
    {
        var sum = terms.Sum(of);
        return string.Join(", ", terms.OrderByDescending(of).Take(3).Select(term => $"{term} {show(of(term))} ({of(term) / sum * 100:0} %)"));
    }
}
