using Planlane.Agents;
using Planlane.Budgets;
using Planlane.Git;
using Planlane.Requests;
using Planlane.Scheduling;
using Planlane.Values;

namespace Planlane.Planning;

/// <summary>Estimates plans: measures the prompts that their agents will have, and takes what earlier runs taught.</summary>
/// <param name="repository">The repository.</param>
/// <param name="survey">Reads instruction files.</param>
/// <param name="history">What became of earlier estimates.</param>
/// <param name="time">Tells the day whose prices hold.</param>
public sealed class Estimator(GitRepository repository, RepositorySurvey survey, EstimateHistory history, TimeProvider time)
{
    // Always the same, so that two plans differ by what they are and not by chance, and the same plan is estimated the same.
    private const int Seed = 1;

    /// <summary>What a plan is expected to cost.</summary>
    /// <param name="plan">A plan without problems.</param>
    /// <param name="request">What was asked.</param>
    /// <param name="settings">The models and slots.</param>
    /// <param name="tree">The base tree.</param>
    /// <param name="calls">The calls of the run so far.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<PlanEstimate> EstimateAsync(Plan plan, RunRequest request, RunSettings settings, ObjectId tree, IEnumerable<ModelCall> calls, CancellationToken cancellationToken)
    {
        var files = await repository.ListTreeAsync(tree, cancellationToken).ConfigureAwait(false);
        var instructions = await survey.InstructionsAsync(files, cancellationToken).ConfigureAwait(false);
        return PlanEstimate.Of(new EstimateInput(
            plan,
            settings,
            DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime),
            SizesOf(plan, request, instructions, files),
            PlanningSpent.Of(calls),
            await history.ExperienceAsync(settings, cancellationToken).ConfigureAwait(false),
            Seed));
    }

    /// <summary>What a request is expected to cost before it is planned.</summary>
    /// <param name="request">A request without problems.</param>
    /// <param name="settings">The models and slots.</param>
    /// <param name="map">The repository as the planner would be shown it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<RequestEstimate> EstimateAsync(RunRequest request, RunSettings settings, RepositoryMap map, CancellationToken cancellationToken) => RequestEstimate.Of(
        request,
        settings,
        TokenCount.Of(Prompts.Read("Planning/Planner.md")) + map.Tokens,
        await history.ExperienceAsync(settings, cancellationToken).ConfigureAwait(false),
        DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime));

    private static PromptSizes SizesOf(Plan plan, RunRequest request, string instructions, IReadOnlyDictionary<RepoPath, TreeEntry> files)
    {
        var contracts = plan.Contracts.Select(contract => contract.Path).ToHashSet();
        var common = SharedContext.CommonReads(plan, files.ContainsKey);
        var list = RepositorySurvey.ListOf(files.Keys.Union(contracts));
        int Shared(bool withBriefs) => AgentPrompt.PrefixTokensOf(AgentPrompt.Shared(request, plan, instructions, list, [], withBriefs)) + common.Sum(path => TokensOf(files[path]));
        var hasBriefs = AgentPrompt.SharesBriefs(plan, Shared(withBriefs: false));
        // Contracts are files of the tree that agents are born with, so they fill the prefix up as others do.
        var filler = SharedContext.Fillers(plan, files).Where(path => !common.Contains(path) && !contracts.Contains(path)).Sum(path => TokensOf(files[path]))
            + plan.Contracts.Sum(contract => TokenCount.Of(contract.Content));
        return new PromptSizes(Shared(hasBriefs), filler, plan.Tasks.Select(task => new OwnPrompt(task.Id, OwnTokens(plan, task, files, [.. contracts, .. common], hasBriefs))).ToValueList());
    }

    private static int OwnTokens(Plan plan, PlannedTask task, IReadOnlyDictionary<RepoPath, TreeEntry> files, HashSet<RepoPath> shared, bool hasBriefs)
    {
        var brief = TokenCount.Of(AgentPrompt.Brief(TaskState.Planned(task, new AgentId(task.Id.Value)), [], hasBriefs, hasBriefs ? [] : BriefReferences.Of(plan, task)));
        var read = task.Reads.Concat(files.Keys.Where(task.Owns.Includes)).Distinct().Where(path => !shared.Contains(path));
        return brief + read.Sum(path => files.TryGetValue(path, out var file) ? TokensOf(file) : TokensToCome(plan, path));
    }

    // A file that another task will write, which this one reads: its share of what that task writes.
    private static int TokensToCome(Plan plan, RepoPath path) => plan.Tasks.FirstOrDefault(other => other.Owns.Named.Contains(path)) is { } writer
        ? writer.Estimate.OutputTokens / Math.Max(1, writer.Owns.Paths.Count)
        : 0;

    private static int TokensOf(TreeEntry file) => TokenCount.OfBytes(file.Size ?? 0);
}
