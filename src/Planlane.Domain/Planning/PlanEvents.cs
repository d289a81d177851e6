using Planlane.Budgets;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Planning;

/// <summary>The planner answered; recorded before the answer is used, so that it is never paid for twice.</summary>
/// <param name="Round">From 1; each try at a plan is a round.</param>
/// <param name="Text">The answer as it came.</param>
/// <param name="Stop">Why it ended.</param>
/// <param name="Call">What it used.</param>
[WireName("plan.answered")]
public sealed record PlanAnswered(int Round, string Text, Agents.AnswerStop Stop, ModelCall Call) : RunEvent
{
    /// <inheritdoc />
    internal override RunState ApplyTo(RunState state) => state with
    {
        Calls = state.Calls.Add(Call),
        PlanRounds = state.PlanRounds.Add(new PlanRound(Round, state.PlanOrder?.Words, state.PlanOrder?.FromUser ?? false, Text, [])),
    };
}

/// <summary>An answer of the planner was read and checked.</summary>
/// <param name="Round">The round of the answer.</param>
/// <param name="Plan">The plan, or null when the answer is not a plan document.</param>
/// <param name="Problems">Why it may not be run; empty when it may.</param>
/// <param name="Estimate">What it is expected to cost; null when it has problems.</param>
[WireName("plan.checked")]
public sealed record PlanChecked(int Round, Plan? Plan, ValueList<PlanProblem> Problems, PlanEstimate? Estimate) : RunEvent
{
    /// <summary>How often a plan with problems goes back to the planner.</summary>
    public const int MaxRepairs = 2;

    /// <summary>What the rules changed in the plan, and what else the user should know.</summary>
    public ValueList<PlanNote> Notes { get; init; } = [];

    /// <summary>What was found of each contract.</summary>
    public ValueList<ContractCheck> Contracts { get; init; } = [];

    /// <summary>Whether the work divides; null in journals of before it was judged by code, where the planner's word holds.</summary>
    public SuitabilityVerdict? Verdict { get; init; }

    /// <inheritdoc />
    internal override RunState ApplyTo(RunState state)
    {
        var rounds = state.PlanRounds.Replace(round => round.Number == Round, round => round with { Problems = Problems });
        if (Problems.Count == 0)
            return state with
            {
                PlanRounds = rounds,
                Plan = Plan,
                Estimate = Estimate,
                PlanNotes = Notes,
                ContractChecks = Contracts,
                Verdict = Verdict,
                PlanOrder = null,
                End = state.End ?? EndOf(state, Verdict ?? new SuitabilityVerdict(Plan!.Suitability.Orchestrate, [Plan.Suitability.Reason])),
            };

        var repairs = rounds.Reverse().TakeWhile(round => round.Problems.Count > 0).Count();
        return repairs > MaxRepairs
            ? state with { PlanRounds = rounds, PlanDraft = Plan ?? state.PlanDraft, PlanOrder = null, End = state.End ?? new RunEnd(RunOutcome.Failed, $"The plan stays invalid after {MaxRepairs} repairs: {string.Join("; ", Problems)}") }
            : state with { PlanRounds = rounds, PlanDraft = Plan ?? state.PlanDraft, PlanOrder = new PlanOrder(Round + 1, string.Join('\n', Problems)) };
    }

    private static RunEnd? EndOf(RunState state, SuitabilityVerdict verdict) => verdict.Divides
        ? state.Settings.PlanOnly ? new RunEnd(RunOutcome.Planned, "The plan is ready.") : null
        : new RunEnd(RunOutcome.Unsuitable, verdict.Reason);
}

/// <summary>A try at a plan that is to be made.</summary>
/// <param name="Round">Its number, from 1.</param>
/// <param name="Words">What is wrong with the last one, or null for the first.</param>
/// <param name="FromUser">Whether the words are the user's; else they are problems that the rules found.</param>
public sealed record PlanOrder(int Round, string? Words, bool FromUser = false);

/// <summary>A try at a plan that was made.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Words">What was said of the try before it, or null.</param>
/// <param name="FromUser">Whether the words are the user's.</param>
/// <param name="Answer">The planner's answer.</param>
/// <param name="Problems">What the rules found.</param>
public sealed record PlanRound(int Number, string? Words, bool FromUser, string Answer, ValueList<PlanProblem> Problems);
