using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Planlane.Planning.Contracts;

/// <summary>The compiler's errors, sorted by what they say of a contract.</summary>
internal static class CSharpErrors
{
    // What only the whole build decides: an entry point, top-level statements, parts that a generator or a task writes.
    private static readonly HashSet<string> Ignored = ["CS5001", "CS8805", "CS8795", "CS9248", "CS9276", "CS8802"];

    // A name that is not found: CS0012 and CS7069 by way of another assembly, CS1061 and CS0117 as a member.
    private static readonly HashSet<string> Names = ["CS0246", "CS0234", "CS0103", "CS0400", "CS0012", "CS7069", "CS1069", "CS1061", "CS0117", "CS0432", "CS0518"];

    // Two declarations of one thing are wrong whatever else is unknown.
    private static readonly HashSet<string> Declarations = ["CS0101", "CS0102", "CS0111", "CS0260", "CS0261", "CS0262", "CS0264", "CS0265"];

    /// <summary>Whether an error is not one that only the whole build decides.</summary>
    public static bool Counts(Diagnostic error) => !Ignored.Contains(error.Id);

    /// <summary>The errors that lie in a file.</summary>
    public static IReadOnlyList<Diagnostic> In(CSharpCompilation compilation, SyntaxTree tree, CancellationToken cancellationToken) =>
        [.. compilation.GetSemanticModel(tree).GetDiagnostics(null, cancellationToken).Where(error => error.Severity == DiagnosticSeverity.Error && Counts(error))];

    /// <summary>Whether a name is not found, which a package that is not here could explain.</summary>
    public static bool IsAboutAName(Diagnostic error) => Names.Contains(error.Id);

    /// <summary>Whether something is declared twice.</summary>
    public static bool IsAboutADeclaration(Diagnostic error) => Declarations.Contains(error.Id);

    /// <summary>Whether declarations of a project name what is not found, so that a build would know more than is seen here.</summary>
    public static bool HasUnknownNames(CSharpCompilation compilation, CancellationToken cancellationToken) =>
        compilation.GetDeclarationDiagnostics(cancellationToken).Any(error => error.Location.SourceTree is { FilePath.Length: > 0 } && IsAboutAName(error));
}
