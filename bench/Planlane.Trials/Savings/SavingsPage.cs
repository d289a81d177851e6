using System.Globalization;
using System.Text;

namespace Planlane.Trials.Savings;

/// <summary>The page of the comparison, which is also what is shown on the screen.</summary>
internal static class SavingsPage
{
    public static string Of(Results results, DateOnly day)
    {
        var assumptions = results.Assumptions;
        var page = new StringBuilder("# Benchmarks\n\n")
            .Append("Written by `Planlane.Trials savings -o docs/benchmarks.md`; do not edit. How it is run: [bench/README.md](../bench/README.md).\n\n")
            .Append(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd}; model catalogue of {CatalogueDay.AsOf}; assumptions of {assumptions.AsOf:yyyy-MM-dd} ({Assumptions.Digest}); virtual time; medians by nearest rank.\n\n")
            .Append(PlainWords.Of(assumptions));
        foreach (var regime in results.Regimes)
            Divided(page, results, regime);
        if (results.SeedTasks.Count + results.OtherTasks.Count > 0)
            page.Append("## What the planner writes\n\nTokens of each plan, written as the planner writes it. They are paid at the large model's price of output, and everybody waits for them.\n\n").Append(PlanParts.Table(results, [.. results.SeedTasks, .. results.OtherTasks])).Append('\n');
        LosingSection(page, results);
        AblationSection.Append(page, results);
        FailureSection(page, results);
        page.Append("## Sources of the assumptions\n\nAll of them are in one file, `bench/Planlane.Trials/Savings/assumptions.json`.\n\n").AppendJoin("", assumptions.Sources.Select(source => $"- {source}.\n"));
        return page.Append($"\n<!-- figures: {Snapshot.Of(results).Write()} -->\n").ToString();
    }

    private static void Divided(StringBuilder page, Results results, Regime regime)
    {
        if (results.SeedTasks.Concat(results.OtherTasks).All(task => results.Of(Arms.Planlane, regime, task).Count == 0))
            return;
        page.Append($"## Times of tools: {regime.Name}\n\n{regime.Words[..1].ToUpperInvariant()}{regime.Words[1..]}.\n\n### Time\n\n").Append(TimeTable(results, regime));
        page.Append("\n### Dollars\n\nAt the prices of the models that work (Sonnet 4.5, Haiku 4.5), and the same tokens at those of today's (Sonnet 5.5, Haiku 5.5).\n\n").Append(DollarTable(results, regime));
        page.Append("\n### Tokens and requests\n\nFresh: all but cache reads. Processed: all.\n\n").Append(TokenTable(results, regime));
        page.Append("\n### Where Planlane's time and dollars go\n\nMeans. A part of the time that is hidden behind another is not counted.\n\n").Append(TermTable(results, regime));
        var bars = BarRows.Of(results, regime);
        if (bars.Count > 0)
            page.Append($"\n### Bars, over the seed's {results.SeedTasks.Count} tasks together\n\n").Append(Rows.Table(["bar", "wanted", "measured", "", "what costs most of it"], bars.Select(bar => bar.Cells)));
        page.Append('\n');
    }

    private static IEnumerable<(string Name, IReadOnlyList<string> Scenarios)> Lines(Results results, Regime regime) => Lines(results).Where(line => results.Of(Arms.Planlane, regime, line.Scenarios).Count > 0);

    private static IEnumerable<(string Name, IReadOnlyList<string> Scenarios)> Lines(Results results)
    {
        foreach (var task in results.SeedTasks)
            yield return (task, [task]);
        if (results.SeedTasks.Count > 1)
            yield return ($"**the seed's {results.SeedTasks.Count}**", results.SeedTasks);
        foreach (var task in results.OtherTasks)
            yield return (task, [task]);
    }

