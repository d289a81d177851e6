using System.Text;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Git;

/// <summary>What came of merging two trees.</summary>
/// <param name="Tree">The merged tree; where there are conflicts, with git's marks in the files.</param>
/// <param name="Conflicts">The paths at which both sides changed the same; empty for a clean merge.</param>
internal sealed record TreeMerge(ObjectId Tree, ValueList<RepoPath> Conflicts);

/// <summary>Merges trees in the object database: no work tree, no index, no ref.</summary>
/// <remarks>Merge programs of the user's configuration do not run: a file that has one is a conflict when both sides changed it.</remarks>
/// <param name="repository">The repository.</param>
internal sealed class TreeMerger(GitRepository repository)
{
    private ValueList<string>? _settings;

    /// <summary>What two trees have made of their common ancestor.</summary>
    /// <exception cref="GitException">Git is older than 2.38, or a tree is not there.</exception>
    public async Task<TreeMerge> MergeAsync(ObjectId ancestor, ObjectId ours, ObjectId theirs, CancellationToken cancellationToken)
    {
        if (ancestor == theirs || ours == theirs)
            return new TreeMerge(ours, []);
        if (ancestor == ours)
            return new TreeMerge(theirs, []);

        // The program knows a common ancestor only from history (its option for it is of git 2.40), so it is given one.
        var parent = await CommitAsync(ancestor, null, cancellationToken).ConfigureAwait(false);
        var left = await CommitAsync(ours, parent, cancellationToken).ConfigureAwait(false);
        var right = await CommitAsync(theirs, parent, cancellationToken).ConfigureAwait(false);
        _settings ??= await SettingsAsync(cancellationToken).ConfigureAwait(false);
        var call = new GitCall("merge-tree", "--write-tree", "--name-only", "--no-messages", "-z", left.Value, right.Value) { Settings = _settings, Accepted = [0, 1, 129] };
        var merged = await repository.Cli.RunAsync(call, cancellationToken).ConfigureAwait(false);
        if (merged.ExitCode == 129)
            throw new GitException(FaultKind.Usage, "This git cannot merge trees without a work tree.", "Install git 2.38 or newer.");
        return new TreeMerge(new ObjectId(merged.Records[0]), merged.Records.Skip(1).Where(path => path.Length > 0).Select(path => new RepoPath(path)).Distinct().ToValueList());
    }

    private async Task<ObjectId> CommitAsync(ObjectId tree, ObjectId? parent, CancellationToken cancellationToken)
    {
        var line = parent is { } id ? $"parent {id}\n" : "";
        var text = Encoding.UTF8.GetBytes($"tree {tree}\n{line}author planlane <> 0 +0000\ncommitter planlane <> 0 +0000\n\nmerged\n");
        return repository.IsPlain
            ? new LooseObjects(repository).Write("commit", text)
            : new(await repository.Cli.TextAsync(new GitCall("hash-object", "-t", "commit", "-w", "--stdin") { Input = text }, cancellationToken).ConfigureAwait(false));
    }

    // A folder that one side renamed takes no files of the other with it: they would leave their agent's lane.
    private async Task<ValueList<string>> SettingsAsync(CancellationToken cancellationToken)
    {
        var output = await repository.Cli.RunAsync(new GitCall("config", "-z", "--name-only", "--get-regexp", @"^merge\..*\.driver$") { Accepted = [0, 1] }, cancellationToken).ConfigureAwait(false);
        return output.Records.Where(name => name.Length > 0).Distinct().Select(name => $"{name}=false")
            .Concat(["merge.directoryRenames=false", "merge.conflictStyle=merge", "merge.renormalize=false"]).ToValueList();
    }
}
