using Planlane.Agents;
using Planlane.Budgets;
using Planlane.Planning;
using Planlane.Scheduling;

namespace Planlane.Runs;

/// <summary>Names what is to be done next; pure, so that a resumed run decides the same.</summary>
public static class RunDecider
{
    /// <summary>The steps that are allowed now and not yet begun; empty when the run waits, stands still or has ended.</summary>
    public static IReadOnlyList<RunStep> Next(RunState state)
    {
        if (state.Sequence == 0 || state.End is not null || state.Halt is not null || state.IsPaused || state.Waiting is not RunWait.Nobody)
            return [];
        return [.. Allowed(state).Where(step => !state.Running.Contains(step.Id))];
    }

    /// <summary>Why a run in which nothing runs and nothing may start stands still; null when it does not.</summary>
    public static RunHalt? StandsStill(RunState state)
    {
        if (state.Halt is not null || state.End is not null || state.IsPaused || state.Waiting is not RunWait.Nobody || state.Running.Count > 0 || Next(state).Count > 0)
            return state.Halt;
        return BudgetRules.Exhausted(state);
    }

    private static IEnumerable<RunStep> Allowed(RunState state) => state switch
    {
        { PlanOrder: not null } when TriageRules.IsDue(state) => [new RunStep.Triage()],
        { PlanOrder: { } order } => state.PlanRounds.Any(round => round.Number == order.Round) || BudgetRules.MayPlan(state) ? [new RunStep.MakePlan(order.Round)] : [],
        { ApprovedChanges: not null } => [new RunStep.Land()],
        { BirthTree: null } => [new RunStep.Prepare()],
        _ when AllSettled(state) && state.IsRebaseDue => [new RunStep.Rebase(state.CombinedRounds + 1)],
        _ when AllSettled(state) => [new RunStep.Combine(state.CombinedRounds + 1)],
        _ => DispatchRules.Ready(state).Select(Attempt),
    };

    private static RunStep Attempt(TaskState task) => new RunStep.Attempt(task.Id, task.Order!.Attempt);

    private static bool AllSettled(RunState state)
    {
        var open = state.Tasks.Count(task => task.IsOpen);
        return open == 0 || open == DispatchRules.Stranded(state).Count(task => task.IsOpen);
    }
}
