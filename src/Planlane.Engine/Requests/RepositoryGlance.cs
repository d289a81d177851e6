using System.Globalization;
using System.Text;
using Planlane.Git;
using Planlane.Values;

namespace Planlane.Requests;

/// <summary>A repository in some hundred tokens: its size and shape, and the files that a request points to, with how they hang together.</summary>
internal static class RepositoryGlance
{
    private const int MostNamed = 12;
    private const int MostFolders = 12;
    private const int MostTies = 8;
    private const int MostPath = 160;

    /// <summary>The text; the same tree and request give the same.</summary>
    /// <param name="files">All files.</param>
    /// <param name="graph">The tree as code.</param>
    /// <param name="ranking">The files that could matter, the most relevant first.</param>
    public static string Of(IReadOnlyDictionary<RepoPath, TreeEntry> files, CodeGraph graph, IReadOnlyList<RankedFile> ranking)
    {
        var text = new StringBuilder(Invariant($"{files.Count} files, {Kilobytes(files.Values.Sum(file => file.Size ?? 0))} kB"));
        var languages = graph.Files.Where(file => file.Language is not null).CountBy(file => file.Language!).OrderByDescending(count => count.Value).ThenBy(count => count.Key, StringComparer.Ordinal);
        text.AppendJoin("", languages.Select(language => Invariant($", {language.Value} of them {language.Key}"))).Append('\n').Append(Folders(files.Keys));

        var named = ranking.Where(file => file.Words > 0).Take(MostNamed).Select(file => file.Path).ToList();
        text.Append(named.Count == 0 ? "No file is named as anything in the request.\n" : "Files that the request's words point to, or that hang together with such, the nearest first:\n");
        foreach (var path in named)
        {
            var (declared, users) = (graph.Find(path)?.Signatures.Count ?? 0, graph.DependantsOf(path).Count);
            text.Append(Invariant($"- {Name(path)} ({Kilobytes(files[path].Size ?? 0)} kB{(declared > 0 ? $", {declared} public declarations" : "")}{(users > 0 ? $", used by {users} files" : "")})\n"));
        }

        var ties = Ties(graph, named).ToList();
        foreach (var (one, other) in ties.Take(MostTies))
            text.Append(Invariant($"{Name(one)} and {Name(other)} use each other both ways.\n"));
        return text.Append(ties.Count > MostTies ? Invariant($"So do {ties.Count - MostTies} more pairs of them.\n") : "").ToString();
    }

    private static IEnumerable<(RepoPath, RepoPath)> Ties(CodeGraph graph, List<RepoPath> named) =>
        from one in named
        from other in named
        where one.CompareTo(other) < 0 && graph.Find(one)?.Uses.Contains(other) == true && graph.Find(other)?.Uses.Contains(one) == true
        select (one, other);

    private static string Folders(IEnumerable<RepoPath> files)
    {
        var folders = files.GroupBy(path => path.Folder.Length == 0 ? "(root)" : string.Join('/', path.Folder.Split('/').Take(2))).OrderByDescending(folder => folder.Count()).ThenBy(folder => folder.Key, StringComparer.Ordinal).ToList();
        var more = folders.Count > MostFolders ? Invariant($" and {folders.Count - MostFolders} more folders") : "";
        return $"Folders: {string.Join(", ", folders.Take(MostFolders).Select(folder => Invariant($"{Short(folder.Key)} {folder.Count()}")))}{more}\n";
    }

    private static string Name(RepoPath path) => Short(path.Value);

    private static string Short(string path) => PromptText.OneLine(path.Length > MostPath ? $"…{path[^MostPath..]}" : path);

    private static string Kilobytes(long bytes) => (bytes / 1000.0).ToString("0.0", CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
