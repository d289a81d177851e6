using Planlane.Git;
using Planlane.Requests;
using Planlane.Values;
using Planlane.Workspaces.Disk;

namespace Planlane.Workspaces.Bases;

/// <summary>Reads what a base is to hold from the user's work tree and the object database. Nothing of either is changed.</summary>
/// <param name="repository">The repository.</param>
/// <param name="limits">How much of the ignored files is copied.</param>
internal sealed class InventoryReader(GitRepository repository, BaseLimits limits)
{
    /// <summary>Reads it.</summary>
    /// <param name="start">The base of the run.</param>
    /// <param name="include">The user's own patterns of secrets that are given.</param>
    /// <param name="index">Becomes the index of the base's tree, with what git knows of the user's files.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<BaseInventory> ReadAsync(RunBase start, ValueList<string> include, PrivateIndex index, CancellationToken cancellationToken)
    {
        var tree = await repository.ListTreeAsync(start.Tree, cancellationToken).ConfigureAwait(false);
        // Before git looks at the files: what changes after its look has another stamp when it is copied.
        var stamps = tree.Keys.ToDictionary(path => path.Value, path => FileStamp.Of(Full(path.Value)));
        var look = await TrackedLook.TakeAsync(repository, index, start.Tree, cancellationToken).ConfigureAwait(false);
        var remarks = look.Absent.Select(path => new BaseRemark(new RepoPath(path), RemarkKind.NotCheckedOut)).ToList();
        var entries = Tracked(tree, stamps, look, remarks);

        var ignored = new IgnoredFiles(repository.Root, repository.CommonDir, limits);
        var folders = tree.Where(entry => entry.Value.Mode == FileModes.Submodule).Select(entry => entry.Key.Value).ToList();
        var nested = await NestedAsync(index, cancellationToken).ConfigureAwait(false);
        var inner = await InnerAsync(folders, nested, ignored, remarks, cancellationToken).ConfigureAwait(false);
        var listed = await repository.Cli.RunAsync(Others(index, "-i"), cancellationToken).ConfigureAwait(false);
        foreach (var path in listed.Records.Where(path => path.Length > 0))
            ignored.Add(path, cancellationToken);

        var secrets = await SecretsAsync(start.Tree, include, ignored, cancellationToken).ConfigureAwait(false);
        var places = new TreePlaces(tree);
        var given = inner.Concat(ignored.Files.Where(file => !secrets.Contains(file.Key))).DistinctBy(file => file.Key).Where(file => places.AreFreeFor(file.Key));
        remarks.AddRange(ignored.Remarks.Concat(secrets.Select(path => new BaseRemark(new RepoPath(path), RemarkKind.Secret))));
        entries.AddRange(given.Select(file => new BaseEntry(file.Key, file.Value, null, IsStored: false)));
        var shared = ignored.Shared.DistinctBy(folder => folder.Path).Where(folder => places.AreFreeFor(folder.Path.Value)).OrderBy(folder => folder.Path).ToValueList();
        return new BaseInventory(
            start,
            [.. entries.OrderBy(entry => entry.Path, StringComparer.Ordinal)],
            await ShadowSettings.ReadAsync(repository, nested, cancellationToken).ConfigureAwait(false))
        {
            Folders = folders.Concat(shared.Select(folder => folder.Path.Value)).Order(StringComparer.Ordinal).ToValueList(),
            Shared = shared,
            Masked = ignored.Seen.Where(secrets.Contains).Select(path => new RepoPath(path)).Order().ToValueList(),
            Remarks = remarks.Distinct().OrderBy(remark => remark.Path).ToValueList(),
        };
    }

    private static List<BaseEntry> Tracked(IReadOnlyDictionary<RepoPath, TreeEntry> tree, Dictionary<string, FileStamp> stamps, TrackedLook look, List<BaseRemark> remarks)
    {
        var entries = new List<BaseEntry>(tree.Count);
        foreach (var (path, entry) in tree.Where(entry => entry.Value.Mode != FileModes.Submodule && !look.Absent.Contains(entry.Key.Value)))
        {
            var isLink = entry.Mode == FileModes.SymbolicLink;
            var stamp = stamps[path.Value];
            if (path.Value.Contains('\uFFFD', StringComparison.Ordinal))
                remarks.Add(new BaseRemark(path, RemarkKind.Unreadable));
            else if (look.Changed.Contains(path.Value) || stamp.Kind != (isLink ? EntryKind.Link : EntryKind.File))
                entries.Add(new BaseEntry(path.Value, new FileStamp(isLink ? EntryKind.Link : EntryKind.File, entry.Mode == FileModes.Executable ? 0b111_101_101 : 0b110_100_100, 0, 0), entry.Id, IsStored: true));
            else
                entries.Add(new BaseEntry(path.Value, stamp, entry.Id, IsStored: false));
        }

        return entries;
    }

    private async Task<Dictionary<string, FileStamp>> InnerAsync(List<string> submodules, IReadOnlyList<string> nested, IgnoredFiles ignored, List<BaseRemark> remarks, CancellationToken cancellationToken)
    {
        var files = new Dictionary<string, FileStamp>();
        foreach (var path in submodules.Concat(nested))
        {
            var kind = InnerRepositories.IsLinkedTo(repository.CommonDir, Full(path)) ? RemarkKind.OtherWorkTree
                : InnerRepositories.IsAt(Full(path)) ? RemarkKind.InnerRepository : RemarkKind.EmptySubmodule;
            remarks.Add(new BaseRemark(new RepoPath(path), kind));
            if (kind != RemarkKind.InnerRepository)
                continue;
            foreach (var (file, stamp) in await InnerRepositories.ReadAsync(repository.Root, path, ignored, cancellationToken).ConfigureAwait(false))
                files[file] = stamp;
        }

        return files;
    }

    // A repository that lies in the work tree and is neither ignored nor a submodule.
    private async Task<IReadOnlyList<string>> NestedAsync(PrivateIndex index, CancellationToken cancellationToken)
    {
        var listed = await repository.Cli.RunAsync(Others(index), cancellationToken).ConfigureAwait(false);
        return [.. listed.Records.Where(path => path.EndsWith('/')).Select(path => path.TrimEnd('/')).Where(path => InnerRepositories.IsAt(Full(path)))];
    }

    private async Task<HashSet<string>> SecretsAsync(ObjectId tree, ValueList<string> include, IgnoredFiles ignored, CancellationToken cancellationToken)
    {
        var listed = await repository.Cli.RunAsync(new GitCall("cat-file", "blob", $"{tree}:{SecretFiles.IncludeFile}") { Accepted = [0, 128] }, cancellationToken).ConfigureAwait(false);
        var named = listed.ExitCode == 0 ? listed.Text.Split('\n').Select(line => line.TrimEnd('\r')) : [];
        var secrets = await PatternMatch.PickAsync(repository, SecretFiles.Patterns, [.. ignored.Files.Keys, .. ignored.Seen], cancellationToken).ConfigureAwait(false);
        secrets.ExceptWith(await PatternMatch.PickAsync(repository, named.Concat(include), secrets, cancellationToken).ConfigureAwait(false));
        return secrets;
    }

    private static GitCall Others(PrivateIndex index, params string[] options) =>
        new(["ls-files", "-z", "-o", .. options, "--exclude-standard", "--directory"]) { IndexFile = index.Path };

    private string Full(string path) => Path.Combine(repository.Root, path);
}
