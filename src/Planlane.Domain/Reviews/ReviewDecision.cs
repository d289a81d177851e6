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
    public sealed record Approved(ValueList<TaskId> Except) : ReviewDecision;

    /// <summary>Commit nothing, and end the run.</summary>
    public sealed record Rejected : ReviewDecision;

    /// <summary>Send words back to agents; only these work again.</summary>
    /// <param name="Comments">The words, each for one task or for all.</param>
    public sealed record ChangesRequested(ValueList<ReviewComment> Comments) : ReviewDecision;
}

/// <summary>A reviewer's words.</summary>
/// <param name="Task">The task they concern, or null for all.</param>
/// <param name="Text">The words.</param>
public sealed record ReviewComment(TaskId? Task, string Text);
