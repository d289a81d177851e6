using System.Text.Json.Serialization;
using Planlane.Reports;

namespace Planlane.Agents;

/// <summary>How an attempt ended.</summary>
[JsonDerivedType(typeof(Completed), "completed")]
[JsonDerivedType(typeof(Incomplete), "incomplete")]
[JsonDerivedType(typeof(Blocked), "blocked")]
[JsonDerivedType(typeof(Failed), "failed")]
public abstract record AttemptOutcome
{
    private AttemptOutcome()
    {
    }

    /// <summary>The agent said that it is done, and what we checked held.</summary>
    /// <param name="Words">The agent's own words.</param>
    public sealed record Completed(AgentWords Words) : AttemptOutcome;

    /// <summary>The attempt ended without meeting its criteria.</summary>
    /// <param name="Reason">What is missing.</param>
    /// <param name="Words">The agent's own words, if it reported.</param>
    public sealed record Incomplete(string Reason, AgentWords? Words) : AttemptOutcome
    {
        /// <summary>What kind of failure it is.</summary>
        public FailureClass Failure { get; init; }

        /// <summary>What the user can do about it, or null.</summary>
        public string? Hint { get; init; }
    }

    /// <summary>The agent says that it cannot go on.</summary>
    /// <param name="Words">The agent's own words.</param>
    public sealed record Blocked(AgentWords Words) : AttemptOutcome;

    /// <summary>The model or the machine failed.</summary>
    /// <param name="Reason">What failed and why.</param>
    public sealed record Failed(string Reason) : AttemptOutcome;
}

/// <summary>What an agent says of its work; never taken as a fact.</summary>
/// <param name="Work">What it did, in a line.</param>
/// <param name="Notes">What a reviewer should know, or null.</param>
public sealed record AgentWords(string Work, string? Notes);
