using Planlane.Agents;
using Planlane.Planning;
using Planlane.Reviews;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Commits;

/// <summary>The commits to be made, in their order.</summary>
/// <param name="Commits">Contracts first, then one per agent in dependency order; one of all of it when the run's commits are squashed.</param>
public sealed record CommitPlan(ValueList<PlannedCommit> Commits)
{
    /// <summary>The agent name under which contracts, and squashed work, are committed.</summary>
    public const string PlannerName = "Plan";

    /// <summary>The commits of approved changes.</summary>
    /// <param name="state">The run.</param>
    /// <param name="changes">What was approved.</param>
    public static CommitPlan Of(RunState state, ApprovedChanges changes) => Of(state, changes.Plan.Plan, changes.Work);

    /// <summary>The commits that a review shows before anything is approved: the same subjects and files.</summary>
    public static CommitPlan Preview(RunState state) => Of(state, state.Plan!, state.Work!);

    private static CommitPlan Of(RunState state, Plan plan, CombinedWork work)
    {
        var each = Contracts(state, plan)
            .Concat(work.Included.Select(state.Task).Where(task => ReviewedChanges.Of(state, task).Files.Count > 0).Select(task => Commit(state, plan, task)))
            .ToValueList();
        return new CommitPlan(state.Settings.Landing.Form is LandingForm.Commits || each.Count == 0 ? each : [Squashed(state, plan, each)]);
    }

    private static IEnumerable<PlannedCommit> Contracts(RunState state, Plan plan)
    {
        // After a rebase they may be there already, and then there is nothing to commit.
        if (plan.Contracts.Count == 0 || state.BirthTree == state.Base.Tree)
            return [];
        var paths = plan.Contracts.Select(contract => contract.Path).ToValueList();
        var planner = new AgentId(PlannerName);
        return [new PlannedCommit(planner, null, SubjectOf(state, plan, "Add shared contracts", planner, paths), null, state.Settings.Planner.Id, paths)];
    }

    private static PlannedCommit Commit(RunState state, Plan plan, TaskState task)
    {
        var paths = ReviewedChanges.Of(state, task).Files.Select(file => file.Path).ToValueList();
        return new PlannedCommit(
            task.Agent,
            task.Id,
            SubjectOf(state, plan, task.Task.CommitMessage.Split('\n')[0].Trim(), task.Agent, paths),
            task.Report?.Words?.Work is { } words ? CommitText.Wrapped(words) : null,
            task.Turns[^1].Call.Model,
            paths);
    }

    // Of nobody alone, so it has no name before it.
    private static PlannedCommit Squashed(RunState state, Plan plan, ValueList<PlannedCommit> each)
    {
        var paths = each.SelectMany(commit => commit.Files).Distinct().Order().ToValueList();
        var title = state.Request.Title;
        return new PlannedCommit(
            new AgentId(PlannerName),
            null,
            state.Base.Style is CommitStyle.Conventional ? ConventionalSubject.Of(title, paths, plan.Suitability.Kind) : title,
            CommitText.Wrapped(string.Join('\n', each.Select(commit => $"* {commit.Agent}: {commit.Title}"))),
            state.Settings.Planner.Id,
            paths)
        { Parts = each };
    }

    private static string SubjectOf(RunState state, Plan plan, string title, AgentId agent, ValueList<RepoPath> paths) =>
        state.Base.Style is CommitStyle.Conventional ? ConventionalSubject.Of(title, paths, plan.Suitability.Kind) : CommitText.WithName(title, agent);
}

/// <summary>One commit to be made.</summary>
/// <param name="Agent">Whose work it is.</param>
/// <param name="Task">The task, or null for the contracts and for squashed work.</param>
/// <param name="Subject">The first line of its message.</param>
/// <param name="Body">The rest of its message, or null.</param>
/// <param name="Model">The model that assisted.</param>
/// <param name="Files">The paths that it changes.</param>
public sealed record PlannedCommit(AgentId Agent, TaskId? Task, string Subject, string? Body, ModelId Model, ValueList<RepoPath> Files)
{
    /// <summary>The commits that it takes the place of, in their order; empty when it stands for itself.</summary>
    public ValueList<PlannedCommit> Parts { get; init; } = [];

    /// <summary>The subject without the agent's name, if that stands before it.</summary>
    public string Title => CommitText.WithoutName(Subject, Agent);
}