    private static string TimeTable(Results results, Regime regime) => Rows.Table(
        ["task", "seeds", "alone p50 / p95", "tuned p50", "--single p50", "Planlane p50 / p95", "saved: alone", "saved: tuned", "limit"],
        Lines(results, regime).Select(line =>
        {
            var (alone, tuned, single, ours) = Cells(results, regime, line.Scenarios);
            return (IReadOnlyList<string>)
            [
                line.Name, $"{ours.Count}", Pair(alone), Rows.Seconds(tuned.Seconds()), Rows.Seconds(single.Seconds()), Pair(ours), Rows.Percent(Rows.Saved(ours.Seconds(), alone.Seconds())),
                Rows.Percent(Rows.Saved(ours.Seconds(), tuned.Seconds())), Rows.Seconds(Limit(results, regime, line.Scenarios).Seconds),
            ];

            static string Pair(Cell cell) => $"{Rows.Number(cell.Seconds())} / {Rows.Seconds(cell.Seconds(0.95))}";
        }));

    private static string DollarTable(Results results, Regime regime) => Rows.Table(
        ["task", "alone", "tuned", "--single", "Planlane p50 / p95", "saved: alone", "tuned", "limit", "today's prices: alone", "tuned", "Planlane", "saved: alone", "tuned", "limit"],
        Lines(results, regime).Select(line =>
        {
            var (alone, tuned, single, ours) = Cells(results, regime, line.Scenarios);
            var limit = Limit(results, regime, line.Scenarios);
            return (IReadOnlyList<string>)
            [
                line.Name, Rows.Usd(alone.Usd()), Rows.Usd(tuned.Usd()), Rows.Usd(single.Usd()), $"{Rows.Usd(ours.Usd())} / {Rows.Usd(ours.Usd(0.95))}", Rows.Percent(Rows.Saved(ours.Usd(), alone.Usd())),
                Rows.Percent(Rows.Saved(ours.Usd(), tuned.Usd())), Rows.Usd(limit.Usd), Rows.Usd(alone.UsdCurrent()), Rows.Usd(tuned.UsdCurrent()), Rows.Usd(ours.UsdCurrent()),
                Rows.Percent(Rows.Saved(ours.UsdCurrent(), alone.UsdCurrent())), Rows.Percent(Rows.Saved(ours.UsdCurrent(), tuned.UsdCurrent())), Rows.Usd(limit.UsdCurrent),
            ];
        }));

    private static string TokenTable(Results results, Regime regime) => Rows.Table(
        ["task", "fresh: alone", "tuned", "Planlane", "saved", "limit", "processed: alone", "tuned", "Planlane", "saved", "requests: alone", "tuned", "Planlane", "cache share", "asked again", "escalated", "whole again"],
        Lines(results, regime).Select(line =>
        {
            var (alone, tuned, _, ours) = Cells(results, regime, line.Scenarios);
            return (IReadOnlyList<string>)
            [
                line.Name, Rows.Tokens(alone.Fresh), Rows.Tokens(tuned.Fresh), Rows.Tokens(ours.Fresh), Rows.Percent(Rows.Saved(ours.Fresh, alone.Fresh)), Rows.Tokens(Limit(results, regime, line.Scenarios).Fresh),
                Rows.Tokens(alone.Processed), Rows.Tokens(tuned.Processed), Rows.Tokens(ours.Processed), Rows.Percent(Rows.Saved(ours.Processed, alone.Processed)),
                Rows.Number(alone.Requests), Rows.Number(tuned.Requests), Rows.Number(ours.Requests), Rows.Percent(ours.CacheShare), Rows.Percent(ours.Repaired), Rows.Percent(ours.Escalated), Rows.Percent(ours.RoundsAgain),
            ];
        }));

    private static string TermTable(Results results, Regime regime)
    {
        string[] time = [Terms.Planner, Terms.Prefix, Terms.FirstTurns, Terms.Repairs, Terms.Checks, Terms.Rest];
        string[] money = [Terms.Planner, Terms.FirstTurns, Terms.Repairs, Terms.Escalations];
        return Rows.Table(
            ["task", .. time.Select(term => $"time: {term}"), .. money.Select(term => $"$: {term}")],
            Lines(results, regime).Select(line =>
            {
                var ours = results.Of(Arms.Planlane, regime, line.Scenarios);
                return (IReadOnlyList<string>)[line.Name, .. time.Select(term => Rows.Seconds(ours.MeanTime(term))), .. money.Select(term => Rows.Usd(ours.MeanMoney(term)))];
            }));
    }

