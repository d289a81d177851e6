using Planlane.Values;

namespace Planlane.Tools;

/// <summary>Texts of files as a model reads them.</summary>
internal static class FileText
{
    /// <summary>A whole file, in the form that briefs have too.</summary>
    public static string Block(RepoPath path, string text) => Block($"path=\"{path}\"", text);

    /// <summary>Lines of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="lines">All lines.</param>
    /// <param name="first">The first one, from 1.</param>
    /// <param name="last">The last one.</param>
    public static string Block(RepoPath path, string[] lines, int first, int last) =>
        Block($"path=\"{path}\" lines=\"{first}-{last} of {lines.Length}\"", string.Join('\n', lines[(first - 1)..last]));

    /// <summary>Lines of a file with their numbers.</summary>
    public static string Numbered(string[] lines, int first, int last) =>
        string.Join('\n', Enumerable.Range(first, last - first + 1).Select(number => $"{number,5}| {lines[number - 1].TrimEnd('\r')}"));

    /// <summary>The lines of a text; a line break at its end begins no further line.</summary>
    public static string[] LinesOf(string text) => text.Length == 0 ? [] : (text.EndsWith('\n') ? text[..^1] : text).Split('\n');

    private static string Block(string attributes, string text) => $"<file {attributes}>\n{text}{(text.EndsWith('\n') ? "" : "\n")}</file>";
}
