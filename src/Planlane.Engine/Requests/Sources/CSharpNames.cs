using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Planlane.Requests.Sources;

/// <summary>The names in C# syntax, in the form of <see cref="CSharpFacts"/>.</summary>
internal static class CSharpNames
{
    private const string Root = "global";

    /// <summary>The chain of names that an expression or type is, or null when it is something else.</summary>
    public static string? ChainOf(SyntaxNode node) => node switch
    {
        IdentifierNameSyntax identifier => identifier.Identifier.ValueText,
        GenericNameSyntax generic => WithArity(generic.Identifier.ValueText, generic.TypeArgumentList.Arguments.Count),
        AliasQualifiedNameSyntax { Alias.Identifier.ValueText: Root } rooted => $"{Root}::{ChainOf(rooted.Name)}",
        AliasQualifiedNameSyntax aliased => $"{aliased.Alias.Identifier.ValueText}.{ChainOf(aliased.Name)}",
        QualifiedNameSyntax qualified => Joined(qualified.Left, qualified.Right),
        MemberAccessExpressionSyntax { RawKind: (int)SyntaxKind.SimpleMemberAccessExpression } access => Joined(access.Expression, access.Name),
        _ => null,
    };

    /// <summary>A name with the number of its type parameters.</summary>
    public static string WithArity(string name, int arity) => arity == 0 ? name : $"{name}`{arity}";

    /// <summary>A name without the number of its type parameters.</summary>
    public static string WithoutArity(string name) => name.IndexOf('`') is var at and >= 0 ? name[..at] : name;

    /// <summary>The name that an attribute's class has when it ends in what one may leave out.</summary>
    public static string AsAttribute(string chain) => chain.Contains('`') ? chain.Insert(chain.LastIndexOf('`'), "Attribute") : chain + "Attribute";

    /// <summary>Adds every name in a type, the outermost first.</summary>
    /// <param name="type">The type; nothing is added for null.</param>
    /// <param name="ignored">The type parameters that are in force.</param>
    /// <param name="names">What to add to.</param>
    public static void Collect(SyntaxNode? type, IReadOnlySet<string> ignored, ICollection<string> names)
    {
        if (type is null or AttributeListSyntax)
            return;
        if (ChainOf(type) is not { } chain)
        {
            foreach (var part in type.ChildNodes())
                Collect(part, ignored, names);
            return;
        }

        if (!ignored.Contains(chain) && chain != "var")
            names.Add(chain);
        foreach (var argument in GenericsOf(type).SelectMany(generic => generic.TypeArgumentList.Arguments))
            Collect(argument, ignored, names);
    }

    /// <summary>The parts of a name that are generic; their arguments hold further names.</summary>
    public static IEnumerable<GenericNameSyntax> GenericsOf(SyntaxNode chain) => chain switch
    {
        GenericNameSyntax generic => [generic],
        AliasQualifiedNameSyntax aliased => GenericsOf(aliased.Name),
        QualifiedNameSyntax qualified => GenericsOf(qualified.Left).Concat(GenericsOf(qualified.Right)),
        MemberAccessExpressionSyntax access => GenericsOf(access.Expression).Concat(GenericsOf(access.Name)),
        _ => [],
    };

    private static string? Joined(SyntaxNode left, SimpleNameSyntax right) => ChainOf(left) is { } start ? $"{start}.{ChainOf(right)}" : null;
}
