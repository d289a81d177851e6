using Planlane.Values;

namespace Planlane.Requests.Sources;

/// <summary>Python, read by its import statements.</summary>
/// <remarks>Modules are looked for as the interpreter and pytest do: from the folder above the outermost package of the importing file, then from the folders that
/// hold top packages, such as the root and <c>src</c>.</remarks>
public sealed class PythonLanguage : ISourceLanguage
{
    /// <inheritdoc />
    public string Name => "Python";

    /// <inheritdoc />
    public int Version => 1;

    /// <inheritdoc />
    public bool Reads(RepoPath path) => path.Name.EndsWith(".py", StringComparison.Ordinal) || path.Name.EndsWith(".pyi", StringComparison.Ordinal);

    /// <inheritdoc />
    public bool NeedsText(RepoPath path) => false;

    /// <inheritdoc />
    public SourceFacts Read(string text) => new PythonReader(SourceLexer.Lex(text, LexicalRules.Python)).Read();

    /// <inheritdoc />
    public IEnumerable<FileUse> Link(IReadOnlyList<SourceText> files, SourceTree tree)
    {
        var modules = new PythonModules(files.Select(file => file.Path), tree);
        return UseSet.OfImports(files, (path, import) => modules.Find(path.Folder, import));
    }
}
