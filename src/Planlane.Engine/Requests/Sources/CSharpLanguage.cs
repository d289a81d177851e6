using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Planlane.Values;

namespace Planlane.Requests.Sources;

/// <summary>C#, read by its own compiler's parser and linked by C#'s rules of names.</summary>
/// <remarks>
/// Links name every file that the compiler would need to compile a file, and some more: which member a name means is decided by the types that the file
/// can reach, not by the type of each expression. Code under <c>#if</c> is read as a debug build for .NET 10. What source generators write is not known.
/// </remarks>
public sealed class CSharpLanguage : ISourceLanguage
{
    /// <summary>How files are parsed: the newest language, and the symbols of a debug build for .NET 10.</summary>
    internal static CSharpParseOptions Options { get; } = new(
        LanguageVersion.Latest,
        DocumentationMode.None,
        SourceCodeKind.Regular,
        [
            "DEBUG", "TRACE", "NET", "NETCOREAPP", "NET10_0",
            .. Enumerable.Range(5, 6).Select(version => $"NET{version}_0_OR_GREATER"),
            "NETCOREAPP2_0_OR_GREATER", "NETCOREAPP2_1_OR_GREATER", "NETCOREAPP3_0_OR_GREATER", "NETCOREAPP3_1_OR_GREATER",
        ]);

    /// <inheritdoc />
    public string Name => "C#";

    /// <inheritdoc />
    public int Version => 1;

    /// <inheritdoc />
    public bool Reads(RepoPath path) => path.Value.EndsWith(".cs", StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc />
    public bool NeedsText(RepoPath path) => CSharpProjects.IsProject(path) || CSharpProjects.IsShared(path);

    /// <inheritdoc />
    public SourceFacts Read(string text)
    {
        var root = CSharpSyntaxTree.ParseText(text, Options).GetCompilationUnitRoot();
        var reader = new CSharpReader();
        try
        {
            reader.Visit(root);
        }
        catch (InsufficientExecutionStackException)
        {
            // Nested deeper than the compiler itself could read: what was found so far is what can be read.
        }

        return reader.Facts() with { Signatures = CSharpSignatures.Of(root) };
    }

    /// <inheritdoc />
    public IEnumerable<FileUse> Link(IReadOnlyList<SourceText> files, SourceTree tree) => new CSharpIndex(files, new CSharpProjects(tree)).Uses();
}
