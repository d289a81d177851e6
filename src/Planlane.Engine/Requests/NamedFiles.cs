using System.Text.RegularExpressions;
using Planlane.Values;

namespace Planlane.Requests;

/// <summary>Finds the files that a request names, so that the planner is shown them whatever else there is room for.</summary>
internal static partial class NamedFiles
{
    // A name of more files, such as index.ts, means none of them.
    private const int MostOfAName = 3;
    private const string Readme = "README";

    /// <summary>The files that a text names by their path, by a name with an extension that few files have, or as "the README".</summary>
    public static IReadOnlySet<RepoPath> Of(IEnumerable<RepoPath> files, string text)
    {
        var names = Name().Matches(text).Select(match => match.Value is ['.', '/', .. var rest] ? rest : match.Value).Select(name => name.TrimEnd('.', '-')).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var candidates = files.Where(path => names.Contains(path.Value) || (path.Name.Contains('.', StringComparison.Ordinal) && names.Contains(path.Name)) || IsReadme(path, names)).ToList();
        var counts = candidates.CountBy(path => path.Name, StringComparer.OrdinalIgnoreCase).ToDictionary(StringComparer.OrdinalIgnoreCase);
        return candidates.Where(path => names.Contains(path.Value) || IsReadme(path, names) || counts[path.Name] <= MostOfAName).ToHashSet();
    }

    private static bool IsReadme(RepoPath path, HashSet<string> names) =>
        path.Folder.Length == 0 && names.Contains(Readme) && (path.Name.Equals(Readme, StringComparison.OrdinalIgnoreCase) || path.Name.StartsWith(Readme + ".", StringComparison.OrdinalIgnoreCase));

    [GeneratedRegex(@"[\w.@+\-]+(?:/[\w.@+\-]+)*", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
