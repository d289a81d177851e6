using System.Text;
using Planlane.Budgets;
using Planlane.Values;

namespace Planlane.Requests;

/// <summary>The list of a tree's files as a section of a prompt.</summary>
public static class FileList
{
    private const int MostNames = 120;

    /// <summary>Every path, or where they are too many the folders with counts, as deep as there is room.</summary>
    /// <param name="files">The files.</param>
    /// <param name="tokens">How many tokens the list may take.</param>
    /// <param name="relevant">The files that the request points to, the most relevant first: where folders stand for their files, the names in theirs are listed as far as there is room.</param>
    public static string Of(IEnumerable<RepoPath> files, int tokens, IEnumerable<RepoPath>? relevant = null)
    {
        var paths = files.Order().ToList();
        var all = Whole(paths, tokens);
        return relevant is null || TokenCount.Of(string.Concat(paths.Select(path => Line(path.Value)))) <= tokens ? all : all + Named(paths, relevant, tokens - TokenCount.Of(all));
    }

    private static string Named(List<RepoPath> paths, IEnumerable<RepoPath> relevant, int tokens)
    {
        var folders = paths.ToLookup(path => path.Folder);
        var text = new StringBuilder("Names in the folders that the request points to:\n");
        foreach (var folder in relevant.Select(path => path.Folder).Distinct())
        {
            var names = folders[folder].Select(path => path.Name).ToList();
            var more = names.Count > MostNames ? $", … and {names.Count - MostNames} more" : "";
            var line = Line($"{folder}/: {string.Join(", ", names.Take(MostNames))}{more}");
            if (TokenCount.Of(text.ToString()) + TokenCount.Of(line) > tokens)
                return text.ToString();
            text.Append(line);
        }

        return text.ToString();
    }

    private static string Whole(List<RepoPath> paths, int tokens)
    {
        var head = $"Files ({paths.Count}):\n";
        var deepest = paths.Select(DepthOf).DefaultIfEmpty().Max();
        for (var depth = deepest; depth > 0; depth--)
        {
            var text = head + string.Concat((depth == deepest ? paths.Select(path => path.Value) : FoldersOf(paths, depth)).Select(Line));
            if (TokenCount.Of(text) <= tokens)
                return text;
        }

        var folders = FoldersOf(paths, 1).ToList();
        var shown = folders.TakeWhile((_, count) => TokenCount.Of(string.Concat(folders.Take(count + 1).Select(Line))) <= tokens).ToList();
        return $"{head}{string.Concat(shown.Select(Line))}… and {folders.Count - shown.Count} more files and folders\n";
    }

    // A folder at that depth stands for all that lies below it; what lies above is listed.
    private static IEnumerable<string> FoldersOf(List<RepoPath> paths, int depth) =>
        from path in paths
        group path by FolderAt(path.Value, depth) into folder
        select folder.Count() == 1 ? folder.First().Value : $"{folder.Key} ({folder.Count()} files)";

    // The first parts of a path with the slash behind them; the whole path when it has no more parts.
    private static string FolderAt(string path, int depth)
    {
        var end = 0;
        for (var part = 0; part < depth; part++)
        {
            if (path.IndexOf('/', end) is not (var slash and >= 0))
                return path;
            end = slash + 1;
        }

        return path[..end];
    }

    private static int DepthOf(RepoPath path) => path.Value.Count(letter => letter == '/') + 1;

    private static string Line(string text) => PromptText.OneLine(text) + "\n";
}
