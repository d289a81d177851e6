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

    /// <summary>The report of a task whose attempt has ended.</summary>
    public async Task<TaskReport> CollectAsync(RunState state, TaskState task, CancellationToken cancellationToken)
    {
        var born = await TreeOf(state.BirthTree!.Value, WorkspaceLayers.Inherited(state, task.Id), cancellationToken).ConfigureAwait(false);
        var now = await TreeOf(born, [task.Changes], cancellationToken).ConfigureAwait(false);
        var interest = TestInterest.Of([task]);
        var named = await NamedAsync(now, CriteriaRules.PathsOf(task), cancellationToken).ConfigureAwait(false);
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

    // Those that are there, with the entry of a file. Folders are there when something in them is. Most tasks name no path that must be looked up.
    private async Task<IReadOnlyDictionary<RepoPath, TreeEntry?>> NamedAsync(ObjectId tree, ValueList<RepoPath> paths, CancellationToken cancellationToken)
    {
        if (paths.Count == 0)
            return new Dictionary<RepoPath, TreeEntry?>();
        var files = await repository.ListTreeAsync(tree, cancellationToken).ConfigureAwait(false);
        return paths.Where(path => files.ContainsKey(path) || files.Keys.Any(file => file.Value.StartsWith(path.Value.TrimEnd('/') + "/", StringComparison.Ordinal)))
            .ToDictionary(path => path, path => files.TryGetValue(path, out var entry) ? entry : null);
    }

    private async Task<ValueList<FileText>> TextsAsync(IReadOnlyDictionary<RepoPath, TreeEntry?> named, ValueList<RepoPath> wanted, CancellationToken cancellationToken)
    {
        var texts = new List<FileText>();
        foreach (var path in wanted)
            if (named.GetValueOrDefault(path) is { Mode: FileModes.File or FileModes.Executable, Size: <= MostTextBytes } entry)
                texts.Add(new FileText(path, (await repository.Cli.RunAsync(new GitCall("cat-file", "blob", entry.Id.Value), cancellationToken).ConfigureAwait(false)).Text));
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
