using Planlane.Budgets;
using Planlane.Planning;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Summary;

/// <summary>What a run used and cost: each call, and the sums by who asked and by model. Every sum is exact, so that all three add up to the same.</summary>
/// <param name="Calls">Every call that was paid for, in the order in which they were recorded.</param>
/// <param name="Askers">The planner and each agent, by model, in the order of their first calls.</param>
/// <param name="Models">Each model.</param>
/// <param name="Usage">All tokens.</param>
/// <param name="Cost">All cost.</param>
public sealed record CostReport(ValueList<CallCost> Calls, ValueList<AskerCost> Askers, ValueList<ModelTotal> Models, Usage Usage, Cost Cost)
{
    /// <summary>The report of a run at any point.</summary>
    public static CostReport From(RunState state)
    {
        // The turn has the very call that the run has.
        var turns = new Dictionary<ModelCall, (TaskId Task, int Turn)>(ReferenceEqualityComparer.Instance);
        foreach (var task in state.Tasks)
            foreach (var turn in task.Turns)
                turns[turn.Call] = (task.Id, turn.Number);
        var tasks = state.Tasks.ToDictionary(task => task.Agent, task => task.Id);
        var calls = state.Calls.Select((call, index) =>
        {
            var at = turns.TryGetValue(call, out var found) ? found : ((TaskId Task, int Turn)?)null;
            TaskId? task = at?.Task ?? (call.Agent is { } agent && tasks.TryGetValue(agent, out var its) ? its : null);
            return new CallCost(index + 1, call.Agent, task, at?.Turn, call.Agent is not null && at is null, call.Model, call.Usage, call.Cost);
        }).ToValueList();
        return new CostReport(
            calls,
            calls.GroupBy(call => (call.Agent, call.Task, call.Model)).Select(group => new AskerCost(group.Key.Agent, group.Key.Task, group.Key.Model, group.Count(), UsageOf(group), CostOf(group)) { IsTriage = TriageRules.IsOf(group.Key.Agent, group.Key.Model, state.Settings) }).ToValueList(),
            calls.GroupBy(call => call.Model).Select(group => new ModelTotal(group.Key, UsageOf(group), CostOf(group))).ToValueList(),
            UsageOf(calls),
            CostOf(calls));
    }

    private static Usage UsageOf(IEnumerable<CallCost> calls) => calls.Aggregate(default(Usage), (sum, call) => sum + call.Usage);

    private static Cost CostOf(IEnumerable<CallCost> calls) => calls.Aggregate(Cost.Zero, (sum, call) => sum + call.Cost);
}

/// <summary>What one call used and cost, the tries of it that broke included.</summary>
/// <param name="Number">Counts the calls of the run, from 1.</param>
/// <param name="Agent">Who asked; null for the planner.</param>
/// <param name="Task">The agent's task; null for the planner.</param>
/// <param name="Turn">The turn of the task; null for the planner and for a call that brought no answer.</param>
/// <param name="IsLost">Whether an agent's call brought no answer and was billed all the same.</param>
/// <param name="Model">The model.</param>
/// <param name="Usage">Tokens by kind.</param>
/// <param name="Cost">Tokens × the price of the day.</param>
public sealed record CallCost(int Number, AgentId? Agent, TaskId? Task, int? Turn, bool IsLost, ModelId Model, Usage Usage, Cost Cost);

/// <summary>What the planner or one agent used of one model.</summary>
/// <param name="Agent">Who asked; null for the planner.</param>
/// <param name="Task">The agent's task; null for the planner.</param>
/// <param name="Model">The model.</param>
/// <param name="Calls">How many calls.</param>
/// <param name="Usage">Their tokens by kind.</param>
/// <param name="Cost">Their cost.</param>
public sealed record AskerCost(AgentId? Agent, TaskId? Task, ModelId Model, int Calls, Usage Usage, Cost Cost)
{
    /// <summary>Whether it is neither, but what was asked before the planner: if the request should be divided at all.</summary>
    public bool IsTriage { get; init; }

    /// <summary>Who asked, in a word.</summary>
    public string Who => Agent?.Value ?? (IsTriage ? "triage" : "planner");
}
