using Planlane.Agents;
using Planlane.Planning;
using Planlane.Reviews;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Commits;

/// <summary>The commits to be made, in their order.</summary>
/// <param name="Commits">Contracts first, then one per agent in dependency order.</param>
public sealed record CommitPlan(ValueList<PlannedCommit> Commits)
{
    /// <summary>The agent name under which contracts are committed.</summary>
    public const string PlannerName = "Plan";

    /// <summary>The commits of approved changes.</summary>
    /// <param name="state">The run.</param>
    /// <param name="changes">What was approved.</param>
    public static CommitPlan Of(RunState state, ApprovedChanges changes) => Of(state, changes.Plan.Plan, changes.Work);

    /// <summary>The commits that a review shows before anything is approved: the same subjects and files.</summary>
    public static CommitPlan Preview(RunState state) => Of(state, state.Plan!, state.Work!);

    private static CommitPlan Of(RunState state, Plan plan, CombinedWork work) => new(
        Contracts(state, plan)
            .Concat(work.Included.Select(state.Task).Where(task => ReviewedChanges.Of(state, task).Files.Count > 0).Select(task => Commit(state, task)))
            .ToValueList());

    private static IEnumerable<PlannedCommit> Contracts(RunState state, Plan plan) => plan.Contracts.Count == 0
        ? []
        : [new PlannedCommit(new AgentId(PlannerName), null, $"[{PlannerName}] Add shared contracts", null, state.Settings.Planner.Id, plan.Contracts.Select(contract => contract.Path).ToValueList())];

    private static PlannedCommit Commit(RunState state, TaskState task) => new(
        task.Agent,
        task.Id,
        $"[{task.Agent}] {task.Task.CommitMessage.Split('\n')[0].Trim()}",
        task.Report?.Words?.Work,
        task.Turns[^1].Call.Model,
        ReviewedChanges.Of(state, task).Files.Select(file => file.Path).ToValueList());
}

/// <summary>One commit to be made.</summary>
/// <param name="Agent">Whose work it is.</param>
/// <param name="Task">The task, or null for the contracts.</param>
/// <param name="Subject">The first line of its message.</param>
/// <param name="Body">The rest of its message, or null.</param>
/// <param name="Model">The model that assisted.</param>
/// <param name="Files">The paths that it changes.</param>
public sealed record PlannedCommit(AgentId Agent, TaskId? Task, string Subject, string? Body, ModelId Model, ValueList<RepoPath> Files);
