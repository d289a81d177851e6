using Planlane.Approval;
using Planlane.Requests;
using Planlane.Values;

namespace Planlane.Planning;

/// <summary>How a request is divided: tasks with owners, contracts, checks.</summary>
/// <param name="Version">The version of the document's schema; <see cref="SchemaVersion"/>.</param>
/// <param name="Suitability">Whether the request should be divided at all.</param>
/// <param name="Stages">A short title for each depth of the dependency graph; missing ones are shown by number.</param>
/// <param name="Contracts">The stub files that tasks share.</param>
/// <param name="Tasks">The tasks, in the order in which they are numbered.</param>
/// <param name="Checks">The commands that must pass on the combined work.</param>
/// <param name="Covers">For each constraint and split hint of the request, the tasks that satisfy it.</param>
public sealed record Plan(
    int Version,
    Suitability Suitability,
    ValueList<string> Stages,
    ValueList<Contract> Contracts,
    ValueList<PlannedTask> Tasks,
    ValueList<PlannedCheck> Checks,
    ValueList<Coverage> Covers)
{
    /// <summary>The version of the document's schema that this program writes; it reads this and all before.</summary>
    public const int SchemaVersion = 3;

    /// <summary>What holds for all tasks and is said once, for every agent: names, test framework, rules of the code; empty when there is nothing.</summary>
    public string Conventions { get; init; } = "";

    /// <summary>The task of an id.</summary>
    /// <exception cref="KeyNotFoundException">No task has it.</exception>
    public PlannedTask this[TaskId id] => Tasks.FirstOrDefault(task => task.Id == id) ?? throw new KeyNotFoundException($"The plan has no task '{id}'.");

    /// <summary>The plan as one that may be run; the only way to make an <see cref="ApprovedPlan"/>.</summary>
    internal ApprovedPlan Approve(string by) => new(this, by);
}

/// <summary>Whether a request should be divided among agents.</summary>
/// <param name="Orchestrate">False for one file, a bug fix, an explanation, tight cohesion.</param>
/// <param name="Reason">Why, in a sentence or two that the user reads.</param>
public sealed record Suitability(bool Orchestrate, string Reason)
{
    /// <summary>What kind of work the planner takes the request for.</summary>
    public RequestKind Kind { get; init; }
}

/// <summary>A stub file that tasks share: types and signatures, no behaviour. It exists before any agent starts and belongs to no task.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Content">The whole file.</param>
public sealed record Contract(RepoPath Path, string Content);

/// <summary>A command that must pass on the combined work.</summary>
/// <param name="Name">A short name such as <c>build</c> or <c>test</c>.</param>
/// <param name="Command">A shell command, run in the root of the workspace.</param>
public sealed record PlannedCheck(string Name, string Command);

/// <summary>Which tasks satisfy one constraint or split hint of the request.</summary>
/// <param name="Item">The item in the request's words.</param>
/// <param name="Tasks">At least one task.</param>
public sealed record Coverage(string Item, ValueList<TaskId> Tasks);
