using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Planlane.Values;

namespace Planlane.Requests.Sources;

/// <summary>Reads the members of a type declaration.</summary>
internal static class CSharpMembers
{
    /// <summary>The name of a type with its arity.</summary>
    public static string NameOf(MemberDeclarationSyntax type) => type switch
    {
        TypeDeclarationSyntax declared => CSharpNames.WithArity(declared.Identifier.ValueText, declared.TypeParameterList?.Parameters.Count ?? 0),
        DelegateDeclarationSyntax declared => CSharpNames.WithArity(declared.Identifier.ValueText, declared.TypeParameterList?.Parameters.Count ?? 0),
        BaseTypeDeclarationSyntax declared => declared.Identifier.ValueText,
        _ => "",
    };

    /// <summary>The types that a constraint clause names.</summary>
    public static IEnumerable<TypeSyntax> ConstraintsOf(TypeParameterConstraintClauseSyntax clause) => clause.Constraints.OfType<TypeConstraintSyntax>().Select(constraint => constraint.Type);

    /// <summary>The names in some types, each once.</summary>
    public static ValueList<string> TypesOf(IReadOnlySet<string> ignored, IEnumerable<SyntaxNode?> types)
    {
        var names = new List<string>();
        foreach (var type in types)
            CSharpNames.Collect(type, ignored, names);
        return names.Distinct().ToValueList();
    }

    /// <summary>The members that a class, struct, interface or record declares here.</summary>
    /// <param name="type">The declaration.</param>
    /// <param name="ignored">The type parameters that are in force in it.</param>
    public static IEnumerable<CSharpMember> Of(TypeDeclarationSyntax type, IReadOnlySet<string> ignored)
    {
        var unstated = type is InterfaceDeclarationSyntax ? CSharpAccess.Public : CSharpAccess.Private;
        var isPartial = type.Modifiers.Any(SyntaxKind.PartialKeyword);
        return type.Members.SelectMany(member => Of(member, CSharpAccessOf.Member(member, unstated), ignored))
            .Concat(PrimaryOf(type, ignored))
            .Where(member => isPartial || member.Access != CSharpAccess.Private);
    }

    private static IEnumerable<CSharpMember> Of(MemberDeclarationSyntax member, CSharpAccess access, IReadOnlySet<string> ignored) => member switch
    {
        MethodDeclarationSyntax { ExplicitInterfaceSpecifier: null } method => [MethodOf(method, access, ignored)],
        PropertyDeclarationSyntax { ExplicitInterfaceSpecifier: null } property => [new(property.Identifier.ValueText, access, TypesOf(ignored, [property.Type]))],
        EventDeclarationSyntax { ExplicitInterfaceSpecifier: null } declared => [new(declared.Identifier.ValueText, access, TypesOf(ignored, [declared.Type]))],
        IndexerDeclarationSyntax { ExplicitInterfaceSpecifier: null } indexer => [new(CSharpImplicit.Indexer, access, TypesOf(ignored, [indexer.Type, .. TypesOf(indexer.ParameterList)]))],
        BaseFieldDeclarationSyntax field => field.Declaration.Variables.Select(variable => new CSharpMember(variable.Identifier.ValueText, access, TypesOf(ignored, [field.Declaration.Type]))),
        ConstructorDeclarationSyntax constructor => [new(CSharpImplicit.Constructor, access, TypesOf(ignored, TypesOf(constructor.ParameterList)))],
        OperatorDeclarationSyntax declared => [new(CSharpImplicit.Operator(declared.OperatorToken.Text), CSharpAccess.Public, TypesOf(ignored, [declared.ReturnType, .. TypesOf(declared.ParameterList)]))],
        ConversionOperatorDeclarationSyntax conversion => [new(CSharpImplicit.Conversion, CSharpAccess.Public, TypesOf(ignored, [conversion.Type, .. TypesOf(conversion.ParameterList)]))],
        ExtensionBlockDeclarationSyntax block => ExtensionsOf(block, ignored),
        _ => [],
    };

    private static CSharpMember MethodOf(MethodDeclarationSyntax method, CSharpAccess access, IReadOnlySet<string> ignored)
    {
        var inner = Widened(ignored, method.TypeParameterList);
        var types = TypesOf(inner, [method.ReturnType, .. TypesOf(method.ParameterList), .. method.ConstraintClauses.SelectMany(ConstraintsOf)]);
        var first = method.ParameterList.Parameters.FirstOrDefault();
        return new CSharpMember(method.Identifier.ValueText, access, types, first?.Modifiers.Any(SyntaxKind.ThisKeyword) == true ? ReceiverOf(first.Type, inner) : null);
    }

    // A block of extension members is no type to its users: its members are those of the class around it.
    private static IEnumerable<CSharpMember> ExtensionsOf(ExtensionBlockDeclarationSyntax block, IReadOnlySet<string> ignored)
    {
        var inner = Widened(ignored, block.TypeParameterList);
        var receiver = block.ParameterList?.Parameters.FirstOrDefault()?.Type;
        var receiverTypes = TypesOf(inner, [receiver, .. block.ConstraintClauses.SelectMany(ConstraintsOf)]);
        return block.Members.SelectMany(member => Of(member, CSharpAccessOf.Member(member, CSharpAccess.Private), inner))
            .Select(member => member with { Types = member.Types.AddRange(receiverTypes), Receiver = ReceiverOf(receiver, inner) });
    }

    // The parameters of a record are properties, and its parts can be taken apart; a record can be compared.
    private static IEnumerable<CSharpMember> PrimaryOf(TypeDeclarationSyntax type, IReadOnlySet<string> ignored)
    {
        if (type.ParameterList is { } list)
            yield return new CSharpMember(CSharpImplicit.Constructor, CSharpAccess.Public, TypesOf(ignored, TypesOf(list)));
        if (type is not RecordDeclarationSyntax record)
            yield break;
        foreach (var name in new[] { "Equals", "ToString", "GetHashCode", CSharpImplicit.Operator("=="), CSharpImplicit.Operator("!=") })
            yield return new CSharpMember(name, CSharpAccess.Public, []);
        foreach (var parameter in record.ParameterList?.Parameters ?? default)
            yield return new CSharpMember(parameter.Identifier.ValueText, CSharpAccess.Public, TypesOf(ignored, [parameter.Type]));
        if (record.ParameterList is { Parameters.Count: > 0 } parameters)
            yield return new CSharpMember("Deconstruct", CSharpAccess.Public, TypesOf(ignored, TypesOf(parameters)));
    }

    private static IEnumerable<TypeSyntax?> TypesOf(BaseParameterListSyntax parameters) => parameters.Parameters.Select(parameter => parameter.Type);

    // Empty for what no declaration of ours can be: an array, a type parameter.
    private static string ReceiverOf(TypeSyntax? type, HashSet<string> ignored)
    {
        var plain = type is NullableTypeSyntax nullable ? nullable.ElementType : type;
        return plain is not null && CSharpNames.ChainOf(plain) is { } chain && !ignored.Contains(chain) ? chain : "";
    }

    private static HashSet<string> Widened(IReadOnlySet<string> ignored, TypeParameterListSyntax? list) =>
        new(ignored.Concat((list?.Parameters ?? default).Select(parameter => parameter.Identifier.ValueText)), StringComparer.Ordinal);
}
