using Planlane.Git;
using Planlane.Values;
using Planlane.Workspaces.Disk;
using Planlane.Workspaces.Layers;

namespace Planlane.Workspaces.Collecting;

/// <summary>Takes files of a layer into the user's object database, in the form that the repository keeps. Git never sees the layer: it is given bytes.</summary>
/// <remarks>Line ends and the like follow the attributes of the user's work tree. No hook runs, and no filter driver but git-lfs. Thread-safe.</remarks>
/// <param name="repository">The user's repository.</param>
internal sealed class StoredFiles(GitRepository repository)
{
    private ValueList<string>? _filtersOff;

    /// <summary>The file or link of a tree that lies at a path of a layer; the blob is in the object database unless it is the expected one.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="path">The path.</param>
    /// <param name="stat">What was seen there: a file or a link.</param>
    /// <param name="expected">What is most likely there.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Null for a file that is too large or cannot be read.</returns>
    public async Task<TreeFile?> TakeAsync(Layer layer, RepoPath path, EntryStat stat, TreeFile? expected, CancellationToken cancellationToken)
    {
        var mode = stat.Kind is EntryKind.Link ? FileModes.SymbolicLink : stat.IsExecutable ? FileModes.Executable : FileModes.File;
        if (await BytesAsync(layer, path, stat, cancellationToken).ConfigureAwait(false) is not { } bytes)
            return null;
        var raw = BlobIds.Of(bytes, repository.ObjectFormat);
        if (raw == expected?.Id)
            return new TreeFile(mode, raw);

        string[] form = stat.Kind is EntryKind.Link ? ["--no-filters"] : [$"--path={path}"];
        _filtersOff ??= await repository.FiltersOffAsync(cancellationToken).ConfigureAwait(false);
        var call = new GitCall(["hash-object", "-w", .. form, "--stdin"]) { Input = bytes, Settings = _filtersOff };
        return new TreeFile(mode, new ObjectId(await repository.Cli.TextAsync(call, cancellationToken).ConfigureAwait(false)));
    }

    private static async Task<byte[]?> BytesAsync(Layer layer, RepoPath path, EntryStat stat, CancellationToken cancellationToken)
    {
        if (stat.Kind is EntryKind.Link)
            return DiskFiles.TargetOf(layer.Full(path));
        if (stat.Size > CollectLimits.File)
            return null;
        try
        {
            await using var file = DiskFiles.OpenBeneath(layer.Root, path);
            var bytes = new byte[stat.Size];
            await file.ReadExactlyAsync(bytes, cancellationToken).ConfigureAwait(false);
            return bytes;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
