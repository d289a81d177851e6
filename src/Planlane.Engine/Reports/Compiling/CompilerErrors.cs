using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Planlane.Planning.Contracts;
using Planlane.Values;

namespace Planlane.Reports.Compiling;

/// <summary>The compiler's errors: which are sure, and how they are told.</summary>
internal static class CompilerErrors
{
    // What a generator may write: a member that an abstract or interface one asks for, and the other part of a partial type.
    private static readonly HashSet<string> OfGenerators = ["CS0534", "CS0535", "CS0115", "CS7036", "CS1729", "CS8646", "CS0266", "CS0029", "CS1503", "CS1929", "CS0122", "CS8751"];

    // From which code is made.
    private static readonly string[] Sources = [".resx", ".razor", ".cshtml", ".xaml", ".axaml", ".proto", ".tt", ".g4", ".xsd", ".csproj", ".props", ".targets"];

    // A type that more files mention than this is left to the build.
    private const int MostTrees = 200;

    /// <summary>The syntax errors of a file.</summary>
    public static IEnumerable<Diagnostic> Syntax(SyntaxTree tree) =>
        IsProgram(tree) ? [] : tree.GetDiagnostics().Where(error => error.Severity == DiagnosticSeverity.Error).Select(Told);

    /// <summary>Whether a compilation has no error but those that only a whole build decides.</summary>
    public static bool IsClean(CSharpCompilation compilation, CancellationToken cancellationToken) =>
        !compilation.GetDiagnostics(cancellationToken).Any(error => error.Severity == DiagnosticSeverity.Error && CSharpErrors.Counts(error));

    /// <summary>The errors in the changed files, and in those that mention a type that the changed files declared before.</summary>
    /// <param name="compilation">The project with the changes.</param>
    /// <param name="changes">The changes.</param>
    /// <param name="names">The names of the types that the changed files declared before.</param>
    /// <param name="awaited">The names that other tasks may still bring: that one of them is missing is no error, and may be why others than missing names are there.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static IReadOnlyList<Microsoft.CodeAnalysis.Diagnostic> Of(
        CSharpCompilation compilation, ChangeSet changes, IReadOnlySet<string> names, IReadOnlySet<string> awaited, CancellationToken cancellationToken)
    {
        var concerned = compilation.SyntaxTrees.Where(tree => tree.FilePath.Length > 0 && !IsProgram(tree) && (changes.Find(new RepoPath(tree.FilePath)) is not null || Mentions(tree, names, cancellationToken)));
        var errors = concerned.Take(MostTrees).SelectMany(tree => CSharpErrors.In(compilation, tree, cancellationToken)).ToList();
        return errors.Exists(error => IsAwaited(error, awaited)) ? [.. errors.Where(error => CSharpErrors.IsAboutAName(error) && !IsAwaited(error, awaited))] : errors;
    }

    /// <summary>Whether a generator could mend an error.</summary>
    public static bool IsOfGenerators(Microsoft.CodeAnalysis.Diagnostic error) => CSharpErrors.IsAboutAName(error) || OfGenerators.Contains(error.Id);

    /// <summary>Whether the changes can make a generator write something that is not known here: they touch a partial type, or what code is made from.</summary>
    public static bool MayBeGenerated(CSharpCompilation compilation, ChangeSet changes, CancellationToken cancellationToken) =>
        changes.Files.Any(file => Sources.Contains(Path.GetExtension(file.Path.Name), StringComparer.OrdinalIgnoreCase))
        || compilation.SyntaxTrees.Where(tree => changes.Find(new RepoPath(tree.FilePath)) is not null)
            .Any(tree => tree.GetRoot(cancellationToken).DescendantNodes().OfType<MemberDeclarationSyntax>().Any(member => member.Modifiers.Any(SyntaxKind.PartialKeyword)));

    /// <summary>An error as the compiler prints it.</summary>
    public static Diagnostic Told(Microsoft.CodeAnalysis.Diagnostic error)
    {
        var (path, at) = (error.Location.SourceTree?.FilePath ?? "", error.Location.GetLineSpan().StartLinePosition);
        var words = $"error {error.Id}: {error.GetMessage(CultureInfo.InvariantCulture)}";
        return path.Length == 0 ? new Diagnostic(null, words) : new Diagnostic(new RepoPath(path), $"{path}({at.Line + 1},{at.Character + 1}): {words}");
    }

    // The name is where the error lies; a generic one has its arguments behind it.
    private static bool IsAwaited(Microsoft.CodeAnalysis.Diagnostic error, IReadOnlySet<string> awaited) => awaited.Count > 0 && CSharpErrors.IsAboutAName(error)
        && error.Location.SourceTree?.GetText().ToString(error.Location.SourceSpan).Split('<')[0].Trim() is { } name && awaited.Contains(name);

    // A file with '#!' or '#:' is a program by itself, which no project compiles.
    private static bool IsProgram(SyntaxTree tree) => tree.GetText() is { Length: > 2 } text && text[0] == '#' && text[1] is ('!' or ':');

    private static bool Mentions(SyntaxTree tree, IReadOnlySet<string> names, CancellationToken cancellationToken) => names.Count > 0
        && tree.GetRoot(cancellationToken).DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && names.Contains(token.ValueText));
}
