using Planlane.Values;

namespace Planlane.Requests.Sources;

/// <summary>What a C# file says by itself, names as they are written.</summary>
/// <remarks>A name is a chain of parts with dots; a generic part carries its arity, as in <c>ValueList`1</c>, and a name from the root begins with <c>global::</c>.</remarks>
public sealed record CSharpFacts : SourceFacts
{
    /// <summary>The file itself, then its namespace declarations; an outer one comes before those that it holds.</summary>
    public ValueList<CSharpSpace> Spaces { get; init; } = [];

    /// <summary>The types that it declares; an outer one comes before those that it holds.</summary>
    public ValueList<CSharpType> Types { get; init; } = [];

    /// <summary>The names that it asks of some value, such as <c>Name</c> in <c>user().Name</c>, and the implicit ones of <see cref="CSharpImplicit"/>.</summary>
    public ValueList<string> Accessed { get; init; } = [];

    /// <summary>The assemblies that may see what is internal.</summary>
    public ValueList<string> Friends { get; init; } = [];
}

/// <summary>A file's top level, or a namespace that it declares.</summary>
/// <param name="Name">The whole name of the namespace; empty at the top level.</param>
/// <param name="Outer">The index of the space around it; -1 at the top level.</param>
/// <param name="Usings">Its using directives.</param>
/// <param name="Names">The names that are used in it and in no type of it.</param>
public sealed record CSharpSpace(string Name, int Outer, ValueList<CSharpUsing> Usings, ValueList<string> Names);

/// <summary>A using directive.</summary>
/// <param name="Kind">What it brings in.</param>
/// <param name="Names">What it names; the first is the target, others are its type arguments.</param>
/// <param name="Alias">The alias that it declares, or null.</param>
/// <param name="IsGlobal">Whether it holds for the whole project.</param>
public sealed record CSharpUsing(CSharpUsingKind Kind, ValueList<string> Names, string? Alias = null, bool IsGlobal = false);

/// <summary>What a using directive brings in.</summary>
public enum CSharpUsingKind
{
    /// <summary>The types of a namespace.</summary>
    Namespace,

    /// <summary>The static members and nested types of a type.</summary>
    Static,

    /// <summary>One namespace or type by another name.</summary>
    Alias,
}

/// <summary>A type as one file declares it.</summary>
/// <param name="Name">Its own name with its arity.</param>
/// <param name="Space">The index of the space that it lies in.</param>
/// <param name="Outer">The index of the type that holds it, or -1.</param>
/// <param name="Access">Who sees it, as far as this declaration says.</param>
/// <param name="Bases">The names of what it derives from and implements.</param>
/// <param name="Bounds">The names in the type arguments of its bases, and in its constraints.</param>
/// <param name="Members">Its members; of a type that is not partial, only those that others could reach.</param>
/// <param name="Names">The names that are used in it and in no type of it.</param>
public sealed record CSharpType(
    string Name, int Space, int Outer, CSharpAccess Access, ValueList<string> Bases, ValueList<string> Bounds, ValueList<CSharpMember> Members, ValueList<string> Names);

/// <summary>A member of a type.</summary>
/// <param name="Name">Its name without arity, or one of <see cref="CSharpImplicit"/>.</param>
/// <param name="Access">Who sees it.</param>
/// <param name="Types">The names in its signature.</param>
/// <param name="Receiver">Of an extension member the type that it extends; empty when that is no plain type; null for other members.</param>
public sealed record CSharpMember(string Name, CSharpAccess Access, ValueList<string> Types, string? Receiver = null);

/// <summary>Who sees a type or member; a later one sees more.</summary>
public enum CSharpAccess
{
    /// <summary>Its own file.</summary>
    File,

    /// <summary>Its type.</summary>
    Private,

    /// <summary>Its project and the friends of that.</summary>
    Internal,

    /// <summary>Deriving types.</summary>
    Protected,

    /// <summary>Everybody.</summary>
    Public,
}
