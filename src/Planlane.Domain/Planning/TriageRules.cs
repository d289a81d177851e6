using Planlane.Budgets;
using Planlane.Requests;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Planning;

/// <summary>When the agents' model is asked, before the planner, whether a request should be divided at all.</summary>
/// <remarks>
/// The call costs a fraction of a cent and about a second. It pays for itself when one request in twenty-five does not divide, and it is not made where its answer is known, where it would not be cheap, or
/// where the run's own budget might then not cover the planner.
/// </remarks>
public static class TriageRules
{
    /// <summary>The most output tokens of its answer: a few words in a small document.</summary>
    public const int AnswerTokens = 400;

    // Who writes more than two pages describes work of many parts, and the call would no longer be cheap.
    private const int LongestRequest = 4_000;

    // The planner's price has to be at least so many times the agents'.
    private const int Cheaper = 2;

    /// <summary>Whether it is to be asked now.</summary>
    public static bool IsDue(RunState state) => state is { Triage: null, PlanOrder.Round: 1, PlanRounds.Count: 0, Earlier: null, Settings: { Triages: true, Mode: RunMode.Auto } }
        && IsOpen(state.Request) && IsCheap(state) && IsCovered(state);

    /// <summary>Whether a call was made for the triage: it is no agent's, and the planner has another model.</summary>
    public static bool IsOf(ModelCall call, RunSettings settings) => IsOf(call.Agent, call.Model, settings);

    /// <summary>The same of calls that were asked for by one and answered by one model.</summary>
    public static bool IsOf(AgentId? agent, ModelId model, RunSettings settings) => agent is null && model != settings.Planner.Id;

    // Who says how the work is divided, or among how many, has decided that it is.
    private static bool IsOpen(RunRequest request) =>
        request is { SplitHints.Count: 0, Agents: null, After: null } && request.Goal.Length + request.Constraints.Sum(item => item.Length) <= LongestRequest;

    private static bool IsCheap(RunState state)
    {
        var day = DateOnly.FromDateTime(state.StartedAt.UtcDateTime);
        var (planner, agent) = (state.Settings.Planner.PriceOn(day), state.Settings.Agent.PriceOn(day));
        return state.Settings.Agent.Id != state.Settings.Planner.Id && agent.Input * Cheaper <= planner.Input && agent.Output * Cheaper <= planner.Output;
    }

    // A budget that just covers a plan is for the plan.
    private static bool IsCovered(RunState state) => state.Settings.Budget is not { } budget
        || !(BudgetRules.Spent(state) + BudgetRules.MostOf(state, state.Settings.Planner) + MostOf(state) > budget);

    private static Cost MostOf(RunState state) => BudgetRules.MostOf(state.Settings.Agent, DateOnly.FromDateTime(state.LastAt.UtcDateTime), AnswerTokens);
}
