using Planlane.Values;

namespace Planlane.Requests.Sources;

/// <summary>A tree that a test writes down: each file's path and text.</summary>
internal static class PaperTree
{
    /// <summary>What the files of a language use, each as "from -> to", in order.</summary>
    public static IReadOnlyList<string> Uses(ISourceLanguage language, IReadOnlyList<(string Path, string Text)> files)
    {
        var paths = files.Select(file => (Path: new RepoPath(file.Path), file.Text)).ToList();
        var tree = new SourceTree(paths.Select(file => file.Path), paths.Where(file => language.NeedsText(file.Path)).ToDictionary(file => file.Path, file => file.Text));
        var read = paths.Where(file => language.Reads(file.Path)).Select(file => new SourceText(file.Path, language.Read(file.Text))).ToList();
        return [.. language.Link(read, tree).Select(use => $"{use.From} -> {use.To}").Order(StringComparer.Ordinal)];
    }

    /// <summary>What one file of a tree uses, by path; the other files have no text unless it is given.</summary>
    /// <param name="language">Reads them.</param>
    /// <param name="from">The file's path.</param>
    /// <param name="text">Its text.</param>
    /// <param name="others">The other files' paths, each alone or as "path: text".</param>
    public static string Uses(ISourceLanguage language, string from, string text, params string[] others)
    {
        var files = others.Select(other => other.Split(": ", 2)).Select(parts => (parts[0], parts.Length > 1 ? parts[1] : "")).Append((from, text)).ToList();
        return string.Join(", ", Uses(language, files).Where(use => use.StartsWith($"{from} -> ", StringComparison.Ordinal)).Select(use => use[(from.Length + 4)..]));
    }

    public static IReadOnlyList<string> Signatures(ISourceLanguage language, string text) =>
        [.. language.Read(text).Signatures.Select(signature => $"{signature.Line} {signature.Name} | {signature.Text}")];

    public static string Imports(ISourceLanguage language, string text) => string.Join(", ", ((ImportFacts)language.Read(text)).Imports);
}
