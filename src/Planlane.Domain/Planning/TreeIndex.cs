using Planlane.Values;

namespace Planlane.Planning;

/// <summary>The base tree by how its files and folders are spelled and named, and where its symbolic links lead.</summary>
internal sealed class TreeIndex
{
    // A chain of more links is taken for a circle, as systems do.
    private const int MostLinks = 40;

    private readonly Dictionary<string, List<string>> _spellings = [];
    private readonly Dictionary<string, int> _folders = [];
    private readonly Dictionary<string, List<RepoPath>> _byName = [];
    private readonly Dictionary<string, string> _links = [];

    /// <summary>The tree of a repository.</summary>
    public TreeIndex(RepositoryFacts facts)
    {
        foreach (var file in facts.Files.OrderBy(file => file.Path))
        {
            Spell(file.Path.Value);
            for (var folder = file.Path.Folder; folder.Length > 0; folder = new RepoPath(folder).Folder)
            {
                if (_folders.TryAdd(folder, 0))
                    Spell(folder);
                _folders[folder]++;
            }

            Listed(_byName, Spelling.Key(file.Path.Name)).Add(file.Path);
            if (file.LinkTarget is { } target)
                _links.Add(file.Path.Value, target);
        }
    }

    /// <summary>Whether the tree has a folder of exactly this spelling.</summary>
    public bool HasFolder(string path) => _folders.ContainsKey(path);

    /// <summary>How many files lie in a folder of exactly this spelling, at any depth.</summary>
    public int CountBelow(string folder) => _folders.GetValueOrDefault(folder);

    /// <summary>Whether the tree has symbolic links.</summary>
    public bool HasLinks => _links.Count > 0;

    /// <summary>The spelling that the tree has for a file or folder that is spelled differently, or null.</summary>
    public string? OtherSpelling(string path) =>
        _spellings.GetValueOrDefault(Spelling.Key(path)) is { } spellings && !spellings.Contains(path) ? spellings[0] : null;

    /// <summary>The files of a name, whatever its letter case, by path.</summary>
    public IReadOnlyList<RepoPath> Named(string name) => _byName.GetValueOrDefault(Spelling.Key(name)) ?? [];

    /// <summary>The file that is most likely meant by a path that does not exist: of the same name in the most alike folder, else of a name with at most two other letters.</summary>
    public RepoPath? Nearest(RepoPath path)
    {
        if (Named(path.Name) is { Count: > 0 } same)
            return same.MinBy(other => (Spelling.Key(other.Folder) == Spelling.Key(path.Folder) ? 0 : 1, EditDistance.Of(other.Folder, path.Folder)));

        var key = Spelling.Key(path.Name);
        var near = _byName.Keys.Where(name => Math.Abs(name.Length - key.Length) <= 2 && name.Length > 4)
            .Select(name => (name, distance: EditDistance.Of(name, key))).Where(pair => pair.distance <= 2).OrderBy(pair => pair.distance).ThenBy(pair => pair.name, StringComparer.Ordinal).ToList();
        return near.Count == 0 ? null : _byName[near[0].name].MinBy(other => EditDistance.Of(other.Folder, path.Folder));
    }

    /// <summary>The first symbolic link on the way to a path, the path itself included; null when there is none.</summary>
    public string? LinkOn(string path) => Beginnings(path).FirstOrDefault(_links.ContainsKey);

    /// <summary>Where a link points, as it says it.</summary>
    public string TargetOf(string link) => _links[link];

    /// <summary>The path without links, or null when it leaves the repository or goes in a circle.</summary>
    public string? RealPath(string path)
    {
        var rest = new Stack<string>(path.Split('/').Reverse());
        var real = new List<string>();
        var followed = 0;
        while (rest.TryPop(out var part))
        {
            if (part is "" or ".")
                continue;
            if (part == ".." && real.Count == 0)
                return null;
            if (part == "..")
            {
                real.RemoveAt(real.Count - 1);
                continue;
            }

            real.Add(part);
            if (!_links.TryGetValue(string.Join('/', real), out var target))
                continue;
            if (target.StartsWith('/') || ++followed > MostLinks)
                return null;
            real.RemoveAt(real.Count - 1);
            foreach (var next in target.Split('/').Reverse())
                rest.Push(next);
        }

        return string.Join('/', real);
    }

    private static IEnumerable<string> Beginnings(string path)
    {
        for (var end = path.IndexOf('/'); end >= 0; end = path.IndexOf('/', end + 1))
            yield return path[..end];
        yield return path;
    }

    private void Spell(string path) => Listed(_spellings, Spelling.Key(path)).Add(path);

    private static List<T> Listed<T>(Dictionary<string, List<T>> lists, string key)
    {
        if (!lists.TryGetValue(key, out var list))
            lists[key] = list = [];
        return list;
    }
}
