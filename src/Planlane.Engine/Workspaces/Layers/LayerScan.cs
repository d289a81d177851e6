using Planlane.Values;
using Planlane.Workspaces.Disk;

namespace Planlane.Workspaces.Layers;

/// <summary>What lies in a layer at one moment, links not followed. The root's <c>.git</c> and the folders that are mounted over it are left out.</summary>
internal sealed class LayerScan
{
    private readonly HashSet<RepoPath> _folders = [];
    private readonly HashSet<RepoPath> _hiding = [];

    private LayerScan()
    {
    }

    /// <summary>Everything that is no folder.</summary>
    public Dictionary<RepoPath, EntryStat> Entries { get; } = [];

    /// <summary>Everything at which what lies below in other layers cannot be seen.</summary>
    public IReadOnlyCollection<RepoPath> Hiding => _hiding;

    /// <summary>Folders that hold something that cannot be named or reached from here.</summary>
    public List<RepoPath> Unreadable { get; } = [];

    /// <summary>Looks at all of a layer.</summary>
    /// <param name="root">Where the layer lies.</param>
    /// <param name="skipped">The paths that are left out with all below them.</param>
    public static LayerScan Of(string root, IReadOnlySet<RepoPath> skipped)
    {
        var scan = new LayerScan();
        var pending = new Stack<(string Full, string Prefix)>();
        pending.Push((root, ""));
        while (pending.TryPop(out var folder))
        {
            foreach (var full in NamesIn(folder.Full, () => scan.Unreadable.Add(new RepoPath(folder.Prefix.TrimEnd('/')))))
            {
                var path = new RepoPath(folder.Prefix + Path.GetFileName(full));
                if (skipped.Contains(path) || path.Value == ".git")
                    continue;
                if (DiskFiles.StatOf(full) is not { } stat)
                    scan.Unreadable.Add(new RepoPath(folder.Prefix.TrimEnd('/')));
                else if (stat.Kind is EntryKind.Folder)
                    pending.Push((full, scan.AddFolder(path, OverlayMarks.IsOpaque(full))));
                else
                    scan.Add(path, stat);
            }
        }

        return scan;
    }

    /// <summary>What is known to lie in a layer of which nothing is hidden.</summary>
    public static LayerScan OfKnown(IEnumerable<KeyValuePair<RepoPath, EntryStat>> entries, IEnumerable<RepoPath> folders)
    {
        var scan = new LayerScan();
        foreach (var (path, stat) in entries)
            scan.Add(path, stat);
        scan._folders.UnionWith(folders);
        return scan;
    }

    /// <summary>Every folder.</summary>
    public IReadOnlyCollection<RepoPath> Folders => _folders;

    /// <summary>Whether other layers cannot be seen at a path.</summary>
    public bool Hides(RepoPath path)
    {
        if (_hiding.Count == 0)
            return _folders.Contains(path);
        for (var at = path.Value.IndexOf('/', StringComparison.Ordinal); at > 0; at = path.Value.IndexOf('/', at + 1))
            if (_hiding.Contains(new RepoPath(path.Value[..at])))
                return true;
        return Entries.ContainsKey(path) || _folders.Contains(path);
    }

    private void Add(RepoPath path, EntryStat stat)
    {
        Entries[path] = stat;
        _hiding.Add(path);
    }

    private string AddFolder(RepoPath path, bool isOpaque)
    {
        _folders.Add(path);
        if (isOpaque)
            _hiding.Add(path);
        return path.Value + "/";
    }

    private static IReadOnlyList<string> NamesIn(string folder, Action unreadable)
    {
        try
        {
            return ReadableNamesIn(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            unreadable();
            return [];
        }
    }

    private static string[] ReadableNamesIn(string folder)
    {
        try
        {
            return Directory.GetFileSystemEntries(folder);
        }
        catch (UnauthorizedAccessException) when (!OperatingSystem.IsWindows())
        {
            // The command took its own rights away.
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return Directory.GetFileSystemEntries(folder);
        }
    }
}
