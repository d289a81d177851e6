using Planlane.Git;
using Planlane.Values;
using Planlane.Workspaces.Disk;

namespace Planlane.Workspaces.Collecting;

/// <summary>Files of a tree in the form of a work tree, made in a folder of our own before they are moved to where commands see them.</summary>
/// <remarks>Line ends, modes, links and large-file pointers come out as a checkout makes them, by the attributes of the tree itself. The index is ours alone; no hook and no filter driver but git-lfs runs.</remarks>
/// <param name="repository">The user's repository.</param>
/// <param name="folder">Where the files are made; nobody else writes there.</param>
internal sealed class StagedFiles(GitRepository repository, string folder)
{
    /// <summary>Where a file lies once it is made.</summary>
    public string this[RepoPath path] => Path.Combine(folder, "files", path.Value);

    /// <summary>A path in the folder at which nothing lies.</summary>
    public string Spare => Path.Combine(folder, "spare");

    /// <summary>Makes files; what was there before is removed.</summary>
    /// <param name="files">The files.</param>
    /// <param name="tree">The tree whose attributes count.</param>
    /// <param name="cancellationToken">Kills git.</param>
    public async Task MakeAsync(IReadOnlyCollection<KeyValuePair<RepoPath, TreeFile>> files, TreeView tree, CancellationToken cancellationToken)
    {
        Clear();
        Directory.CreateDirectory(Path.Combine(folder, "files"));
        if (files.Count == 0)
            return;
        var attributes = tree.Attributes.Select(path => KeyValuePair.Create(path, tree.Find(path)!.Value));
        var lines = files.Concat(attributes).DistinctBy(file => file.Key).Select(file => $"{file.Value.Mode} {file.Value.Id}\t{file.Key}");
        var settings = (await repository.FiltersOffAsync(cancellationToken).ConfigureAwait(false)).AddRange(["core.sparseCheckout=false"]);
        await RunAsync(new GitCall("update-index", "-z", "--index-info") { Input = GitCall.Lines(lines, '\0'), Settings = settings }, cancellationToken).ConfigureAwait(false);
        await RunAsync(new GitCall("checkout-index", "-a", "-f") { Settings = settings }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes what was not moved away.</summary>
    public void Clear() => DiskFiles.Remove(folder);

    private Task RunAsync(GitCall call, CancellationToken cancellationToken) =>
        repository.Cli.RunAsync(call with { IndexFile = Path.Combine(folder, "index"), WorkTree = Path.Combine(folder, "files") }, cancellationToken);
}
