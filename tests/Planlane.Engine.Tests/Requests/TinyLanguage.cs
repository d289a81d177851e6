using Planlane.Requests.Sources;
using Planlane.Values;

namespace Planlane.Requests;

/// <summary>A language of two words, so that tests of the survey do not hang on those of a real one: <c>use PATH</c> and <c>show NAME text</c>.</summary>
internal sealed class TinyLanguage : ISourceLanguage
{
    private int _reads;

    /// <summary>How many texts were read.</summary>
    public int Reads => _reads;

    public string Name => "Tiny";

    public int Version { get; init; } = 1;

    bool ISourceLanguage.Reads(RepoPath path) => path.Name.EndsWith(".tiny", StringComparison.Ordinal);

    // A line of it is a name for a path.
    public bool NeedsText(RepoPath path) => path.Name == "tiny.names";

    public SourceFacts Read(string text)
    {
        Interlocked.Increment(ref _reads);
        var lines = text.Split('\n').Index().ToList();
        return new ImportFacts
        {
            Imports = lines.Where(line => line.Item.StartsWith("use ", StringComparison.Ordinal)).Select(line => line.Item[4..]).ToValueList(),
            Signatures = lines.Where(line => line.Item.StartsWith("show ", StringComparison.Ordinal)).Select(line => SignatureOf(line.Item[5..], line.Index + 1)).ToValueList(),
        };
    }

    public IEnumerable<FileUse> Link(IReadOnlyList<SourceText> files, SourceTree tree)
    {
        var names = tree.Texts.Values.SelectMany(text => text.Split('\n')).Select(line => line.Split('=')).Where(parts => parts.Length == 2).ToDictionary(parts => parts[0], parts => parts[1]);
        return files.SelectMany(file => ((ImportFacts)file.Facts).Imports.Select(import => new FileUse(file.Path, new RepoPath(names.GetValueOrDefault(import, import)))))
            .Where(use => tree.Has(use.To));
    }

    private static Signature SignatureOf(string words, int line) => new(words.Split(' ')[0], words, line);
}
