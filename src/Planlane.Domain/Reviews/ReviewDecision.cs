using System.Text.Json.Serialization;
using Planlane.Values;

namespace Planlane.Reviews;

/// <summary>What a human says to the work.</summary>
[JsonDerivedType(typeof(Approved), "approved")]
[JsonDerivedType(typeof(Rejected), "rejected")]
[JsonDerivedType(typeof(ChangesRequested), "changes")]
public abstract record ReviewDecision
{
    private ReviewDecision()
    {
    }

    /// <summary>Commit it.</summary>
    /// <param name="Except">Tasks whose work is left out; the rest is combined and checked again first.</param>
    public sealed record Approved(ValueList<TaskId> Except) : ReviewDecision
    {
        /// <summary>Files and hunks that are left out, or taken in again; the rest is combined and checked again first.</summary>
        public ValueList<LeftOutPart> Parts { get; init; } = [];

        /// <summary>Tasks that were left out before and are taken in again.</summary>
        public ValueList<TaskId> TakenIn { get; init; } = [];

        /// <summary>The tree that was seen, which binds the yes to exactly this work; null for a yes to whatever work there is.</summary>
        public ObjectId? Work { get; init; }
    }

    /// <summary>Commit nothing, and end the run.</summary>
    public sealed record Rejected : ReviewDecision;

    /// <summary>Send words back to agents; only these work again.</summary>
    /// <param name="Comments">The words, each for one task or for all.</param>
    public sealed record ChangesRequested(ValueList<ReviewComment> Comments) : ReviewDecision
    {
        /// <summary>Tasks whose work is left out meanwhile.</summary>
        public ValueList<TaskId> Except { get; init; } = [];

        /// <summary>Tasks that were left out before and are taken in again.</summary>
        public ValueList<TaskId> TakenIn { get; init; } = [];

        /// <summary>Files and hunks that are left out meanwhile, or taken in again. An agent that works again goes on from what is kept of its files.</summary>
        public ValueList<LeftOutPart> Parts { get; init; } = [];
    }
}
