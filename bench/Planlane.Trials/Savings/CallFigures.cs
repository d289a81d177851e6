using Planlane.Budgets;
using Planlane.Models;
using Planlane.Simulator;
using Planlane.Simulator.Ledgers;
using Planlane.Values;

namespace Planlane.Trials.Savings;

/// <summary>What calls used and cost, at both price books.</summary>
internal sealed class CallFigures(Assumptions assumptions)
{
    private readonly ModelCatalogue _catalogue = ModelCatalogue.Load();

    /// <summary>The prices of the models that are used.</summary>
    public ValueList<ModelFacts> Prices => _catalogue.Models.Select(row => row.Facts).ToValueList();

    /// <summary>Today's prices under the names of the models that were used.</summary>
    public ValueList<ModelFacts> CurrentPrices => assumptions.CurrentPrices.Select(pair => Facts(pair.Value) with { Id = new ModelId(pair.Key) }).ToValueList();

    public ModelFacts Facts(string model) => _catalogue.Find(new ModelId(model)).Facts;

    /// <summary>Dollars by what was paid for.</summary>
    public Dictionary<string, double> MoneyOf(IReadOnlyList<SimulatedCall> calls)
    {
        var (money, prices) = (new Dictionary<string, double>(), Prices);
        foreach (var call in calls)
        {
            var term = Term(call, isLarge: call.Model is { } model && model.Value.StartsWith(assumptions.Planner, StringComparison.Ordinal));
            money[term] = money.GetValueOrDefault(term) + (double)(Ledger.CostOf(call, prices)?.Usd ?? 0);
        }

        return money;
    }

    private static string Term(SimulatedCall call, bool isLarge) => call switch
    {
        // What is asked before the planner is a part of planning.
        { Role: CallRole.Planner or CallRole.Triage } => Terms.Planner,
        { Role: CallRole.Agent } when isLarge => Terms.Escalations,
        { Turn: > 1 } => Terms.Repairs,
        _ => Terms.FirstTurns,
    };
}

/// <summary>Where time and money go.</summary>
internal static class Terms
{
    public const string Planner = "planner";
    public const string Prefix = "prefix";
    public const string FirstTurns = "agents' first turns";
    public const string Repairs = "repairs";
    public const string Escalations = "escalations";
    public const string Checks = "checks";
    public const string Tools = "tools";
    public const string Model = "model";
    public const string Rest = "rest";
}
