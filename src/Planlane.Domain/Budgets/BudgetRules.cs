using Planlane.Agents;
using Planlane.Runs;

namespace Planlane.Budgets;

/// <summary>Keeps a run below its budget: each agent that runs holds a reservation, so that agents cannot overrun the cap together.</summary>
public static class BudgetRules
{
    // More than most prompts have; a longer one is reserved for as it is before it is sent.
    private const int ReservedInputTokens = 30_000;
    private const int MostAnswerTokens = 32_000;

    /// <summary>What the run has cost so far.</summary>
    public static Cost Spent(RunState state) => state.Calls.Aggregate(Cost.Zero, (sum, call) => sum + call.Cost);

    /// <summary>The model that works on a task: the one that the plan names for it or the agents', or after an escalation the planner's.</summary>
    public static ModelFacts ModelOf(RunState state, TaskState task) =>
        task.Order?.Reason is AttemptReason.Escalation ? state.Settings.Planner : state.Settings.ModelOf(task.Task);

    /// <summary>The most output tokens that are asked for in one answer of a model.</summary>
    public static int AnswerTokens(ModelFacts model) => Math.Min(model.MaxOutputTokens, MostAnswerTokens);

    /// <summary>What one call of a model can cost at most, at the prices in force when the run began.</summary>
    /// <param name="state">The run.</param>
    /// <param name="model">The model.</param>
    /// <param name="inputTokens">Estimated tokens of the prompt, when it is known; it is counted half as much again, as estimates of code run low.</param>
    public static Cost MostOf(RunState state, ModelFacts model, int inputTokens = 0) => model.CostOf(
        new Usage(0, AnswerTokens(model), 0, Math.Max(ReservedInputTokens, inputTokens + (inputTokens / 2))),
        DateOnly.FromDateTime(state.StartedAt.UtcDateTime));

    /// <summary>Whether more tasks may start beside those that run: what is spent and all reservations stay within the budget.</summary>
    public static bool MayStart(RunState state, IEnumerable<TaskState> more) => state.Settings.Budget is not { } budget
        || !(state.OpenCalls.Concat(more).Aggregate(Spent(state), (sum, task) => sum + MostOf(state, ModelOf(state, task))) > budget);

    /// <summary>Whether a running agent may send a prompt: it, what is spent and the reservations of all others stay within the budget.</summary>
    /// <param name="state">The run.</param>
    /// <param name="task">The agent's task.</param>
    /// <param name="inputTokens">Estimated tokens of the prompt.</param>
    public static bool MayAsk(RunState state, TaskState task, int inputTokens) => state.Settings.Budget is not { } budget
        || !(state.OpenCalls.Where(other => other.Id != task.Id)
            .Aggregate(Spent(state) + MostOf(state, ModelOf(state, task), inputTokens), (sum, other) => sum + MostOf(state, ModelOf(state, other))) > budget);

    /// <summary>Whether the planner may be asked.</summary>
    /// <param name="state">The run.</param>
    /// <param name="inputTokens">Estimated tokens of the prompt, when it is known.</param>
    public static bool MayPlan(RunState state, int inputTokens = 0) => state.Settings.Budget is not { } budget
        || !(Spent(state) + MostOf(state, state.Settings.Planner, inputTokens) > budget);

    /// <summary>The fault of a run whose budget does not cover its next call.</summary>
    public static RunHalt Exhausted(RunState state) => new(
        FaultKind.Budget,
        $"The budget of {state.Settings.Budget} does not cover what the next model call may cost; {Spent(state)} is spent.",
        $"Go on with a higher cap: planlane resume {state.Id} --budget AMOUNT");
}
