using Planlane.Agents;
using Planlane.Budgets;
using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane.Reports;

/// <summary>What came of a task: the facts that we measured and, apart, the agent's words.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="Agent">The agent.</param>
/// <param name="State">What the facts say.</param>
/// <param name="Files">Every file that differs from what the workspace was born with, with its counted lines.</param>
/// <param name="Check">The result of the task's own check, or null when it has none.</param>
/// <param name="Words">The agent's own words, or null when it did not report.</param>
/// <param name="Contradictions">Where the agent's words and the facts differ.</param>
/// <param name="Reason">Why the state is not complete, or null.</param>
/// <param name="Usage">Tokens of all its turns.</param>
/// <param name="Cost">What they cost.</param>
/// <param name="Turns">How many turns it took.</param>
public sealed record TaskReport(
    TaskId TaskId,
    AgentId Agent,
    TaskReportState State,
    ValueList<FileStat> Files,
    CheckResult? Check,
    AgentWords? Words,
    ValueList<string> Contradictions,
    string? Reason,
    Usage Usage,
    Cost Cost,
    int Turns)
{
    /// <summary>What kept it from being complete.</summary>
    public FailureClass? Failure { get; init; }

    /// <summary>What the user can do about it, or null.</summary>
    public string? Hint { get; init; }

    /// <summary>The result of compiling its C# in process, or null when it changed none.</summary>
    public CheckResult? Compiled { get; init; }

    /// <summary>The commands that the agent ran, oldest first.</summary>
    public ValueList<CommandRun> Commands { get; init; } = [];

    /// <summary>What the evidence says of each acceptance criterion.</summary>
    public ValueList<CriterionResult> Criteria { get; init; } = [];

    /// <summary>The files that the agent asked for outside its lane.</summary>
    public ValueList<FileRequest> Requests { get; init; } = [];
}

/// <summary>What the facts say of a task.</summary>
public enum TaskReportState
{
    /// <summary>What was checked holds.</summary>
    Complete,

    /// <summary>A criterion is not met.</summary>
    Incomplete,

    /// <summary>The model or the machine failed, or a check still fails after the planner's model took over.</summary>
    Failed,

    /// <summary>The agent asks for something.</summary>
    Blocked,
}

/// <summary>A changed file with its counted lines.</summary>
/// <param name="Path">The file.</param>
/// <param name="Kind">How it changed.</param>
/// <param name="Added">Lines added; 0 for a binary file.</param>
/// <param name="Deleted">Lines deleted; 0 for a binary file.</param>
public sealed record FileStat(RepoPath Path, FileChangeKind Kind, int Added, int Deleted);

/// <summary>How a file changed.</summary>
public enum FileChangeKind
{
    /// <summary>It did not exist before.</summary>
    Created,

    /// <summary>It existed before.</summary>
    Changed,

    /// <summary>It no longer exists.</summary>
    Deleted,
}
