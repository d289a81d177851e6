using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Planlane.Values;

namespace Planlane.Requests.Sources;

/// <summary>The public and protected surface of a C# file, a line for each type and member.</summary>
internal static class CSharpSignatures
{
    /// <summary>The surface, in the order of the text.</summary>
    public static ValueList<Signature> Of(CompilationUnitSyntax root)
    {
        var found = new List<Signature>();
        foreach (var type in root.DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax).OfType<MemberDeclarationSyntax>())
            AddType(type, "", CSharpAccess.Internal, found);
        return found.ToValueList();
    }

    // A part of a partial type that does not say who sees it may be public by another part.
    private static void AddType(MemberDeclarationSyntax type, string prefix, CSharpAccess unstated, List<Signature> found)
    {
        if (IdentifierOf(type) is not { } identifier || (CSharpAccessOf.Member(type, unstated) < CSharpAccess.Protected && !MayBePublic(type)))
            return;
        var name = prefix + identifier.ValueText;
        Add(type, name, identifier, HeaderOf(type), found);
        if (type is EnumDeclarationSyntax choices)
            foreach (var choice in choices.Members)
                Add(choice, $"{name}.{choice.Identifier.ValueText}", choice.Identifier, [choice.Identifier, choice.EqualsValue], found);
        if (type is TypeDeclarationSyntax holder)
            AddMembers(holder, name, found);
    }

    private static void AddMembers(TypeDeclarationSyntax holder, string name, List<Signature> found)
    {
        var unstated = holder is InterfaceDeclarationSyntax ? CSharpAccess.Public : CSharpAccess.Private;
        foreach (var member in holder.Members)
        {
            if (member is BaseTypeDeclarationSyntax and not ExtensionBlockDeclarationSyntax or DelegateDeclarationSyntax)
                AddType(member, name + ".", unstated, found);
            else if (member is ExtensionBlockDeclarationSyntax block)
                AddMembers(block, name, found);
            else if (member is BaseFieldDeclarationSyntax field && CSharpAccessOf.Member(member, unstated) >= CSharpAccess.Protected)
                foreach (var variable in field.Declaration.Variables)
                    Add(member, $"{name}.{variable.Identifier.ValueText}", variable.Identifier, [.. HeaderOf(member), field.Declaration.Type, variable.Identifier], found);
            else if (CSharpAccessOf.Member(member, unstated) >= CSharpAccess.Protected && NameOf(member) is { } own)
                Add(member, $"{name}.{own.Name}", own.At, HeaderOf(member), found);
        }
    }

    private static bool MayBePublic(MemberDeclarationSyntax type) =>
        type.Modifiers.Any(SyntaxKind.PartialKeyword) && CSharpAccessOf.Member(type, CSharpAccess.File) == CSharpAccess.File && !type.Modifiers.Any(SyntaxKind.FileKeyword);

    private static SyntaxToken? IdentifierOf(MemberDeclarationSyntax type) => type switch
    {
        BaseTypeDeclarationSyntax declared => declared.Identifier,
        DelegateDeclarationSyntax declared => declared.Identifier,
        _ => null,
    };

    private static (string Name, SyntaxToken At)? NameOf(MemberDeclarationSyntax member) => member switch
    {
        MethodDeclarationSyntax { ExplicitInterfaceSpecifier: null } method => (method.Identifier.ValueText, method.Identifier),
        PropertyDeclarationSyntax { ExplicitInterfaceSpecifier: null } property => (property.Identifier.ValueText, property.Identifier),
        EventDeclarationSyntax { ExplicitInterfaceSpecifier: null } declared => (declared.Identifier.ValueText, declared.Identifier),
        IndexerDeclarationSyntax { ExplicitInterfaceSpecifier: null } indexer => (CSharpImplicit.Indexer, indexer.ThisKeyword),
        ConstructorDeclarationSyntax constructor => (constructor.Identifier.ValueText, constructor.Identifier),
        OperatorDeclarationSyntax declared => (CSharpImplicit.Operator(declared.OperatorToken.Text), declared.OperatorToken),
        ConversionOperatorDeclarationSyntax conversion => (CSharpImplicit.Operator(conversion.Type.ToString()), conversion.OperatorKeyword),
        _ => null,
    };

    // The parts of a declaration that are neither attributes, bodies nor initial values.
    private static IEnumerable<SyntaxNodeOrToken> HeaderOf(MemberDeclarationSyntax member) => member switch
    {
        BaseFieldDeclarationSyntax => member.ChildNodesAndTokens().Where(part => part.IsToken && !part.IsKind(SyntaxKind.SemicolonToken)),
        BaseTypeDeclarationSyntax => member.ChildNodesAndTokens().TakeWhile(part => !part.IsKind(SyntaxKind.OpenBraceToken) && !part.IsKind(SyntaxKind.SemicolonToken)),
        BasePropertyDeclarationSyntax property => PropertyHeader(property),
        _ => member.ChildNodesAndTokens().Where(part => part.AsNode() is not (BlockSyntax or ArrowExpressionClauseSyntax or ConstructorInitializerSyntax) && !part.IsKind(SyntaxKind.SemicolonToken)),
    };

    private static IEnumerable<SyntaxNodeOrToken> PropertyHeader(BasePropertyDeclarationSyntax property)
    {
        foreach (var part in property.ChildNodesAndTokens().TakeWhile(part => part.AsNode() is not (AccessorListSyntax or ArrowExpressionClauseSyntax or EqualsValueClauseSyntax)))
            yield return part;
        if (property is EventDeclarationSyntax)
            yield break;
        var accessors = property.AccessorList?.Accessors.Where(accessor => !accessor.Modifiers.Any(SyntaxKind.PrivateKeyword) && !accessor.Modifiers.Any(SyntaxKind.InternalKeyword));
        var words = accessors is null ? "get;" : string.Join(' ', accessors.Select(accessor => string.Concat(accessor.Modifiers.Select(modifier => modifier.Text + " ")) + accessor.Keyword.Text + ";"));
        yield return SyntaxFactory.Identifier(SyntaxFactory.TriviaList(SyntaxFactory.Space), $"{{ {words} }}", SyntaxFactory.TriviaList());
    }

    private static void Add(MemberDeclarationSyntax member, string name, SyntaxToken at, IEnumerable<SyntaxNodeOrToken> parts, List<Signature> found) =>
        found.Add(new Signature(name, OneLine(parts), member.SyntaxTree.GetLineSpan(at.Span).StartLinePosition.Line + 1));

    private static string OneLine(IEnumerable<SyntaxNodeOrToken> parts)
    {
        var text = new StringBuilder();
        foreach (var token in parts.Where(part => part.RawKind != 0).SelectMany(TokensOf))
        {
            // Whatever stood between two tokens, a line end or a comment too, is one space.
            if (text.Length > 0 && text[^1] is not (' ' or '(') && token.Text is not (")" or ",") && (token.HasLeadingTrivia || token.GetPreviousToken().HasTrailingTrivia))
                text.Append(' ');
            text.Append(token.Text);
        }

        return text.ToString();
    }

    private static IEnumerable<SyntaxToken> TokensOf(SyntaxNodeOrToken part) => part.AsNode() switch
    {
        null => [part.AsToken()],
        AttributeListSyntax => [],
        // What a record passes to its base is behaviour.
        var node => node.DescendantTokens(inner => inner is not (AttributeListSyntax or ArgumentListSyntax)).Where(token => token.Text.Length > 0),
    };
}
