using Planlane.Requests;
using Planlane.Values;

namespace Planlane.Planning;

/// <summary>What the rules say of a plan.</summary>
/// <param name="Plan">The plan, with the dependencies that the rules added.</param>
/// <param name="Problems">Why it may not be run; empty when it may.</param>
/// <param name="Notes">What the rules changed in it, and what else the user should know.</param>
/// <param name="Verdict">Whether its work should be divided.</param>
public sealed record PlanProof(Plan Plan, ValueList<PlanProblem> Problems, ValueList<PlanNote> Notes, SuitabilityVerdict Verdict)
{
    /// <summary>What was found of each contract.</summary>
    public ValueList<ContractCheck> Contracts { get; init; } = [];

    /// <summary>Whether the plan may be shown to the user and run.</summary>
    public bool Holds => Problems.Count == 0;

    /// <summary>Proves a plan, all but the text of its contracts: overlaps get an order, then the rules check it, then code judges whether it divides.</summary>
    /// <remarks>To prove the resulting plan again finds the same and adds nothing. The verdict on a plan with problems is the planner's word alone.</remarks>
    /// <param name="plan">The plan as it was made.</param>
    /// <param name="request">What it must cover.</param>
    /// <param name="settings">The limits that it must keep.</param>
    /// <param name="facts">What the repository holds.</param>
    /// <param name="isFirstTry">Whether it is the planner's first try, so that a long chain of tasks alone is a problem to mend and not yet a verdict.</param>
    public static PlanProof Of(Plan plan, RunRequest request, RunSettings settings, RepositoryFacts facts, bool isFirstTry = false)
    {
        var ordered = PlanOrdering.Of(plan, settings, facts);
        var problems = PlanRules.Check(ordered.Plan, request, settings, facts);
        if (isFirstTry && problems.Count == 0 && SuitabilityRules.ChainProblem(ordered.Plan, settings, facts) is { } chain)
            problems = problems.Add(chain with { Message = string.Join(' ', [chain.Message, .. ordered.Notes.Select(note => note.Message)]) });
        var notes = SuitabilityRules.ForcedNote(ordered.Plan, settings, facts) is { } forced ? ordered.Notes.Add(forced) : ordered.Notes;
        // What may not be run is not judged: it may be of any size, and changes anyway.
        var verdict = problems.Count == 0
            ? SuitabilityRules.Judge(ordered.Plan, settings, facts)
            : new SuitabilityVerdict(plan.Suitability.Orchestrate || settings.Mode is not RunMode.Auto, [plan.Suitability.Reason]);
        return new PlanProof(ordered.Plan, problems, notes, verdict);
    }
}

/// <summary>Something that the user should know of a plan and that is no problem, such as a dependency that was added.</summary>
/// <param name="Rule">The id of the rule that it comes from.</param>
/// <param name="Message">A sentence that the user reads.</param>
public sealed record PlanNote(string Rule, string Message)
{
    /// <inheritdoc />
    public override string ToString() => $"{Rule}: {Message}";
}

/// <summary>Whether the work of a plan should be divided among agents, as code judged it.</summary>
/// <param name="Divides">False when one agent alone is the better choice.</param>
/// <param name="Reasons">Why; at least one when it does not divide.</param>
public sealed record SuitabilityVerdict(bool Divides, ValueList<string> Reasons)
{
    /// <summary>The reasons as one text.</summary>
    public string Reason => string.Join(' ', Reasons);

    /// <summary>How many files the tasks that can run together write, each counted once.</summary>
    public int Files { get; init; }

    /// <summary>The share of the whole work that lies in the longest chain of tasks, 0 to 1; time cannot fall below it.</summary>
    public double ChainShare { get; init; }
}

/// <summary>How far a contract was checked before any agent starts.</summary>
/// <param name="Path">The contract.</param>
/// <param name="State">How far.</param>
/// <param name="Note">What could not be checked and why, or null.</param>
public sealed record ContractCheck(RepoPath Path, ContractState State, string? Note);

/// <summary>How far a contract was checked.</summary>
public enum ContractState
{
    /// <summary>Nothing on this machine can read its language.</summary>
    Unchecked,

    /// <summary>Its syntax is right; whether its names exist was not checked.</summary>
    Parsed,

    /// <summary>It was compiled together with the code that is there.</summary>
    Compiled,

    /// <summary>It is wrong; the problems say where.</summary>
    Broken,
}
