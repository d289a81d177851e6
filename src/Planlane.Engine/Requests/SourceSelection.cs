using System.Text.RegularExpressions;
using Planlane.Git;
using Planlane.Requests.Sources;
using Planlane.Values;

namespace Planlane.Requests;

/// <summary>Which files of a tree are read as source, and which are left unread.</summary>
internal sealed partial class SourceSelection
{
    private const long MostBytes = 1 << 20;
    private const int GeneratedProbe = 600;

    private static readonly HashSet<string> ForeignFolders = new(StringComparer.OrdinalIgnoreCase)
    {
        "node_modules", "bower_components", "vendor", "third_party", "dist", "site-packages", ".venv", "__pycache__",
    };

    /// <summary>The source files with the language that reads each.</summary>
    public List<(RepoPath Path, ObjectId Blob, ISourceLanguage Language)> Sources { get; } = [];

    /// <summary>The files whose text a language needs to link its own.</summary>
    public List<(RepoPath Path, ObjectId Blob)> Texts { get; } = [];

    /// <summary>How many source files lie among foreign or generated ones.</summary>
    public int Generated { get; private set; }

    /// <summary>How many source files are too large to be read.</summary>
    public int Large { get; private set; }

    /// <summary>Selects from a tree.</summary>
    public static SourceSelection Of(IReadOnlyDictionary<RepoPath, TreeEntry> files, IReadOnlyList<ISourceLanguage> languages)
    {
        var selection = new SourceSelection();
        foreach (var (path, entry) in files)
            if (entry.Mode is FileModes.File or FileModes.Executable)
                selection.Take(path, entry, languages);
        return selection;
    }

    /// <summary>Every reading that the selection needs.</summary>
    public IReadOnlyDictionary<ReadingKey, ISourceLanguage?> Wanted()
    {
        var wanted = new Dictionary<ReadingKey, ISourceLanguage?>();
        foreach (var (_, blob, language) in Sources)
            wanted[new ReadingKey(blob, ReadingKey.ReaderOf(language))] = language;
        foreach (var (_, blob) in Texts)
            wanted[new ReadingKey(blob, ReadingKey.Plain)] = null;
        return wanted;
    }

    /// <summary>Whether a file is another project's, or written by a tool, by its path.</summary>
    public static bool IsForeign(RepoPath path) =>
        GeneratedName().IsMatch(path.Name) || path.Folder.Split('/').Any(ForeignFolders.Contains);

    /// <summary>Whether the first lines of a text say that a tool wrote it.</summary>
    public static bool IsGeneratedText(string text) => GeneratedMark().IsMatch(text[..Math.Min(text.Length, GeneratedProbe)]);

    private void Take(RepoPath path, TreeEntry entry, IReadOnlyList<ISourceLanguage> languages)
    {
        var language = languages.FirstOrDefault(language => language.Reads(path));
        var isNeeded = languages.Any(language => language.NeedsText(path));
        if (language is null && !isNeeded)
            return;
        if (IsForeign(path))
            Generated += language is null ? 0 : 1;
        else if (entry.Size > MostBytes)
            Large += language is null ? 0 : 1;
        else
        {
            if (language is not null)
                Sources.Add((path, entry.Id, language));
            if (isNeeded)
                Texts.Add((path, entry.Id));
        }
    }

    [GeneratedRegex(@"\.(?:g|g\.i|designer|generated)\.(?:cs|vb)\z|\.min\.(?:js|mjs|css)\z|[._-]pb\.(?:go|py|ts|js)\z|_pb2(?:_grpc)?\.py\z|\.pb\.go\z|\.bundle\.js\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex GeneratedName();

    // The marks that .NET tools, Go's convention (go.dev/s/generatedcode) and many others write.
    [GeneratedRegex(@"<auto-?generated\b|^\s*(?://|\#|/?\*+)\s*(?:Code generated .* DO NOT EDIT|@generated\b)", RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex GeneratedMark();
}
