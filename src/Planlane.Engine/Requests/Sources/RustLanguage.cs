using Planlane.Values;

namespace Planlane.Requests.Sources;

/// <summary>Rust, read by its modules and paths.</summary>
public sealed class RustLanguage : ISourceLanguage
{
    /// <inheritdoc />
    public string Name => "Rust";

    /// <inheritdoc />
    public int Version => 1;

    /// <inheritdoc />
    public bool Reads(RepoPath path) => path.Name.EndsWith(".rs", StringComparison.Ordinal);

    /// <inheritdoc />
    public bool NeedsText(RepoPath path) => path.Name == "Cargo.toml";

    /// <inheritdoc />
    public SourceFacts Read(string text) => new RustReader(SourceLexer.Lex(text, LexicalRules.Rust)).Read();

    /// <inheritdoc />
    public IEnumerable<FileUse> Link(IReadOnlyList<SourceText> files, SourceTree tree) => UseSet.OfImports(files, new RustModules(files, tree).Find);
}
