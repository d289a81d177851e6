using Planlane.Budgets;
using Planlane.Models;
using Planlane.Simulator;
using Planlane.Simulator.Ledgers;
using Planlane.Values;

namespace Planlane.Trials.Savings;

/// <summary>What calls used and cost, at both price books.</summary>
internal sealed class CallFigures(Assumptions assumptions)
{
    private readonly ValueList<ModelFacts> _prices = ModelCatalogue.Load().Models.Select(row => row.Facts).ToValueList();

    public ValueList<ModelFacts> Prices => _prices;

    /// <summary>Today's prices under the names of the models that were used.</summary>
    public ValueList<ModelFacts> CurrentPrices => assumptions.CurrentPrices.Select(pair => Facts(pair.Value) with { Id = new ModelId(pair.Key) }).ToValueList();

    public ModelFacts Facts(string model) => ModelCatalogue.Load().Find(new ModelId(model)).Facts;

    /// <summary>Dollars by what was paid for.</summary>
    public Dictionary<string, double> MoneyOf(IReadOnlyList<SimulatedCall> calls)
    {
        var money = new Dictionary<string, double>();
        foreach (var call in calls)
        {
            var price = call.Model is { } model ? Facts(assumptions.Planner).Id.Value is var planner && model.Value.StartsWith(planner, StringComparison.Ordinal) : false;
            var usd = (double)(Ledger.CostOf(call, _prices)?.Usd ?? 0);
            Add(money, Term(call, isLarge: price), usd);
        }

        return money;
    }

    private static string Term(SimulatedCall call, bool isLarge) => call switch
    {
        { Role: CallRole.Planner } => Terms.Planner,
        { Role: CallRole.Agent } when isLarge => Terms.Escalations,
        { Turn: > 1 } => Terms.Repairs,
        _ => Terms.FirstTurns,
    };

    private static void Add(Dictionary<string, double> sums, string term, double amount) => sums[term] = sums.GetValueOrDefault(term) + amount;
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
