using System.Text.Json.Serialization;
using Planlane.Values;

namespace Planlane.Requests.Sources;

/// <summary>What a source file says by itself; each family of languages has its own case. Kept as JSON by the blob's id.</summary>
[JsonDerivedType(typeof(ImportFacts), "import")]
[JsonDerivedType(typeof(CSharpFacts), "csharp")]
public abstract record SourceFacts
{
    private protected SourceFacts()
    {
    }

    /// <summary>What it shows to others, in the order of the text.</summary>
    public ValueList<Signature> Signatures { get; init; } = [];
}

/// <summary>What a file of a language says in which files name the files or modules that they use.</summary>
public sealed record ImportFacts : SourceFacts
{
    /// <summary>What it imports, each as it is written, such as <c>./auth/jwt.js</c>, <c>com.acme.Jwt</c> or <c>crate::auth</c>; each once, in the order of the text.</summary>
    public ValueList<string> Imports { get; init; } = [];

    /// <summary>The package or module that it says it belongs to, or null where the place of the file says it.</summary>
    public string? Package { get; init; }

    /// <summary>The names at its top level that a neighbour can use without an import, shown to others or not; each once. Empty for languages that have no such neighbours.</summary>
    public ValueList<string> Declares { get; init; } = [];

    /// <summary>The names that it uses and that could be declared by a neighbour without an import; each once. Empty for languages that have no such neighbours.</summary>
    public ValueList<string> Names { get; init; } = [];
}
