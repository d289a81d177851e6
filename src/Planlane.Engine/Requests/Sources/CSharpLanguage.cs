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

    private const int MostDepth = 500;

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
        if (IsTooDeep(text))
            return new CSharpFacts();
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

    // The parser takes quadratic time on brackets that nothing closes, which no code has and a hostile file can. Brackets in texts count only where plain counting is in doubt.
    private static bool IsTooDeep(string text) =>
        Depth(text, letter => letter is '(' or '[' or '{', letter => letter is ')' or ']' or '}') > MostDepth
        && Depth(SyntaxFactory.ParseTokens(text).Select(token => token.Kind()), kind => kind is SyntaxKind.OpenParenToken or SyntaxKind.OpenBracketToken or SyntaxKind.OpenBraceToken,
            kind => kind is SyntaxKind.CloseParenToken or SyntaxKind.CloseBracketToken or SyntaxKind.CloseBraceToken) > MostDepth;

    private static int Depth<T>(IEnumerable<T> items, Func<T, bool> opens, Func<T, bool> closes)
    {
        var (depth, deepest) = (0, 0);
        foreach (var item in items)
        {
            depth = opens(item) ? depth + 1 : closes(item) ? Math.Max(0, depth - 1) : depth;
            deepest = Math.Max(deepest, depth);
        }

        return deepest;
    }

    /// <inheritdoc />
    public IEnumerable<FileUse> Link(IReadOnlyList<SourceText> files, SourceTree tree) => new CSharpIndex(files, new CSharpProjects(tree)).Uses();
}
