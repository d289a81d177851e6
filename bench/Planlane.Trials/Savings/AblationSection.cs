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
        page.Append("## The same with something left out\n\nThe seed's tasks together, with the seed's times of tools. Change is against Planlane with 8 slots on the same seeds.\n\n")
            .Append(Rows.Table(["what", "seeds", "time p50 / p95", "change", "dollars", "change", "processed", "cache share", "not whole"], arms.Prepend((Arm: Arms.Planlane, Cell: ours)).Select(found =>
            {
                var usual = results.Beside(Arms.Planlane, found.Arm, regime, tasks);
                return (IReadOnlyList<string>)
                [
                    Arms.Words(found.Arm), $"{found.Cell.Count}", $"{Rows.Number(found.Cell.Seconds())} / {Rows.Seconds(found.Cell.Seconds(0.95))}", Change(found.Cell.Seconds(), usual.Seconds()),
                    Rows.Usd(found.Cell.Usd()), Change(found.Cell.Usd(), usual.Usd()), Rows.Tokens(found.Cell.Processed), Rows.Percent(found.Cell.CacheShare), $"{found.Cell.Count - found.Cell.Whole}",
                ];
            })))
            .Append('\n');
    }

    private static string Change(double now, double usual) => now == usual ? "" : $"{(now / usual - 1) * 100:+0.0;-0.0} %";
}
