using Planlane.Budgets;
using Planlane.Planning;
using Planlane.Requests;
using Planlane.Runs;

namespace Planlane.Scheduling;

/// <summary>When the shared prefix is read only to stay in the prompt cache, and for how long it is written.</summary>
public static class RenewalRules
{
    /// <summary>Whether to read it now, as agents of the model will surely begin later.</summary>
    /// <param name="state">The run.</param>
    /// <param name="model">The model whose cache it is.</param>
    /// <param name="inARow">How often it was read only for that since an agent last used it.</param>
    public static bool Pays(RunState state, ModelFacts model, int inARow) =>
        state.Halt is null && !state.IsPaused
        && !state.IsPrefixLong(model)
        && state.PrefixOf(model) is PrefixState.Warm
        && PrefixRules.PaysToRenew(model.PriceOn(DateOnly.FromDateTime(state.LastAt.UtcDateTime)), inARow)
        && WillBegin(state, model);

    /// <summary>The longest time in seconds in which no agent is expected to begin: none when all begin at once, else the longest task with its check.</summary>
    public static double LongestPause(Plan plan, RunSettings settings) =>
        plan.Tasks.Count <= settings.Slots && plan.Tasks.All(task => task.DependsOn.Count == 0) ? 0 : plan.Tasks.Max(task => SecondsOf(task, settings.ModelOf(task)));

    private static double SecondsOf(PlannedTask task, ModelFacts model) =>
        model.FirstTokenSeconds + ((task.Estimate.OutputTokens + EstimateAssumptions.FinishTokens) / model.TokensPerSecond) + (task.Check is null ? 0 : EstimateAssumptions.CheckSeconds);

    // A task whose dependency failed never begins.
    private static bool WillBegin(RunState state, ModelFacts model)
    {
        var stranded = DispatchRules.Stranded(state).Select(task => task.Id).ToHashSet();
        return state.Tasks.Any(task => task is { IsOpen: true, Turns.Count: 0 } && !stranded.Contains(task.Id) && BudgetRules.ModelOf(state, task).Id == model.Id && !state.IsRunning(task));
    }
}
