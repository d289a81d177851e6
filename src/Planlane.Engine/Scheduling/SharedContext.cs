using Planlane.Agents;
using Planlane.Budgets;
using Planlane.Git;
using Planlane.Planning;
using Planlane.Reports;
using Planlane.Requests;
using Planlane.Runs;
using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane.Scheduling;

/// <summary>What all agents of a run share: the tree that they are born with and the prefix of their prompts. The same text for every agent and after every resume.</summary>
/// <param name="repository">The repository.</param>
/// <param name="objects">Its object database.</param>
/// <param name="survey">Reads instruction files.</param>
public sealed class SharedContext(GitRepository repository, GitObjects objects, RepositorySurvey survey) : IDisposable
{
    private readonly SemaphoreSlim _once = new(1);
    private Content? _content;
    private ObjectId? _tree;

    /// <summary>Makes the birth tree, and tells what the scheduler needs to know.</summary>
    public async Task PrepareAsync(RunInbox inbox, CancellationToken cancellationToken)
    {
        var state = inbox.State;
        var contracts = new List<TreeChange>();
        foreach (var contract in state.Plan!.Contracts)
        {
            var text = contract.Content.EndsWith('\n') ? contract.Content : contract.Content + "\n";
            contracts.Add(new TreeChange(contract.Path, await objects.WriteBlobAsync(System.Text.Encoding.UTF8.GetBytes(text), cancellationToken).ConfigureAwait(false), FileModes.File));
        }

        var tree = await new TreeWriter(objects).WriteTreeAsync(state.Base.Tree, contracts, cancellationToken).ConfigureAwait(false);
        // Keeps git from collecting what only the journal names.
        await repository.SetRefAsync(GitRepository.PrivateRef(state.Id, "birth"), tree, cancellationToken).ConfigureAwait(false);
        var content = await ReadAsync(state, tree, cancellationToken).ConfigureAwait(false);
        var existing = state.Tasks.SelectMany(task => task.Task.Owns.Named).Where(content.Birth.ContainsKey).Distinct().ToValueList();
        await inbox.PostAsync(new AgentsPrepared(tree, AgentPrompt.PrefixTokensOf(content.Shared), existing) { PauseSeconds = RenewalRules.LongestPause(state.Plan!, state.Settings) }).ConfigureAwait(false);
    }

    /// <summary>The workspace of a task, as the run's state tells it.</summary>
    public async Task<Workspace> WorkspaceAsync(RunState state, TaskId id, CancellationToken cancellationToken)
    {
        var content = await ReadAsync(state, state.BirthTree!.Value, cancellationToken).ConfigureAwait(false);
        var task = state.Task(id);
        var born = Born(state, task, content);
        // What the first message shows: the agent has seen it.
        var shared = content.Common.Concat(state.Plan!.Contracts.Select(contract => contract.Path)).Where(content.Birth.ContainsKey).Select(path => (path, content.Birth[path].Id));
        var own = Wanted(state, task, born, content).Select(born.Find).OfType<FileChange>().Select(file => (file.Path, file.Blob!.Value));
        var (handed, read, changed) = HandoverRules.IsAfresh(task, state.Settings) ? Handed(state, task, content) : (born, [], []);
        var afresh = read.Concat(changed).Select(handed.Find).OfType<FileChange>().Select(file => (file.Path, file.Blob!.Value));
        return Workspace.Of(state, id, content.Birth, content.Names, objects, afresh.Concat(shared).Concat(own).DistinctBy(file => file.Item1).ToDictionary());
    }

    /// <summary>The shared part of every agent's prompt.</summary>
    public async Task<string> TextAsync(RunState state, CancellationToken cancellationToken) =>
        (await ReadAsync(state, state.BirthTree!.Value, cancellationToken).ConfigureAwait(false)).Shared;

