using System.Globalization;
using System.Text;
using Planlane.Budgets;
using Planlane.Values;

namespace Planlane.Requests;

/// <summary>The sections of the map that do not hold files' text.</summary>
internal static class MapSections
{
    private const int MostHubsOfAKind = 12;
    private const int LeftOutWords = 60;
    private const int MostDeclarations = 30;
    private const int MostUses = 12;

    public static string Languages(IReadOnlyList<LanguageShare> languages, UnreadSources unread)
    {
        if (languages.Count == 0)
            return "";
        var shares = string.Join(", ", languages.Select(share => $"{share.Language} ({share.Files} files, {Kilobytes(share.Bytes)} kB)"));
        return $"Languages: {shares}\n{(unread.Count > 0 ? $"{unread.Count} source files that are generated, foreign, binary or larger than 1 MB are not read.\n" : "")}\n";
    }

    public static string Commands(IReadOnlyList<string> commands, bool areSet) => commands.Count == 0
        ? ""
        : $"{(areSet ? "The commands that the user set for building and testing" : "Commands that its files suggest")}:\n{Lines(commands)}\n";

    public static string Commits(IReadOnlyList<string> subjects) => $"The last commits:\n{Lines(subjects)}\n";

    /// <summary>The hubs with the reasons, those of each kind together, as far as there is room.</summary>
    public static string Hubs(CodeGraph graph, int tokens)
    {
        var text = new StringBuilder("Files that many parts touch (hubs):\n");
        var (empty, left) = (text.Length, 0);
        foreach (var kind in HubsOf(graph).GroupBy(hub => hub.Hub!.Value))
        {
            foreach (var (number, hub) in kind.Index())
            {
                var line = $"- {PromptText.OneLine(hub.Path.Value)}: {HubFiles.ReasonOf(kind.Key, graph.DependantsOf(hub.Path).Count)}\n";
                if (number >= MostHubsOfAKind || TokenCount.Of(text.ToString()) + TokenCount.Of(line) > tokens)
                    left++;
                else
                    text.Append(line);
            }
        }

        return text.Length == empty ? "" : text.Append(left > 0 ? $"- and {left} more\n" : "").Append('\n').ToString();
    }

    /// <summary>The hubs of a graph: by kind, then the most used first; of migrations the last one first.</summary>
    public static IEnumerable<SourceFile> HubsOf(CodeGraph graph) => graph.Files.Where(file => file.Hub is not null)
        .OrderBy(file => file.Hub).ThenByDescending(file => graph.DependantsOf(file.Path).Count)
        .ThenBy(file => file.Path, Comparer<RepoPath>.Create((left, right) => HubFiles.OfPath(left) == HubKind.Migration ? right.CompareTo(left) : left.CompareTo(right)));

    /// <summary>The public declarations of a file and what it uses.</summary>
    public static string Outline(SourceFile file)
    {
        var lines = new StringBuilder();
        foreach (var signature in file.Signatures.Take(MostDeclarations))
            lines.Append(' ', 2 * signature.Name.Count(letter => letter == '.')).Append(PromptText.OneLine(signature.Text)).Append('\n');
        if (file.Signatures.Count > MostDeclarations)
            lines.Append(CultureInfo.InvariantCulture, $"… and {file.Signatures.Count - MostDeclarations} more\n");
        var more = file.Uses.Count > MostUses ? $" and {file.Uses.Count - MostUses} more" : "";
        var uses = file.Uses.Count == 0 ? "" : $" uses=\"{string.Join(' ', file.Uses.Take(MostUses).Select(used => PromptText.Attribute(used.Value)))}{more}\"";
        return PromptText.Framed("declarations", $"path=\"{PromptText.Attribute(file.Path.Value)}\"{uses}", lines.ToString());
    }

    /// <summary>What of the repository is not shown, with names as far as there is room.</summary>
    public static string LeftOut(RepositoryMap map, int tokens)
    {
        if (map.LeftOut == 0 && map.Outlined.Count == 0)
            return "";
        var text = new StringBuilder("\nLeft out:\n");
        if (map.Outlined.Count > 0)
            text.Append(CultureInfo.InvariantCulture, $"- the text of {map.Outlined.Count} files whose declarations are shown\n");
        var there = map.Shown.Concat(map.Outlined).ToHashSet();
        var related = map.Ranking.Where(file => file.Words > 0 && !there.Contains(file.Path)).ToList();
        if (related.Count > 0)
            text.Append(CultureInfo.InvariantCulture, $"- {related.Count} files that the request's words or connections point to{Examples(related, tokens)}\n");
        if (map.LeftOut > related.Count)
            text.Append(CultureInfo.InvariantCulture, $"- {map.LeftOut - related.Count} files that nothing in the request points to\n");
        return text.ToString();
    }

    private static string Examples(List<RankedFile> files, int tokens)
    {
        var text = new StringBuilder();
        foreach (var path in files.Select(file => PromptText.OneLine(file.Path.Value)).TakeWhile(path => TokenCount.OfBytes(text.Length + path.Length) + LeftOutWords <= tokens))
            text.Append(text.Length == 0 ? ", such as " : ", ").Append(path);
        return text.ToString();
    }

    private static string Lines(IEnumerable<string> lines) => string.Concat(lines.Select(line => PromptText.OneLine(line) + "\n"));

    private static string Kilobytes(long bytes) => Math.Ceiling(bytes / 1000.0).ToString("0", CultureInfo.InvariantCulture);
}
