using Planlane.Agents;
using Planlane.Runs;

namespace Planlane.Budgets;

/// <summary>Keeps a run below its budget: each agent that runs holds a reservation, so that agents cannot overrun the cap together.</summary>
public static class BudgetRules
{
    // More than any prefix that is packed for an agent, so that the reservation covers its input too.
    private const int ReservedInputTokens = 30_000;
    private const int MostAnswerTokens = 32_000;

    /// <summary>What the run has cost so far.</summary>
    public static Cost Spent(RunState state) => state.Calls.Aggregate(Cost.Zero, (sum, call) => sum + call.Cost);

    /// <summary>The model that works on a task: the agents', or after an escalation the planner's.</summary>
    public static ModelFacts ModelOf(RunState state, TaskState task) =>
        task.Order?.Reason is AttemptReason.Escalation ? state.Settings.Planner : state.Settings.Agent;

    /// <summary>The most output tokens that are asked for in one answer of a model.</summary>
    public static int AnswerTokens(ModelFacts model) => Math.Min(model.MaxOutputTokens, MostAnswerTokens);

    /// <summary>What one call of a model can cost at most, at the prices in force when the run began.</summary>
    public static Cost MostOf(RunState state, ModelFacts model) =>
        model.PriceOn(DateOnly.FromDateTime(state.StartedAt.UtcDateTime)).Of(new Usage(0, AnswerTokens(model), 0, ReservedInputTokens));

    /// <summary>Whether more tasks may start beside those that run: what is spent and all reservations stay within the budget.</summary>
    public static bool MayStart(RunState state, IEnumerable<TaskState> more) => state.Settings.Budget is not { } budget
        || !(state.Tasks.Where(state.IsRunning).Concat(more).Aggregate(Spent(state), (sum, task) => sum + MostOf(state, ModelOf(state, task))) > budget);

    /// <summary>Whether the planner may be asked.</summary>
    public static bool MayPlan(RunState state) => state.Settings.Budget is not { } budget
        || !(Spent(state) + MostOf(state, state.Settings.Planner) > budget);
}
