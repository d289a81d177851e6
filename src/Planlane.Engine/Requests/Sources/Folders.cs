using Planlane.Values;

namespace Planlane.Requests.Sources;

/// <summary>Reckons with the folders of a repository, by name alone; the root is the empty text.</summary>
internal static class Folders
{
    /// <summary>A path below a folder, with <c>.</c> and <c>..</c> resolved; null when it leaves the repository.</summary>
    public static string? Join(string folder, string relative)
    {
        var parts = new List<string>(folder.Length == 0 ? [] : folder.Split('/'));
        foreach (var part in relative.Split('/'))
        {
            if (part is "" or ".")
                continue;
            if (part != "..")
                parts.Add(part);
            else if (parts.Count > 0)
                parts.RemoveAt(parts.Count - 1);
            else
                return null;
        }

        return string.Join('/', parts);
    }

    /// <summary>A folder and those that hold it, the nearest first, the root last.</summary>
    public static IEnumerable<string> Upward(string folder)
    {
        for (var at = folder; at.Length > 0; at = Above(at))
            yield return at;
        yield return "";
    }

    /// <summary>The folder that holds a folder; the root's is the root.</summary>
    public static string Above(string folder) => new RepoPath(folder).Folder;

    /// <summary>Whether a path lies in a folder, or is it.</summary>
    public static bool Holds(string folder, string path) =>
        folder.Length == 0 || path == folder || (path.StartsWith(folder, StringComparison.Ordinal) && path[folder.Length] == '/');

    /// <summary>A name in a folder, as a path.</summary>
    public static string In(string folder, string name) => folder.Length == 0 ? name : $"{folder}/{name}";
}
