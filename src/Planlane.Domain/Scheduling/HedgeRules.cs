using Planlane.Agents;
using Planlane.Budgets;
using Planlane.Planning;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Scheduling;

/// <summary>When an agent's call that does not end is asked a second time beside itself.</summary>
/// <remarks>
/// Of calls that take a random time, the slowest of N decides how long a run takes: with a lognormal spread of 0.4, 1.6 to 1.7 times the median for 5 to 7 agents (reference arithmetic of
/// 2026). A second call costs cents, as it reads most of its prompt from the cache.
/// </remarks>
public static class HedgeRules
{
    // Below so many answers of a run their spread says nothing; the estimates' own is assumed.
    private const int Enough = 8;

    // A shorter wait is not worth a second call.
    private const double LeastSeconds = 10;

    /// <summary>After how long a call that was sent for a task's next turn is a straggler: the time in which 95 of 100 such calls are answered.</summary>
    public static TimeSpan After(RunState state, TaskState task)
    {
        var model = BudgetRules.ModelOf(state, task);
        var seen = state.Tasks.SelectMany(other => other.Turns.Where(turn => turn.Call.Model == model.Id).Select(turn => turn.Call.Seconds / Expected(other, turn.Number, model))).ToArray();
        var factor = seen.Length >= Enough ? Spread.Of(seen).High : Math.Exp(Spread.HighDeviate * Math.Sqrt(Square(EstimateAssumptions.PlanSigma) + Square(EstimateAssumptions.TaskSigma)));
        return TimeSpan.FromSeconds(Math.Max(LeastSeconds, factor * Expected(task, task.Turns.Count + 1, model)));
    }

    /// <summary>Whether a task's next turn may be asked a second time now: once a turn, and only when the budget covers one call more than are open.</summary>
    public static bool May(RunState state, TaskId id) =>
        state.Task(id) is var task && task.HedgedTurn <= task.Turns.Count && state.Halt is null && BudgetRules.MayStart(state, [task]);

    // Nearly all of a task is written in its first turn; later ones mend.
    private static double Expected(TaskState task, int turn, ModelFacts model) =>
        model.FirstTokenSeconds + ((turn == 1 ? task.Task.Estimate.OutputTokens + EstimateAssumptions.FinishTokens : EstimateAssumptions.RepairOutputTokens) / model.TokensPerSecond);

    private static double Square(double value) => value * value;
}
