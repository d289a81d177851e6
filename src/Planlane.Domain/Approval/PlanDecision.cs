using System.Text.Json.Serialization;

namespace Planlane.Approval;

/// <summary>What a human says to a plan.</summary>
[JsonDerivedType(typeof(Approved), "approved")]
[JsonDerivedType(typeof(Rejected), "rejected")]
[JsonDerivedType(typeof(Revise), "revise")]
[JsonDerivedType(typeof(Edited), "edited")]
public abstract record PlanDecision
{
    private PlanDecision()
    {
    }

    /// <summary>Run it.</summary>
    public sealed record Approved : PlanDecision
    {
        /// <summary>The hash of the plan that was seen, which binds the yes to exactly this plan; null for a yes to whatever plan there is.</summary>
        public string? PlanHash { get; init; }
    }

    /// <summary>Do not run it, and end the run.</summary>
    public sealed record Rejected : PlanDecision;

    /// <summary>Ask the planner for another.</summary>
    /// <param name="Words">What to change.</param>
    public sealed record Revise(string Words) : PlanDecision;

    /// <summary>Take this plan in its place; it is shown again before anything runs.</summary>
    /// <param name="Plan">The plan as the user edited it, without problems.</param>
    /// <param name="Estimate">What it is expected to cost.</param>
    public sealed record Edited(Planning.Plan Plan, Planning.PlanEstimate Estimate) : PlanDecision
    {
        /// <summary>What the user should know of it beside the plan itself.</summary>
        public Values.ValueList<Planning.PlanNote> Notes { get; init; } = [];

        /// <summary>What was found of each contract.</summary>
        public Values.ValueList<Planning.ContractCheck> Contracts { get; init; } = [];

        /// <summary>Whether the work divides.</summary>
        public Planning.SuitabilityVerdict? Verdict { get; init; }
    }
}
