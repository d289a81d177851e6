using Planlane.Values;
using Planlane.Workspaces.Disk;

namespace Planlane.Workspaces.Bases;

/// <summary>Gathers the ignored files that are copied and the folders that are shared. Not thread-safe.</summary>
/// <param name="root">The root of the user's work tree.</param>
/// <param name="commonDir">The folder of the repository that the work tree belongs to.</param>
/// <param name="limits">How much is copied.</param>
internal sealed class IgnoredFiles(string root, string commonDir, BaseLimits limits)
{
    /// <summary>The files and links to copy, by path.</summary>
    public Dictionary<string, FileStamp> Files { get; } = [];

    /// <summary>The folders to share.</summary>
    public List<SharedFolder> Shared { get; } = [];

    /// <summary>The files below shared folders that were too large to copy, and those that lie right in a folder of dependencies. What lies deeper in one came with a package, and is looked through by nobody.</summary>
    public List<string> Seen { get; } = [];

    /// <summary>What is left out or shared, and why.</summary>
    public List<BaseRemark> Remarks { get; } = [];

    /// <summary>Adds what git lists: a file, or a folder with a slash at its end.</summary>
    public void Add(string listed, CancellationToken cancellationToken)
    {
        var path = listed.TrimEnd('/');
        var stamp = FileStamp.Of(Full(path));
        if (IsSharedLink(path, stamp) || stamp.Kind == EntryKind.Folder)
            AddFolder(path, stamp, cancellationToken);
        else if (stamp.Kind == EntryKind.File && stamp.Size > limits.MostFileBytes)
            Remark(path, RemarkKind.TooLarge);
        else if (stamp.Kind is EntryKind.File or EntryKind.Link)
            Files[path] = stamp;
    }

    private void AddFolder(string path, FileStamp stamp, CancellationToken cancellationToken)
    {
        if (TryShare(path, stamp, Shared) || IsOtherWorkTree(path))
            return;

        var walk = new Walk();
        Look(path, walk, cancellationToken);
        if (walk.Names > limits.MostNames)
            Remark(path, RemarkKind.TooLarge);
        else if (walk.Files.Count > limits.MostFiles || walk.Bytes > limits.MostBytes)
        {
            Shared.Add(new SharedFolder(new RepoPath(path), Full(path)));
            Seen.AddRange(walk.Files.Keys);
            Remark(path, RemarkKind.Shared);
        }
        else
        {
            Shared.AddRange(walk.Shared);
            foreach (var (file, found) in walk.Files)
                Files[file] = found;
        }
    }

    private void Look(string path, Walk walk, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var name in NamesIn(path).TakeWhile(_ => walk.Names <= limits.MostNames))
        {
            // A repository inside is given as plain files.
            if (name == ".git")
                continue;
            walk.Names++;
            var below = $"{path}/{name}";
            var stamp = FileStamp.Of(Full(below));
            if (IsSharedLink(below, stamp) || stamp.Kind == EntryKind.Folder)
            {
                if (!TryShare(below, stamp, walk.Shared) && !IsOtherWorkTree(below))
                    Look(below, walk, cancellationToken);
            }
            else if (name.Contains('\uFFFD', StringComparison.Ordinal))
                Remark(below, RemarkKind.Unreadable);
            else if (stamp.Kind is EntryKind.File or EntryKind.Link)
            {
                walk.Files[below] = stamp;
                walk.Bytes += stamp.Size;
            }
        }
    }

    private IReadOnlyList<string> NamesIn(string path)
    {
        try
        {
            return [.. Directory.EnumerateFileSystemEntries(Full(path)).Select(entry => Path.GetFileName(entry))];
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or DirectoryNotFoundException)
        {
            if (exception is UnauthorizedAccessException)
                Remark(path, RemarkKind.Unreadable);
            return [];
        }
    }

    private bool TryShare(string path, FileStamp stamp, List<SharedFolder> shared)
    {
        var source = stamp.Kind == EntryKind.Link ? LinkedFolder(path) : Full(path);
        if (source is null || !InstalledDependencies.AreIn(path, source))
            return false;
        shared.Add(new SharedFolder(new RepoPath(path), source));
        Seen.AddRange(NamesIn(path).Select(name => $"{path}/{name}").Where(file => File.Exists(Full(file))));
        return true;
    }

    // Some users link one installation into several work trees.
    private bool IsSharedLink(string path, FileStamp stamp) => stamp.Kind == EntryKind.Link && InstalledDependencies.AreAt(path) && LinkedFolder(path) is not null;

    private string? LinkedFolder(string path)
    {
        try
        {
            return new FileInfo(Full(path)).ResolveLinkTarget(returnFinalTarget: true) is { } target && Directory.Exists(target.FullName) ? target.FullName : null;
        }
        catch (IOException)
        {
            // A circle of links leads nowhere.
            return null;
        }
    }

    private bool IsOtherWorkTree(string path)
    {
        if (!InnerRepositories.IsLinkedTo(commonDir, Full(path)))
            return false;
        Remark(path, RemarkKind.OtherWorkTree);
        return true;
    }

    private void Remark(string path, RemarkKind kind) => Remarks.Add(new BaseRemark(new RepoPath(path), kind));

    private string Full(string path) => Path.Combine(root, path);

    private sealed class Walk
    {
        public Dictionary<string, FileStamp> Files { get; } = [];

        public List<SharedFolder> Shared { get; } = [];

        public long Bytes { get; set; }

        public int Names { get; set; }
    }
}
