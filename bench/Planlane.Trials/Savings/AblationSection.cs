using System.Text;

namespace Planlane.Trials.Savings;

/// <summary>What each part of Planlane is worth: the same without it.</summary>
internal static class AblationSection
{
    public static void Append(StringBuilder page, Results results)
    {
        var (regime, tasks) = (results.Assumptions.Regimes[0], results.SeedTasks);
        var ours = results.Of(Arms.Planlane, regime, tasks);
        var arms = Arms.Ablations.Select(arm => (Arm: arm, Cell: results.Of(arm, regime, tasks))).Where(found => found.Cell.Count > 0).ToList();
        if (ours.Count == 0 || arms.Count == 0)
            return;
        page.Append("## The same with something left out\n\nThe seed's tasks together, with the seed's times of tools. Change is against Planlane with 8 slots.\n\n")
            .Append(Rows.Table(["what", "seeds", "time p50 / p95", "change", "dollars", "change", "processed", "cache share", "not whole"], arms.Prepend((Arms.Planlane, ours)).Select(found => (IReadOnlyList<string>)
            [
                Arms.Words(found.Item1), $"{found.Item2.Count}", $"{Rows.Number(found.Item2.Seconds())} / {Rows.Seconds(found.Item2.Seconds(0.95))}", Change(found.Item2.Seconds(), ours.Seconds()),
                Rows.Usd(found.Item2.Usd()), Change(found.Item2.Usd(), ours.Usd()), Rows.Tokens(found.Item2.Processed), Rows.Percent(found.Item2.CacheShare), $"{found.Item2.Count - found.Item2.Whole}",
            ])))
            .Append("\nNot measured, as the engine has no setting for it and the benchmark opens no door into it: a cold fan-out (all agents before the first byte of the first), agents without whole-file writes, and repairs without a limit.\n\n");
    }

    private static string Change(double now, double usual) => now == usual ? "" : $"{(now / usual - 1) * 100:+0.0;-0.0} %";
}
