using System.Globalization;
using Planlane.Budgets;

namespace Planlane.Trials.WholeRun;

/// <summary>Prints trials: one column a run, and the median.</summary>
internal static class TrialReport
{
    private const double MegaByte = 1_000_000;
    private const int NameWidth = 34;
    private const int Width = 10;

    public static void Write(TextWriter output, TrialOptions options, IReadOnlyList<Trial> trials)
    {
        var first = trials[0].Summary;
        output.WriteLine(Text($"Scenario {options.Scenario}, speed {options.Speed:0.##}, seed {options.Seed}: {first.Agents} agents, {first.Files.Count} files, {first.Tests?.Passed ?? 0}/{first.Tests?.Total ?? 0} tests pass."));
        output.WriteLine("The model is scripted and simulated, with latencies drawn from public measurements; repository, processes, git and checks are real.");
        output.WriteLine();
        output.WriteLine("".PadRight(NameWidth) + string.Concat(Enumerable.Range(1, trials.Count).Select(i => $"run {i}".PadLeft(Width))) + "median".PadLeft(Width));
        Row("wall, request to commits, s", trial => trial.Wall);
        Row("lower bound, s", trial => trial.Bound.Total);
        Row("  planner's answer", trial => trial.Bound.Planner);
        Row("  longest chain of agents", trial => trial.Bound.Agents);
        Row("  checks", trial => trial.Bound.Checks);
        Row("ratio (aim <= 1.10, later 1.03)", trial => trial.Ratio);
        Row("ratio by the journal's own times", trial => trial.JournalRatio);
        Row("ratio without the checks", trial => (trial.Wall - trial.Bound.Checks) / (trial.Bound.Total - trial.Bound.Checks));
        Row("above the bound, s", trial => trial.Wall - trial.Bound.Total);
        Row("  opening, until planner is asked", trial => trial.Overhead.Opening);
        Row("  around the planner", trial => trial.Overhead.Planning);
        Row("  preparing the agents", trial => trial.Overhead.Preparing);
        Row("  around the agents", trial => trial.Overhead.Agents);
        Row("  around the checks", trial => trial.Overhead.Combining);
        Row("  landing", trial => trial.Overhead.Landing);
        Row("tidying up after the landing, s", trial => trial.UntilEnd - trial.Wall);
        Row("engine's processor time, s", trial => trial.EngineProcessorSeconds);
        Row("engine's peak memory, MB (aim 150)", trial => trial.EngineBytes / MegaByte, "0.0");
        Row("simulator's peak memory, MB", trial => trial.SimulatorBytes / MegaByte, "0.0");
        Row("tokens", trial => UsageOf(trial).Total, "#,0");
        Row("  read from the cache, % of input", trial => 100.0 * UsageOf(trial).CacheRead / UsageOf(trial).TotalInput, "0.0");
        Row("cost at list prices, $", trial => (double)trial.Summary.Cost.Usd, "0.0000");

        void Row(string name, Func<Trial, double> valueOf, string format = "0.000")
        {
            var values = trials.Select(valueOf).ToList();
            output.WriteLine(name.PadRight(NameWidth) + string.Concat(values.Append(Median(values)).Select(value => value.ToString(format, CultureInfo.InvariantCulture).PadLeft(Width))));
        }
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    private static Usage UsageOf(Trial trial) => trial.Summary.PlannerUsage + trial.Summary.AgentsUsage;

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
