using System.Diagnostics;
using Planlane.Agents;
using Planlane.Planning;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Approval;

/// <summary>A human, or a rule that a human set, decided on the plan.</summary>
/// <param name="Decision">What was decided.</param>
/// <param name="By">Who: <c>user</c>, or <c>auto</c>.</param>
[WireName("plan.decided")]
public sealed record PlanDecided(PlanDecision Decision, string By) : RunEvent
{
    /// <summary>The hash of the plan that was decided on; null in journals of before it was recorded.</summary>
    public string? PlanHash { get; init; }

    /// <inheritdoc />
    internal override RunState ApplyTo(RunState state)
    {
        if (state.Waiting != RunWait.PlanDecision)
            return state;

        return Decision switch
        {
            PlanDecision.Approved => Approved(state),
            PlanDecision.Rejected => state with { End = new RunEnd(RunOutcome.Rejected, "The plan was rejected.") },
            PlanDecision.Revise revise => state with { Plan = null, PreviousPlan = state.Plan, Estimate = null, PlanOrder = new PlanOrder(state.PlanRounds.Count + 1, revise.Words, FromUser: true) },
            PlanDecision.Edited edited => state with { Plan = edited.Plan, PreviousPlan = state.Plan, Estimate = edited.Estimate, PlanNotes = edited.Notes, ContractChecks = edited.Contracts, Verdict = edited.Verdict },
            _ => throw new UnreachableException(),
        };
    }

    private RunState Approved(RunState state)
    {
        var plan = state.Plan!;
        var names = AgentNaming.Of(plan, state.Settings);
        return state with
        {
            ApprovedPlan = plan.Approve(By),
            Tasks = plan.Tasks.Select((task, index) => TaskState.Planned(task, names[index])).ToValueList(),
        };
    }
}
