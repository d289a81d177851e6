using Planlane.Agents;
using Planlane.Runs;

namespace Planlane.Budgets;

/// <summary>Keeps a run below its budget: an agent starts only when the cap covers one more call of each; what the calls themselves reserve is decided by <see cref="SpendRules"/>.</summary>
public static class BudgetRules
{
    // More than most prompts have; a longer one is reserved for as it is.
    private const int ReservedInputTokens = 30_000;
    private const int MostAnswerTokens = 32_000;

    /// <summary>What the run has cost so far.</summary>
    public static Cost Spent(RunState state) => state.Calls.Aggregate(Cost.Zero, (sum, call) => sum + call.Cost);

    /// <summary>The model that works on a task: the one that the plan names for it or the agents', or after an escalation the planner's.</summary>
    public static ModelFacts ModelOf(RunState state, TaskState task) =>
        task.Order?.Reason is AttemptReason.Escalation ? state.Settings.Planner : state.Settings.ModelOf(task.Task);

    /// <summary>The most output tokens that are asked for in one answer of a model.</summary>
    public static int AnswerTokens(ModelFacts model) => Math.Min(model.MaxOutputTokens, MostAnswerTokens);

    /// <summary>What one call of a model can cost at most if it is sent now.</summary>
    /// <param name="state">The run.</param>
    /// <param name="model">The model.</param>
    public static Cost MostOf(RunState state, ModelFacts model) => MostOf(model, DateOnly.FromDateTime(state.LastAt.UtcDateTime), AnswerTokens(model), isLong: state.IsPrefixLong(model));

    /// <summary>What one call of a model can cost at most: its longest answer, and its whole prompt written to the cache.</summary>
    /// <param name="model">The model.</param>
    /// <param name="day">The day (UTC) on which it is sent; the next day's price counts where it is higher, as midnight may pass on the way.</param>
    /// <param name="answerTokens">The most output tokens that are asked for.</param>
    /// <param name="inputTokens">Estimated tokens of the prompt, when it is known; they are counted twice, as estimates of code run low by up to that.</param>
    /// <param name="isLong">Whether a part of it is written to the cache for an hour.</param>
    public static Cost MostOf(ModelFacts model, DateOnly day, int answerTokens, int inputTokens = 0, bool isLong = false)
    {
        var written = Math.Max(ReservedInputTokens, 2L * inputTokens);
        var usage = isLong ? new Usage(0, answerTokens, 0, 0, written) : new Usage(0, answerTokens, 0, written);
        var (today, tomorrow) = (model.CostOf(usage, day), model.CostOf(usage, day.AddDays(1)));
        return today > tomorrow ? today : tomorrow;
    }

    /// <summary>Whether more tasks may start beside those that run: what is spent and one call of each stay within the budget.</summary>
    public static bool MayStart(RunState state, IEnumerable<TaskState> more) => state.Settings.Budget is not { } budget
        || !(state.OpenCalls.Concat(more).Aggregate(Spent(state), (sum, task) => sum + MostOf(state, ModelOf(state, task))) > budget);

    /// <summary>Whether the planner may be asked.</summary>
    public static bool MayPlan(RunState state) => state.Settings.Budget is not { } budget || !(Spent(state) + MostOf(state, state.Settings.Planner) > budget);

    /// <summary>The fault of a run whose own budget does not cover its next call.</summary>
    public static RunHalt Exhausted(RunState state) =>
        Exhausted(state, new SpendLevel(SpendScope.Run, state.Settings.Budget ?? Cost.Zero, Spent(state), Cost.Zero, Cost.Zero));

    /// <summary>The fault of a run that a cap does not let make its next call: what stands against the cap, what is left to do and how to go on.</summary>
    public static RunHalt Exhausted(RunState state, SpendLevel level)
    {
        var others = level.Others > Cost.Zero ? $", {level.Others} is reserved by other runs or was in flight when one was killed" : "";
        var (whose, option, wait) = level.Scope switch
        {
            SpendScope.Day => ("The budget of this day,", "--budget-day AMOUNT", ", or go on tomorrow: planlane resume " + state.Id),
            SpendScope.Repository => ("The budget of this repository,", "--budget-repository AMOUNT", ""),
            _ => ("The budget of", "--budget AMOUNT", ""),
        };
        return new RunHalt(
            FaultKind.Budget,
            $"{whose} {level.Cap}{(level.Scope is SpendScope.Run ? "" : ",")} does not cover what the next model call may cost; {level.Spent} is spent{others}. All work is kept. {WorkLeft.Of(state)}",
            $"Go on with a higher cap: planlane resume {state.Id} {option}{wait}");
    }
}
