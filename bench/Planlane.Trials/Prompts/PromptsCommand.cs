using System.CommandLine;
using System.Globalization;
using Planlane.Budgets;
using Planlane.Models;
using Planlane.Simulator;
using Planlane.Simulator.Ledgers;
using Planlane.Trials.Savings;
using Planlane.Values;

namespace Planlane.Trials.Prompts;

/// <summary>What the requests of agents are made of, and why each was made, in trials of the comparison.</summary>
internal static class PromptsCommand
{
    public static Command Create()
    {
        var seeds = new Option<int>("--seeds") { Description = "Trials of each scenario, each with other luck", DefaultValueFactory = _ => 5 };
        var scenarios = new Option<string[]>("--scenario") { Description = "Only these; the seed's tasks without it", AllowMultipleArgumentsPerToken = true };
        var each = new Option<bool>("--calls") { Description = "Also prints each request, and what went wrong in it" };
        var command = new Command("prompts", "Prints the bytes of agents' requests by part, and why each was made") { seeds, scenarios, each };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var only = parsed.GetValue(scenarios) ?? [];
            var names = Assumptions.Current.Scenarios.Where(found => only.Length == 0 ? found.IsOfTheSeed : only.Contains(found.Name)).Select(found => found.Name);
            foreach (var name in names)
                await WriteAsync(name, parsed.GetValue(seeds), parsed.GetValue(each), cancellationToken).ConfigureAwait(false);
        });
        return command;
    }

    private static async Task WriteAsync(string scenario, int seeds, bool withCalls, CancellationToken cancellationToken)
    {
        var runner = new ArmRunner(Assumptions.Current, new CheckRecords(Path.Combine(AppContext.BaseDirectory, "savings", "checks")));
        var prices = ModelCatalogue.Load().Models.Select(row => row.Facts).ToValueList();
        var rows = new List<Row>();
        for (var seed = 1; seed <= seeds; seed++)
        {
            var (figures, calls) = await runner.CallsAsync(new SavingsTrial(scenario, Arms.Planlane, Assumptions.Current.Regimes[0].Name, seed), cancellationToken).ConfigureAwait(false);
            if (withCalls)
                Console.WriteLine($"{scenario} {seed}: {figures.Note}");
            rows.AddRange(calls.Where(call => call is { Role: CallRole.Agent, Status: 200 }).Select(call => new Row(call, seed, PromptParts.Of(call.Request, IsLarge(call)), Ledger.CostOf(call, prices) ?? Cost.Zero)));
        }

        Console.WriteLine(Invariant($"\n{scenario}, {seeds} seeds: {rows.Count / (double)seeds:0.0} requests a run"));
        Console.WriteLine(Invariant($"{"why",-14}{"a run",7}{"$ a run",9}{"input",8}{"read",8}{"written",9}{"output",8}   mean bytes: {string.Join("  ", PromptParts.Names)}"));
        foreach (var group in rows.GroupBy(row => row.Parts.Why).OrderBy(group => PromptParts.Reasons.ToList().IndexOf(group.Key)))
            Console.WriteLine(LineOf(group.Key, [.. group], seeds));
        Console.WriteLine(LineOf("all", rows, seeds));
        if (withCalls)
            rows.ForEach(row => Console.WriteLine(Invariant($"  {row.Seed,3} {row.Call.Task,-22} turn {row.Call.Turn,2} {row.Parts.Why,-13} ${row.Cost.Usd:0.0000} read {row.Call.Usage.CacheRead,6} written {row.Call.Usage.CacheWrite,6} in full {row.Call.Usage.Input,6} output {row.Call.Usage.Output,6} {row.Call.Mistake ?? row.Call.Fault}")));
    }

    private static string LineOf(string name, List<Row> rows, int seeds)
    {
        double Mean(Func<Row, double> of) => rows.Count == 0 ? 0 : rows.Average(of);
        return Invariant(
            $"{name,-14}{rows.Count / (double)seeds,7:0.0}{(double)rows.Sum(row => row.Cost.Usd) / seeds,9:0.0000}{Mean(row => row.Call.Usage.Input),8:0}{Mean(row => row.Call.Usage.CacheRead),8:0}{Mean(row => row.Call.Usage.CacheWrite),9:0}{Mean(row => row.Call.Usage.Output),8:0}   {string.Join("  ", PromptParts.Names.Select(part => $"{Mean(row => row.Parts.Bytes[part]):0}".PadLeft(part.Length)))}");
    }

    private static bool IsLarge(SimulatedCall call) => call.Model is { } model && model.Value.StartsWith(Assumptions.Current.Planner, StringComparison.Ordinal);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed record Row(SimulatedCall Call, int Seed, PromptParts Parts, Cost Cost);
}
