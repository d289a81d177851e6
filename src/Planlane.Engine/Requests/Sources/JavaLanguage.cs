using Planlane.Values;

namespace Planlane.Requests.Sources;

/// <summary>Java and Kotlin, which import each other, read by their import statements and by the types of their own package that they name.</summary>
public sealed class JavaLanguage : ISourceLanguage
{
    /// <inheritdoc />
    public string Name => "Java/Kotlin";

    /// <inheritdoc />
    public int Version => 1;

    /// <inheritdoc />
    public bool Reads(RepoPath path) => path.Name.EndsWith(".java", StringComparison.Ordinal) || path.Name.EndsWith(".kt", StringComparison.Ordinal);

    /// <inheritdoc />
    public bool NeedsText(RepoPath path) => false;

    /// <inheritdoc />
    public SourceFacts Read(string text) => new JavaReader(SourceLexer.Lex(text, LexicalRules.Java)).Read();

    /// <inheritdoc />
    public IEnumerable<FileUse> Link(IReadOnlyList<SourceText> files, SourceTree tree)
    {
        var uses = new UseSet();
        var read = files.Where(file => file.Facts is ImportFacts).Select(file => (file.Path, Facts: (ImportFacts)file.Facts)).ToList();
        var declared = read.SelectMany(file => file.Facts.Declares.Select(name => (Name: Qualified(file.Facts.Package, name), file.Path)))
            .ToLookup(declaration => declaration.Name, declaration => declaration.Path, StringComparer.Ordinal);
        foreach (var (path, facts) in read)
        {
            foreach (var import in facts.Imports)
                if (import.EndsWith(".*", StringComparison.Ordinal))
                    AddAllOf(import[..^2], path, facts, declared, uses);
                else
                    uses.AddAll(path, Declaring(import, declared));
            foreach (var name in facts.Names)
                uses.AddAll(path, name.Contains('.', StringComparison.Ordinal) ? Declaring(name, declared) : declared[Qualified(facts.Package, name)]);
        }

        return uses.Uses;
    }

    private static string Qualified(string? package, string name) => string.IsNullOrEmpty(package) ? name : $"{package}.{name}";

    // com.acme.* is the types of a package that the file names; com.acme.Jwt.* is the members of a type.
    private static void AddAllOf(string scope, RepoPath path, ImportFacts facts, ILookup<string, RepoPath> declared, UseSet uses)
    {
        uses.AddAll(path, Declaring(scope, declared));
        foreach (var name in facts.Names)
            uses.AddAll(path, declared[$"{scope}.{name}"]);
    }

    // A nested type or a member is found by the type that it stands in.
    private static IEnumerable<RepoPath> Declaring(string name, ILookup<string, RepoPath> declared)
    {
        for (var at = name; at.Length > 0; at = at.LastIndexOf('.') is var dot and > 0 ? at[..dot] : "")
            if (declared.Contains(at))
                return declared[at];
        return [];
    }
}