    /// <summary>A task's own brief, with the files that it reads or owns and that the shared part does not hold.</summary>
    public async Task<string> BriefAsync(RunState state, TaskState task, CancellationToken cancellationToken)
    {
        var content = await ReadAsync(state, state.BirthTree!.Value, cancellationToken).ConfigureAwait(false);
        var born = Born(state, task, content);
        var files = await TextsAsync(born, Wanted(state, task, born, content), cancellationToken).ConfigureAwait(false);
        return AgentPrompt.Brief(task, files, content.HasBriefs, content.HasBriefs ? [] : BriefReferences.Of(state.Plan!, task.Task));
    }

    /// <summary>What the planner's model is given when it takes a task over; the same in all turns of that attempt.</summary>
    public async Task<string> HandoverAsync(RunState state, TaskState task, CancellationToken cancellationToken)
    {
        var content = await ReadAsync(state, state.BirthTree!.Value, cancellationToken).ConfigureAwait(false);
        var (handed, read, changed) = Handed(state, task, content);
        return AgentPrompt.Handover(
            state.Request,
            state.Plan!,
            content.Instructions,
            task,
            await TextsAsync(handed, read, cancellationToken).ConfigureAwait(false),
            await TextsAsync(handed, changed, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>The files that several tasks of a plan read, which all agents therefore share; contracts are shared anyway.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="exists">Whether a file is there when the agents are born.</param>
    public static List<RepoPath> CommonReads(Plan plan, Func<RepoPath, bool> exists) =>
        plan.Tasks.SelectMany(task => task.Reads.Distinct()).GroupBy(path => path).Where(group => group.Count() > 1 && exists(group.Key))
            .Select(group => group.Key).Where(path => plan.Contracts.All(contract => contract.Path != path)).Order().ToList();

    /// <summary>The files that the shared prefix may be filled up with, in no order: neither tiny nor long, in nobody's lane, and no contract, which the prefix holds already.</summary>
    public static IEnumerable<RepoPath> Fillers(Plan plan, IReadOnlyDictionary<RepoPath, TreeEntry> files) =>
        files.Where(file => file.Value.Size is > 200 and < 12_000).Select(file => file.Key)
            .Where(path => !RepositorySurvey.InstructionFiles.Contains(path.Name) && plan.Tasks.All(task => !task.Owns.Includes(path)) && plan.Contracts.All(contract => contract.Path != path));

    /// <inheritdoc />
    public void Dispose() => _once.Dispose();

    // As it was when the task was born, so that the conversation's first message never changes, whatever the tasks below have changed since.
    private Workspace Born(RunState state, TaskState task, Content content) => Workspace.Born(state.Id, task, content.Birth, content.Names, objects);

    // The workspace as it was handed over, and of it the files that the opening shows.
    private (Workspace Files, IEnumerable<RepoPath> Read, IEnumerable<RepoPath> Changed) Handed(RunState state, TaskState task, Content content)
    {
        var handed = Workspace.Handed(state.Id, task, content.Birth, content.Names, objects);
        var changed = task.Handed!.Files.Select(file => file.Path).ToHashSet();
        var read = task.Task.Reads.Concat(handed.FilesIn(task.HandedLane ?? task.Lane)).Distinct().Where(path => !changed.Contains(path) && state.Plan!.Contracts.All(contract => contract.Path != path));
        return (handed, read, changed.Order());
    }

    // One agent alone owns the whole repository, which is more than a message can hold: it reads what it needs.
    private static IEnumerable<RepoPath> Wanted(RunState state, TaskState task, Workspace born, Content content) =>
        task.Task.Reads.Concat(state.Settings.Mode is RunMode.Single ? [] : born.FilesIn(task.Task.Owns)).Distinct()
            .Where(path => !content.Common.Contains(path) && state.Plan!.Contracts.All(contract => contract.Path != path));

    private async Task<Content> ReadAsync(RunState state, ObjectId tree, CancellationToken cancellationToken)
    {
        await _once.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // A rebase puts the work on another tree, and files are read from that one then.
            if (_content is null || _tree != tree)
                (_content, _tree) = (await MakeAsync(state, tree, cancellationToken).ConfigureAwait(false), tree);
            return _content;
        }
        finally
        {
            _once.Release();
        }
    }

    private async Task<Content> MakeAsync(RunState state, ObjectId tree, CancellationToken cancellationToken)
    {
        var birth = await repository.ListTreeAsync(tree, cancellationToken).ConfigureAwait(false);
        var names = new TreeNames(birth.Keys);
        var workspace = Workspace.Of(state, state.Tasks[0].Id, birth, names, objects);
        var instructions = await survey.InstructionsAsync(birth, cancellationToken).ConfigureAwait(false);
        var files = RepositorySurvey.ListOf(birth.Keys);
        var common = CommonReads(state.Plan!, birth.ContainsKey);
        var texts = await TextsAsync(workspace, common, cancellationToken).ConfigureAwait(false);
        string Text(IEnumerable<(RepoPath Path, string Text)> more, bool withBriefs) => AgentPrompt.Shared(state.Request, state.Plan!, instructions, files, texts.Concat(more), withBriefs);
        var shares = AgentPrompt.SharesBriefs(state.Plan!, AgentPrompt.PrefixTokensOf(Text([], withBriefs: false)));
        var plain = new Content(birth, names, Text([], shares), [.. common], shares, instructions);

        // A prefix below the cache's minimum is paid in full by every agent; what may be of use to them fills it up where that pays. Each model has a cache of its own, so what counts is
        // the model that most agents use.
        var most = state.Tasks.GroupBy(task => state.Settings.ModelOf(task.Task)).MaxBy(group => group.Count())!;
        var (minimum, tokens) = (most.Key.CacheMinimumTokens, AgentPrompt.PrefixTokensOf(plain.Shared));
        if (!PrefixRules.PaysToFill(tokens, minimum, most.Count()))
            return plain;
        var padding = await FillersAsync(state, workspace, birth, common, PrefixRules.FillTarget(minimum) - tokens, cancellationToken).ConfigureAwait(false);
        var filled = Text(padding, shares);
        // Where the repository has too little to offer, the agents are told what their siblings do, however much it is.
        if (AgentPrompt.PrefixTokensOf(filled) < minimum)
            filled = Text(padding, shares = true);
        return AgentPrompt.PrefixTokensOf(filled) < minimum ? plain : new Content(birth, names, filled, [.. common, .. padding.Select(item => item.Path)], shares, instructions);
    }

    private static async Task<IReadOnlyList<(RepoPath Path, string Text)>> FillersAsync(
        RunState state, Workspace workspace, IReadOnlyDictionary<RepoPath, TreeEntry> birth, List<RepoPath> common, double tokens, CancellationToken cancellationToken)
    {
        var padding = new List<(RepoPath, string)>();
        foreach (var path in Relevance.Order(Fillers(state.Plan!, birth).Where(path => !common.Contains(path)), state.Request))
        {
            if (tokens <= 0)
                break;
            if (await workspace.ReadAsync(path, cancellationToken).ConfigureAwait(false) is not { } text)
                continue;
            padding.Add((path, text));
            tokens -= TokenCount.Of(text);
        }

        return padding;
    }

    private static async Task<IReadOnlyList<(RepoPath Path, string Text)>> TextsAsync(Workspace workspace, IEnumerable<RepoPath> paths, CancellationToken cancellationToken)
    {
        var texts = new List<(RepoPath, string)>();
        foreach (var path in paths)
            if (await workspace.ReadAsync(path, cancellationToken).ConfigureAwait(false) is { } text)
                texts.Add((path, text));
        return texts;
    }

    private sealed record Content(IReadOnlyDictionary<RepoPath, TreeEntry> Birth, TreeNames Names, string Shared, HashSet<RepoPath> Common, bool HasBriefs, string Instructions);
}
