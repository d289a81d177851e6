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
    // '#:' and '#!' are for files that are programs by themselves.
    private static readonly HashSet<string> OfPrograms = ["CS9298", "CS9299", "CS9314", "CS1024"];

    // What a generator may write: a member that an abstract or interface one asks for, and the other part of a partial type.
    private static readonly HashSet<string> OfGenerators = ["CS0534", "CS0535", "CS0115", "CS7036", "CS1729", "CS8646", "CS0266", "CS0029", "CS1503", "CS1929", "CS0122", "CS8751"];

    // From which code is made.
    private static readonly string[] Sources = [".resx", ".razor", ".cshtml", ".xaml", ".axaml", ".proto", ".tt", ".g4", ".xsd", ".csproj", ".props", ".targets"];

    /// <summary>The syntax errors of a file.</summary>
    public static IEnumerable<Diagnostic> Syntax(SyntaxTree tree) =>
        tree.GetDiagnostics().Where(error => error.Severity == DiagnosticSeverity.Error && !OfPrograms.Contains(error.Id)).Select(Told);

    /// <summary>All errors of a compilation but those that only a whole build decides.</summary>
    public static IReadOnlyList<Microsoft.CodeAnalysis.Diagnostic> Of(CSharpCompilation compilation, CancellationToken cancellationToken) =>
        [.. compilation.GetDiagnostics(cancellationToken).Where(error => error.Severity == DiagnosticSeverity.Error && CSharpErrors.Counts(error))];

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
}
