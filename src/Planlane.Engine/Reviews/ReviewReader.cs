using Planlane.Agents;
using Planlane.Commits;
using Planlane.Git;
using Planlane.Reports;
using Planlane.Requests;
using Planlane.Runs;
using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane.Reviews;

/// <summary>Reads the work of a run as it is to be reviewed. Asks no model.</summary>
/// <remarks>Thread-safe.</remarks>
/// <param name="repository">The repository.</param>
public sealed class ReviewReader(GitRepository repository) : IAsyncDisposable
{
    private readonly GitObjects _objects = new(repository);
    private readonly CodeGraphBuilder _graphs = new(repository);

    /// <summary>The review of a run whose work is combined.</summary>
    /// <exception cref="PlanlaneException">Usage: the run does not wait for a review.</exception>
    public async Task<Review> ReadAsync(RunState state, CancellationToken cancellationToken)
    {
        if (state is not { Waiting: RunWait.ReviewDecision, Work: { } work })
            throw new PlanlaneException(FaultKind.Usage, "The run does not wait for a review.");
        var (before, after) = (await GraphAsync(state.Base.Tree, cancellationToken).ConfigureAwait(false), await GraphAsync(work.Tree, cancellationToken).ConfigureAwait(false));
        var (agents, common) = (new List<ReviewAgent>(), EvidenceGap.Of(state));
        var collector = new ReportCollector(repository, new TreeWriter(_objects));
        var ground = state.BirthTree!.Value;
        if (state.Plan!.Contracts.Count > 0)
            agents.Add(Contracts(await DifferencesAsync(state.Base.Tree, ground, null, before, after, cancellationToken).ConfigureAwait(false)));
        foreach (var task in WorkOrder.Ordered(state))
        {
            // What is not complete may not fit to the rest, and cannot be chosen.
            if (!work.Included.Contains(task.Id) && !state.LeftOut.Contains(task.Id))
            {
                agents.Add(AgentOf(state, task, [], common));
                continue;
            }

            var proposed = await collector.TreeOf(ground, [task.Changes], cancellationToken).ConfigureAwait(false);
            var files = await DifferencesAsync(ground, proposed, task.Id, before, after, cancellationToken).ConfigureAwait(false);
            agents.Add(AgentOf(state, task, files, common));
            if (work.Included.Contains(task.Id))
                ground = await collector.TreeOf(ground, [ReviewedChanges.Of(state, task)], cancellationToken).ConfigureAwait(false);
        }

        return new Review(state.Id, work.Round, work.Tree, work.Passed, ReviewOrder.Of(agents));
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _objects.DisposeAsync();

    private static ReviewAgent Contracts(IEnumerable<ReviewFile> files) =>
        new(new AgentId(CommitPlan.PlannerName), null, "Shared contracts, approved with the plan", ReviewStanding.Kept, ReviewOrder.Of(files), []);

    private static ReviewAgent AgentOf(RunState state, TaskState task, IEnumerable<ReviewFile> files, EvidenceGap? common)
    {
        var last = state.LastProposals.FirstOrDefault(proposal => proposal.Task == task.Id);
        var standing = StandingOf(state, task);
        var read = files.Select(file => Looked(file with { Standing = StandingOf(state, task, standing, file), IsViewed = state.Viewed.Contains(new ViewedFile(task.Id, file.Path, file.After)) }, last));
        return new ReviewAgent(task.Agent, task.Id, task.Task.Title, standing, ReviewOrder.Of(read), RiskRules.OfEvidence(task, state.Work!, common))
        {
            ChangedSinceLastLook = last is not null && last.Changes != task.Changes,
        };
    }

    private static ReviewFile Looked(ReviewFile file, Proposal? last) => last is null
        ? file
        : last.Changes.Find(file.Path) switch
        {
            null => file with { ChangedSinceLastLook = true, LastLook = file.Before },
            var seen => file with { ChangedSinceLastLook = seen.Blob != file.After, LastLook = seen.Blob },
        };

    private static ReviewStanding StandingOf(RunState state, TaskState task) => task switch
    {
        _ when state.LeftOut.Contains(task.Id) => ReviewStanding.LeftOut,
        _ when !state.Work!.Included.Contains(task.Id) => ReviewStanding.NotPart,
        _ when ReviewedChanges.PartsOf(state, task).Any() => ReviewStanding.LeftOutInPart,
        _ => ReviewStanding.Kept,
    };

    private static ReviewStanding StandingOf(RunState state, TaskState task, ReviewStanding standing, ReviewFile file) => standing is ReviewStanding.LeftOutInPart
        ? ReviewedChanges.PartsOf(state, task).FirstOrDefault(part => part.Path == file.Path) switch
        {
            null => ReviewStanding.Kept,
            { Kept: null } => ReviewStanding.LeftOut,
            _ => ReviewStanding.LeftOutInPart,
        }
        : standing;

    private async Task<IEnumerable<ReviewFile>> DifferencesAsync(ObjectId before, ObjectId after, TaskId? task, CodeGraph old, CodeGraph now, CancellationToken cancellationToken) =>
        (await _objects.CompareAsync(before, after, cancellationToken).ConfigureAwait(false)).Select(difference => FileOf(difference, task, old, now));

    private static ReviewFile FileOf(TreeDifference difference, TaskId? task, CodeGraph old, CodeGraph now)
    {
        var file = new ReviewFile(task, difference.Path, KindOf(difference), difference.Added ?? 0, difference.Deleted ?? 0, difference.OldId, difference.NewId)
        {
            ModeBefore = difference.OldMode,
            ModeAfter = difference.NewMode,
            IsBinary = difference.Added is null,
            Hub = now.HubOf(difference.Path) ?? old.HubOf(difference.Path) ?? HubFiles.OfPath(difference.Path),
            UsedBy = now.DependantsOf(difference.Path) is { Count: > 0 } users ? users : old.DependantsOf(difference.Path),
            Surface = SurfaceChange.Between(old.Find(difference.Path)?.Signatures ?? [], now.Find(difference.Path)?.Signatures ?? []),
        };
        return file with { Risks = RiskRules.Of(file) };
    }

    private static FileChangeKind KindOf(TreeDifference difference) => difference.Status switch
    {
        'A' => FileChangeKind.Created,
        'D' => FileChangeKind.Deleted,
        _ => FileChangeKind.Changed,
    };

    private async Task<CodeGraph> GraphAsync(ObjectId tree, CancellationToken cancellationToken) =>
        (await _graphs.BuildAsync(tree, await repository.ListTreeAsync(tree, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false)).Graph;
}
