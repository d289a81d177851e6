using Planlane.Agents;
using Planlane.Git;
using Planlane.Requests;
using Planlane.Runs;
using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane.Reports;

/// <summary>Collects what came of a task from the object database, never from the agent's word.</summary>
/// <param name="repository">The repository.</param>
/// <param name="trees">Makes the trees that are compared.</param>
public sealed class ReportCollector(GitRepository repository, TreeWriter trees)
{
    private const long MostTextBytes = 1 << 20;
    private readonly SemaphoreSlim _once = new(1);
    private (ObjectId Tree, IReadOnlyDictionary<RepoPath, TreeEntry> Files)? _birth;

    /// <summary>The report of a task whose attempt has ended.</summary>
    public async Task<TaskReport> CollectAsync(RunState state, TaskState task, CancellationToken cancellationToken)
    {
        var born = await TreeOf(state.BirthTree!.Value, WorkspaceLayers.Inherited(state, task.Id), cancellationToken).ConfigureAwait(false);
        var now = await TreeOf(born, [task.Changes], cancellationToken).ConfigureAwait(false);
        var interest = TestInterest.Of([task]);
        var named = await NamedAsync(state, task, cancellationToken).ConfigureAwait(false);
        var evidence = new Evidence(await CountAsync(born, now, cancellationToken).ConfigureAwait(false))
        {
            Commands = task.Commands.Select(command => RanOf(command, interest)).ToValueList(),
            Existing = named.Keys.ToValueList(),
            Texts = await TextsAsync(named, CriteriaRules.TextsOf(task), cancellationToken).ConfigureAwait(false),
        };
        return ReportRules.Of(task, evidence, state.Settings.Mode is RunMode.Single);
    }

    /// <summary>A tree with change sets on top, in their order.</summary>
    public async Task<ObjectId> TreeOf(ObjectId tree, IEnumerable<ChangeSet> changes, CancellationToken cancellationToken)
    {
        var all = changes.Aggregate(ChangeSet.Empty, (below, above) => below.Then(above)).Files.Select(file => new TreeChange(file.Path, file.Blob, file.Mode)).ToList();
        return all.Count == 0 ? tree : await trees.WriteTreeAsync(tree, all, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The files that differ between two trees, with their counted lines.</summary>
    public async Task<ValueList<FileStat>> CountAsync(ObjectId before, ObjectId after, CancellationToken cancellationToken) =>
        (await trees.Objects.CompareAsync(before, after, cancellationToken).ConfigureAwait(false)).Select(StatOf).ToValueList();

    // The paths that a task's criteria and claims name and that are there, with the blob of a file. Folders are there when something in them is.
    private async Task<IReadOnlyDictionary<RepoPath, ObjectId?>> NamedAsync(RunState state, TaskState task, CancellationToken cancellationToken)
    {
        var paths = CriteriaRules.PathsOf(task);
        if (paths.Count == 0)
            return new Dictionary<RepoPath, ObjectId?>();
        var birth = await BirthAsync(state.BirthTree!.Value, cancellationToken).ConfigureAwait(false);
        var layers = WorkspaceLayers.Inherited(state, task.Id).Append(task.Changes).Aggregate(ChangeSet.Empty, (below, above) => below.Then(above));
        bool Has(RepoPath path) => layers.Find(path) is { } change ? change.Blob is not null : birth.ContainsKey(path);
        bool HasBelow(string folder) => layers.Files.Any(file => file.Blob is not null && file.Path.Value.StartsWith(folder, StringComparison.Ordinal))
            || birth.Keys.Any(path => path.Value.StartsWith(folder, StringComparison.Ordinal) && Has(path));
        ObjectId? BlobOf(RepoPath path) => layers.Find(path) is { } change
            ? change.Mode is FileModes.File or FileModes.Executable ? change.Blob : null
            : birth.TryGetValue(path, out var entry) && entry is { Mode: FileModes.File or FileModes.Executable, Size: <= MostTextBytes } ? entry.Id : null;
        return paths.Where(path => Has(path) || HasBelow(path.Value.TrimEnd('/') + "/")).ToDictionary(path => path, BlobOf);
    }

    // All tasks of a run are born with the same tree, and many may report at once: it is listed once, not by a git process for each.
    private async Task<IReadOnlyDictionary<RepoPath, TreeEntry>> BirthAsync(ObjectId tree, CancellationToken cancellationToken)
    {
        await _once.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_birth is not { } known || known.Tree != tree)
                _birth = known = (tree, await repository.ListTreeAsync(tree, cancellationToken).ConfigureAwait(false));
            return known.Files;
        }
        finally
        {
            _once.Release();
        }
    }

    private async Task<ValueList<FileText>> TextsAsync(IReadOnlyDictionary<RepoPath, ObjectId?> named, ValueList<RepoPath> wanted, CancellationToken cancellationToken)
    {
        var texts = new List<FileText>();
        foreach (var path in wanted)
            if (named.GetValueOrDefault(path) is { } blob && await trees.Objects.ReadBlobAsync(blob, cancellationToken).ConfigureAwait(false) is { LongLength: <= MostTextBytes } bytes)
                texts.Add(new FileText(path, System.Text.Encoding.UTF8.GetString(bytes)));
        return texts.ToValueList();
    }

    private static Ran RanOf(CommandRun command, TestInterest interest)
    {
        var read = CheckOutput.Read(command.Output, "/", command.ExitCode, interest: interest);
        return new Ran(command.Command, command.ExitCode, read.Tests, read.Cases);
    }

    private static FileStat StatOf(TreeDifference difference) => new(
        difference.Path,
        difference.Status switch
        {
            'A' => FileChangeKind.Created,
            'D' => FileChangeKind.Deleted,
            _ => FileChangeKind.Changed,
        },
        difference.Added ?? 0,
        difference.Deleted ?? 0);
}
