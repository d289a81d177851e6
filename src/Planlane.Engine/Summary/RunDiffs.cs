using Planlane.Agents;
using Planlane.Commits;
using Planlane.Git;
using Planlane.Reports;
using Planlane.Reviews;
using Planlane.Runs;
using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane.Summary;

/// <summary>Reads what the agents of a run changed from the object database: what was landed from its commits, all else from what the agents proposed.</summary>
/// <param name="repository">The repository.</param>
public sealed class RunDiffs(GitRepository repository)
{
    // A reader looks at some hundred lines of a file; a generated file of a million would make a page that no browser opens.
    private const int MostLines = 500;
    private const int MostLinesInAll = 20_000;

    private static readonly string[] Options = ["-p", "-r", "--root", "--no-commit-id", "--no-renames", "--no-ext-diff", "--no-textconv", "--no-color", "--src-prefix=a/", "--dst-prefix=b/"];

    /// <summary>The changes of every agent that changed something, contracts first, then in the plan's order. Large ones are cut.</summary>
    public async Task<ValueList<AgentDiff>> ReadAsync(RunState state, CancellationToken cancellationToken)
    {
        await using var objects = new GitObjects(repository);
        var collector = new ReportCollector(repository, new TreeWriter(objects));
        var landed = (state.Settings.Landing.Form is LandingForm.Commits ? state.Receipt?.Commits ?? [] : []).GroupBy(commit => commit.Agent).Where(group => group.Count() == 1).ToDictionary(group => group.Key, group => group.First().Id);
        var planner = new AgentId(CommitPlan.PlannerName);
        var diffs = new List<AgentDiff>();
        if (landed.TryGetValue(planner, out var contracts))
            diffs.Add(await ReadAsync(planner, contracts, [contracts.Value], cancellationToken).ConfigureAwait(false));
        foreach (var task in state.Tasks)
            if (landed.TryGetValue(task.Agent, out var commit))
                diffs.Add(await ReadAsync(task.Agent, commit, [commit.Value], cancellationToken).ConfigureAwait(false));
            else if (ReviewedChanges.Of(state, task).Files.Count > 0 && state.BirthTree is { } birth)
                diffs.Add(await ProposedAsync(collector, state, task, birth, cancellationToken).ConfigureAwait(false));
        return Cut(diffs);
    }

    private async Task<AgentDiff> ProposedAsync(ReportCollector collector, RunState state, TaskState task, ObjectId birth, CancellationToken cancellationToken)
    {
        try
        {
            var born = await collector.TreeOf(birth, WorkspaceLayers.Inherited(state, task.Id), cancellationToken).ConfigureAwait(false);
            var now = await collector.TreeOf(born, [ReviewedChanges.Of(state, task)], cancellationToken).ConfigureAwait(false);
            return await ReadAsync(task.Agent, null, [born.Value, now.Value], cancellationToken).ConfigureAwait(false);
        }
        catch (PlanlaneException exception)
        {
            return new AgentDiff(task.Agent, null, []) { Missing = exception.Message };
        }
    }

    private async Task<AgentDiff> ReadAsync(AgentId agent, ObjectId? commit, string[] trees, CancellationToken cancellationToken)
    {
        try
        {
            var text = await repository.Cli.TextAsync(new GitCall(["diff-tree", .. Options, .. trees]), cancellationToken).ConfigureAwait(false);
            return new AgentDiff(agent, commit, FileDiff.Read(text, MostLines));
        }
        catch (GitException exception)
        {
            return new AgentDiff(agent, commit, []) { Missing = exception.Message };
        }
    }

    private static ValueList<AgentDiff> Cut(List<AgentDiff> diffs)
    {
        var room = MostLinesInAll;
        return diffs.Select(diff => diff with
        {
            Files = diff.Files.Select(file =>
            {
                var kept = Math.Min(file.Lines.Count, Math.Max(0, room));
                room -= kept;
                return kept == file.Lines.Count ? file : file with { Lines = file.Lines.Take(kept).ToValueList(), LeftOut = file.LeftOut + file.Lines.Count - kept };
            }).ToValueList(),
        }).ToValueList();
    }
}
