using Planlane.Values;

namespace Planlane.Workspaces;

/// <summary>How the files and folders of a tree are spelled. Thread-safe.</summary>
/// <param name="files">The files of the tree.</param>
public sealed class TreeNames(IEnumerable<RepoPath> files)
{
    private readonly Lazy<Dictionary<string, List<string>>> _spellings = new(() => SpellingsOf(files));

    /// <summary>A path that exists as a file or folder, as it is spelled: as it was asked where there is such a one, else in the spelling that is the same file on some system; null when there is none.</summary>
    public string? SpellingOf(string path) => _spellings.Value.TryGetValue(new RepoPath(path).SpellingKey, out var known)
        ? known.Find(spelling => spelling == path) ?? known[0]
        : null;

    /// <summary>The path itself and the folders above it, the longest first.</summary>
    public static IEnumerable<string> Prefixes(string path)
    {
        for (var end = path.Length; end > 0; end = path.LastIndexOf('/', end - 1))
            yield return path[..end];
    }

    private static Dictionary<string, List<string>> SpellingsOf(IEnumerable<RepoPath> files)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var spellings = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var prefix in files.SelectMany(file => Prefixes(file.Value).TakeWhile(seen.Add)))
        {
            var key = new RepoPath(prefix).SpellingKey;
            if (!spellings.TryGetValue(key, out var known))
                spellings.Add(key, known = []);
            known.Add(prefix);
        }

        return spellings;
    }
}
