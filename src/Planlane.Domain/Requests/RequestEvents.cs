using Planlane.Planning;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Requests;

/// <summary>A run began; always the first event of its journal.</summary>
/// <param name="Id">The run.</param>
/// <param name="Request">What was asked.</param>
/// <param name="Base">Where it starts from.</param>
/// <param name="Settings">What it may use.</param>
[WireName("run.started")]
public sealed record RunStarted(RunId Id, RunRequest Request, RunBase Base, RunSettings Settings) : RunEvent
{
    /// <summary>What the run before it learned; null when it follows none.</summary>
    public EarlierRun? Earlier { get; init; }

    /// <inheritdoc />
    internal override RunState ApplyTo(RunState state) =>
        state with { Id = Id, Request = Request, Base = Base, Settings = Settings, Earlier = Earlier, PlanOrder = new(1, null) };
}

/// <summary>A run began with a plan that was made before; nothing is asked of the planner.</summary>
/// <param name="Plan">The plan, already free of problems.</param>
/// <param name="Estimate">What it is expected to cost.</param>
[WireName("plan.given")]
public sealed record PlanGiven(Plan Plan, PlanEstimate Estimate) : RunEvent
{
    /// <summary>What the user should know of it beside the plan itself.</summary>
    public ValueList<PlanNote> Notes { get; init; } = [];

    /// <summary>What was found of each contract.</summary>
    public ValueList<ContractCheck> Contracts { get; init; } = [];

    /// <summary>Whether the work divides; null in journals of before it was judged by code.</summary>
    public SuitabilityVerdict? Verdict { get; init; }

    /// <inheritdoc />
    internal override RunState ApplyTo(RunState state) =>
        state with { Plan = Plan, Estimate = Estimate, PlanNotes = Notes, ContractChecks = Contracts, Verdict = Verdict, PlanOrder = null };
}
