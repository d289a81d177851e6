using Planlane.Values;

namespace Planlane.Reviews;

/// <summary>The work of a run as a human reviews it: what is proposed, in the order in which it deserves a look, each with what makes it risky.</summary>
/// <param name="Run">The run.</param>
/// <param name="Round">The combination that was checked.</param>
/// <param name="Work">The tree that was checked and would be committed; a yes is bound to it.</param>
/// <param name="Passed">Whether all checks passed on it.</param>
/// <param name="Agents">Contracts first, then the agents, the riskiest first.</param>
public sealed record Review(RunId Run, int Round, ObjectId Work, bool Passed, ValueList<ReviewAgent> Agents)
{
    /// <summary>Every file, contracts first, then the riskiest agent's.</summary>
    public IEnumerable<ReviewFile> AllFiles => Agents.SelectMany(agent => agent.Files);

    /// <summary>The agent of a task, or null when the review holds none.</summary>
    public ReviewAgent? Find(TaskId task) => Agents.FirstOrDefault(agent => agent.Task == task);
}

/// <summary>One agent's part of a review.</summary>
/// <param name="Agent">The agent; the planner's name for contracts.</param>
/// <param name="Task">Its task, or null for the contracts, which were approved with the plan.</param>
/// <param name="Title">What it was to do.</param>
/// <param name="Standing">Whether its work is part of what would be committed.</param>
/// <param name="Files">Its files, the riskiest first.</param>
/// <param name="Risks">What is missing in its evidence.</param>
public sealed record ReviewAgent(AgentId Agent, TaskId? Task, string Title, ReviewStanding Standing, ValueList<ReviewFile> Files, ValueList<Risk> Risks)
{
    /// <summary>Whether the reviewer has seen another proposal of it before.</summary>
    public bool ChangedSinceLastLook { get; init; }
}

/// <summary>Whether a part of the work would be committed.</summary>
public enum ReviewStanding
{
    /// <summary>It would be.</summary>
    Kept,

    /// <summary>The reviewer left out some of it.</summary>
    LeftOutInPart,

    /// <summary>The reviewer left it out.</summary>
    LeftOut,

    /// <summary>The task was not completed, or builds on one that is not part of the work.</summary>
    NotPart,
}