    private static void LosingSection(StringBuilder page, Results results)
    {
        if (results.LosingTasks.Count == 0)
            return;
        var regime = results.Assumptions.Regimes[0];
        var bar = results.Assumptions.Bars.Loses;
        page.Append("## Work that does not divide\n\nHere Planlane should say no, and saying so should cost at most ")
            .Append(Rows.Percent(bar)).Append(" of what one agent alone costs. After a no the work is done by one agent: the last columns are Planlane's own, `--single`, with what saying no cost.\n\n")
            .Append(Rows.Table(
                ["task", "seeds", "declined", "time of the no", "of alone", "$ of the no", "of alone", "", "alone", "no and --single", "alone", "no and --single"],
                results.LosingTasks.Select(task =>
                {
                    var (alone, _, single, ours) = Cells(results, regime, [task]);
                    var declined = results.Trials(Arms.Planlane, task).Count(trial => trial.Outcome == TrialFigures.Declined);
                    var (time, money) = (ours.Seconds() / alone.Seconds(), ours.Usd() / alone.Usd());
                    return (IReadOnlyList<string>)
                    [
                        task, $"{ours.Count}", $"{declined}", Rows.Seconds(ours.Seconds()), Rows.Percent(time), Rows.Usd(ours.Usd()), Rows.Percent(money), declined == ours.Count && time <= bar && money <= bar ? "met" : "**missed**",
                        Rows.Seconds(alone.Seconds()), Rows.Seconds(ours.Seconds() + single.Seconds()), Rows.Usd(alone.Usd()), Rows.Usd(ours.Usd() + single.Usd()),
                    ];
                }))).Append('\n');
    }

    private static void FailureSection(StringBuilder page, Results results)
    {
        var failures = results.Failures.ToList();
        page.Append("## Trials that did not end with the recorded files and passing checks\n\n");
        if (failures.Count == 0)
            page.Append("None. (Trials that were declined wrote nothing.)\n\n");
        else
            page.Append(FailureWords(failures.Count, failures.Count(pair => !pair.Value.IsMeasured))).Append("\n\n").Append(Rows.Table(["task", "arm", "how many", "the first of them"], failures
                .GroupBy(pair => (pair.Key.Scenario, pair.Key.Arm))
                .Select(group => (IReadOnlyList<string>)[group.Key.Scenario, group.Key.Arm, $"{group.Count()}", $"seed {group.First().Key.Seed}: {Short(group.First().Value.Note)}"]))).Append('\n');
    }

    private static string FailureWords(int failed, int broken) => (failed - broken, broken) switch
    {
        (_, 0) => "They count in the tables with what they cost until they ended.",
        (0, _) => "They broke off, so that nobody knows what they cost: the tables are without them.",
        _ => $"They count in the tables with what they cost until they ended, but for {broken} that broke off: nobody knows what those cost, and the tables are without them.",
    };

    private static string Short(string? note) => note is null ? "the files differ" : note.ReplaceLineEndings(" ").Replace('|', '/') is var line && line.Length > 120 ? line[..120] + "…" : line;

    private static (Cell Alone, Cell Tuned, Cell Single, Cell Ours) Cells(Results results, Regime regime, IReadOnlyList<string> scenarios) =>
        (results.Of(Arms.Alone, regime, scenarios), results.Of(Arms.Tuned, regime, scenarios), results.Of(Arms.OneShot, regime, scenarios), results.Of(Arms.Planlane, regime, scenarios));

    private static PhysicalLimit Limit(Results results, Regime regime, IReadOnlyList<string> scenarios) => PhysicalLimit.Sum(scenarios.Select(name => PhysicalLimit.Of(results.Assumptions, ArmRunner.Open(name), regime)));
}
