using Planlane.Git;
using Planlane.Reports;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Commits;

/// <summary>Files that git-lfs keeps beside the repository. An agent writes their content; what a commit holds is the pointer that <c>git add</c> would have made of it.</summary>
/// <param name="repository">The repository; its work tree's attributes say which files these are.</param>
internal sealed class LargeFiles(GitRepository repository)
{
    private bool? _hasLfs;

    /// <summary>The changes as they are committed. Their contents are in git-lfs's own store then.</summary>
    /// <exception cref="GitException">git-lfs failed.</exception>
    /// <exception cref="PlanlaneException">The filter of one made no pointer of it.</exception>
    public async Task<IReadOnlyList<ChangeSet>> StoredAsync(IReadOnlyList<ChangeSet> changes, CancellationToken cancellationToken)
    {
        var files = changes.SelectMany(set => set.Files).Where(file => file is { Blob: not null, Mode: not FileModes.SymbolicLink }).Distinct().ToList();
        if (files.Count == 0 || !await HasLfsAsync(cancellationToken).ConfigureAwait(false))
            return changes;
        var large = await LargeAsync(files.Select(file => file.Path).Distinct(), cancellationToken).ConfigureAwait(false);
        if (large.Count == 0)
            return changes;
        var filters = await repository.FiltersOffAsync(cancellationToken).ConfigureAwait(false);
        var stored = new Dictionary<FileChange, FileChange>();
        foreach (var file in files.Where(file => large.Contains(file.Path)))
            stored[file] = file with { Blob = await StoredAsync(file, filters, cancellationToken).ConfigureAwait(false) };
        return [.. changes.Select(set => new ChangeSet(set.Files.Select(file => stored.GetValueOrDefault(file) ?? file).ToValueList()))];
    }

    // Asked once, and not for each of many commits.
    private async Task<bool> HasLfsAsync(CancellationToken cancellationToken) => _hasLfs ??=
        (await repository.Cli.RunAsync(new GitCall("config", "--get-regexp", @"^filter\.lfs\.(clean|process)$") { Accepted = [0, 1] }, cancellationToken).ConfigureAwait(false)).ExitCode == 0;

    private async Task<HashSet<RepoPath>> LargeAsync(IEnumerable<RepoPath> paths, CancellationToken cancellationToken)
    {
        var call = new GitCall("check-attr", "-z", "--stdin", "filter") { Input = GitCall.Lines(paths.Select(path => path.Value), '\0') };
        // Three words for each path: itself, the attribute, its value.
        var words = (await repository.Cli.RunAsync(call, cancellationToken).ConfigureAwait(false)).Records.ToList();
        return [.. words.Chunk(3).Where(entry => entry is [_, _, "lfs"]).Select(entry => new RepoPath(entry[0]))];
    }

    // A pointer stays as it is.
    private async Task<ObjectId> StoredAsync(FileChange file, ValueList<string> filters, CancellationToken cancellationToken)
    {
        var bytes = (await repository.Cli.RunAsync(new GitCall("cat-file", "blob", file.Blob!.Value.Value), cancellationToken).ConfigureAwait(false)).Output;
        var call = new GitCall("hash-object", "-w", $"--path={file.Path}", "--stdin") { Input = bytes, Settings = filters };
        var id = new ObjectId(await repository.Cli.TextAsync(call, cancellationToken).ConfigureAwait(false));
        var stored = id == file.Blob ? bytes : (await repository.Cli.RunAsync(new GitCall("cat-file", "blob", id.Value), cancellationToken).ConfigureAwait(false)).Output;
        return stored.Length == 0 || IsPointer(stored) ? id : throw new PlanlaneException(
            FaultKind.Failed,
            $"{file.Path} belongs to git-lfs, and its filter made no pointer of it; nothing was committed.",
            "Look at `git config --get-regexp filter.lfs`: planlane runs git-lfs by its name or a full path outside of the work tree. `git lfs install --force` sets it; then resume the run.");
    }

    // The second and third are of its first versions, and still read.
    private static bool IsPointer(ReadOnlySpan<byte> content) =>
        content.StartsWith("version https://git-lfs.github.com/spec/"u8) || content.StartsWith("version https://hawser.github.com/spec/"u8) || content.StartsWith("version http://git-media.io/v/"u8);
}
