using System.Collections.Concurrent;
using Planlane.Git;
using Planlane.Values;
using Planlane.Workspaces.Disk;

namespace Planlane.Workspaces.Layers;

/// <summary>The small repository of a base, of which whole workspaces get a copy each. Thread-safe.</summary>
/// <remarks>
/// Its objects are large and are second names of one copy that the run has of its own: a command that writes in one of them reaches no other run, and the base has them as they were.
/// </remarks>
internal sealed class GitSource
{
    private const string Objects = "objects";

    private readonly ConcurrentDictionary<string, ObjectId> _ids = [];
    private readonly Lock _mending = new();
    private readonly string _git;
    private readonly string _own;
    private readonly string _objectFormat;
    private readonly IReadOnlyList<string> _folders;
    private readonly IReadOnlyList<string> _files;
    private readonly HashSet<string> _shared;

    /// <summary>Looks at the repository of a base, and copies its objects.</summary>
    /// <param name="folder">The base's folder.</param>
    /// <param name="own">Where the run's copy of the objects is made; what lies there is removed.</param>
    /// <param name="objectFormat">How objects are named.</param>
    /// <param name="links">Whether files may be second names.</param>
    public GitSource(string folder, string own, string objectFormat, bool links)
    {
        (_git, _own, _objectFormat) = (Path.Combine(folder, ".git"), own, objectFormat);
        Exists = Directory.Exists(_git);
        _folders = Exists ? [.. Directory.EnumerateDirectories(_git, "*", SearchOption.AllDirectories).Select(Relative)] : [];
        _files = Exists ? [.. Directory.EnumerateFiles(_git, "*", SearchOption.AllDirectories).Select(Relative)] : [];
        _shared = links ? [.. _files.Where(path => path.StartsWith(Objects + Path.DirectorySeparatorChar, StringComparison.Ordinal))] : [];
        DiskFiles.Remove(own);
        foreach (var path in _shared)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(own, path))!);
            DiskFiles.Copy(Path.Combine(_git, path), Path.Combine(own, path));
        }
    }

    /// <summary>Whether there is one.</summary>
    public bool Exists { get; }

    /// <summary>Whether a file, named from <c>.git</c>, has names in several workspaces.</summary>
    public bool IsShared(string path) => _shared.Contains(path);

    /// <summary>Whether a file of a workspace holds what the base's does.</summary>
    /// <param name="path">Its path from <c>.git</c>.</param>
    /// <param name="full">Where it lies.</param>
    public bool HasContent(string path, string full) => BlobIds.OfFile(full, _objectFormat) == _ids.GetOrAdd(path, known => BlobIds.OfFile(Path.Combine(_git, known), _objectFormat));

    /// <summary>Copies it to a place where nothing is.</summary>
    public void CopyTo(string target)
    {
        if (!Exists)
            return;
        Directory.CreateDirectory(target);
        foreach (var path in _folders)
            Directory.CreateDirectory(Path.Combine(target, path));
        foreach (var path in _files)
            if (!_shared.Contains(path) || !DiskFiles.TryLink(Path.Combine(_own, path), Path.Combine(target, path)))
                DiskFiles.Copy(Path.Combine(_git, path), Path.Combine(target, path));
    }

    /// <summary>Gives the run's objects their content and rights again, in place, so that they are whole under all of their names.</summary>
    public void Mend()
    {
        lock (_mending)
        {
            foreach (var path in _shared)
                DiskFiles.Overwrite(Path.Combine(_git, path), Path.Combine(_own, path), DiskFiles.StatOf(Path.Combine(_git, path))!.Value);
        }
    }

    private string Relative(string path) => Path.GetRelativePath(_git, path);
}
