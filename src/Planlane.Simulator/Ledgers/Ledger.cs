using Planlane.Budgets;
using Planlane.Values;

namespace Planlane.Simulator.Ledgers;

/// <summary>What the calls of a simulator cost: the other side of a client's own accounts. Immutable.</summary>
/// <param name="Rows">By model, role and task, in the order of their first calls.</param>
public sealed record Ledger(ValueList<LedgerRow> Rows)
{
    /// <summary>The sum of all rows.</summary>
    public Usage Usage => Rows.Aggregate(default(Usage), (sum, row) => sum + row.Usage);

    /// <summary>The cost of all rows whose price is known; exact.</summary>
    public Cost Cost => Rows.Aggregate(Cost.Zero, (sum, row) => sum + (row.Cost ?? Cost.Zero));

    /// <summary>Whether every row has a price.</summary>
    public bool IsPriced => Rows.All(row => row.Cost is not null);

    /// <summary>Sums up calls that were answered, wholly or in part.</summary>
    /// <remarks>A refusal before any output is not billed; an answer that was cut off is billed with what was told at its beginning: its input, and a token of output.</remarks>
    /// <param name="calls">The calls.</param>
    /// <param name="prices">The price rows; a model that has none there has no cost.</param>
    public static Ledger Of(IEnumerable<SimulatedCall> calls, ValueList<ModelFacts> prices) => new(
        calls.Where(call => call.Model is not null && call.Usage != default && !(call.StopReason == "refusal" && call.Usage.Output == 0))
            .GroupBy(call => (call.Model!.Value, call.Role, call.Task))
            .Select(group => RowOf(group.Key.Value, group.Key.Role, group.Key.Task, [.. group], prices))
            .ToValueList());

    /// <summary>What one call cost; null when its model has no price.</summary>
    public static Cost? CostOf(SimulatedCall call, ValueList<ModelFacts> prices) => call.Model is { } model && PricesOf(model, prices) is { } facts
        ? new Cost(call.PriceFactor * facts.CostOf(call.Usage, DateOnly.FromDateTime(call.StartedAt.UtcDateTime)).Usd)
        : null;

    private static LedgerRow RowOf(ModelId model, CallRole role, TaskId? task, IReadOnlyList<SimulatedCall> calls, ValueList<ModelFacts> prices)
    {
        // Call by call, as the length of each prompt may pick its price.
        Cost? cost = calls.Aggregate((Cost?)Cost.Zero, (sum, call) => sum is { } known && CostOf(call, prices) is { } more ? known + more : null);
        return new LedgerRow(model, role, task, calls.Count, calls.Aggregate(default(Usage), (sum, call) => sum + call.Usage), cost);
    }

    // Rows may be under the short name of a dated model.
    private static ModelFacts? PricesOf(ModelId model, ValueList<ModelFacts> prices) =>
        prices.FirstOrDefault(facts => facts.Id == model) ?? prices.FirstOrDefault(facts => model.Value.StartsWith(facts.Id.Value + "-20", StringComparison.Ordinal));
}

/// <summary>What one asker used of one model.</summary>
/// <param name="Model">The model that answered.</param>
/// <param name="Role">Who asked.</param>
/// <param name="Task">The task of the agent that asked.</param>
/// <param name="Calls">How many calls were answered.</param>
/// <param name="Usage">Their tokens.</param>
/// <param name="Cost">Their cost; null when the model has no price.</param>
public sealed record LedgerRow(ModelId Model, CallRole Role, TaskId? Task, int Calls, Usage Usage, Cost? Cost);
