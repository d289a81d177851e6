using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Planlane.Requests.Sources;

/// <summary>Which members a piece of syntax uses without writing their names.</summary>
internal static class CSharpImplicitOf
{
    // There are some thirty operators and very many uses of them.
    private static readonly ConcurrentDictionary<string, string[]> Known = new(StringComparer.Ordinal);
    private static readonly string[] Deconstruction = ["Deconstruct"];
    private static readonly string[] Addition = ["Add"];
    private static readonly string[] Indexing = [CSharpImplicit.Indexer];
    private static readonly string[] Construction = [CSharpImplicit.Constructor];
    private static readonly string[] Pinning = ["GetPinnableReference"];

    /// <summary>The names, as <see cref="CSharpImplicit"/> writes them; empty for most syntax.</summary>
    public static string[] Names(SyntaxNode node) => node.Kind() switch
    {
        SyntaxKind.SimpleAssignmentExpression => ((AssignmentExpressionSyntax)node).Left is TupleExpressionSyntax or DeclarationExpressionSyntax ? Deconstruction : [],
        SyntaxKind.ForEachVariableStatement => [.. CSharpImplicit.Enumeration, .. Deconstruction],
        SyntaxKind.ForEachStatement or SyntaxKind.SpreadElement => CSharpImplicit.Enumeration,
        SyntaxKind.CollectionExpression => CSharpImplicit.Building,
        SyntaxKind.CollectionInitializerExpression => Addition,
        SyntaxKind.ElementAccessExpression or SyntaxKind.ElementBindingExpression or SyntaxKind.ImplicitElementAccess => Indexing,
        SyntaxKind.RangeExpression or SyntaxKind.IndexExpression or SyntaxKind.ListPattern or SyntaxKind.SlicePattern => CSharpImplicit.Counting,
        SyntaxKind.PositionalPatternClause => Deconstruction,
        SyntaxKind.ImplicitObjectCreationExpression => Construction,
        SyntaxKind.UsingStatement => CSharpImplicit.Disposal,
        SyntaxKind.LocalDeclarationStatement => ((LocalDeclarationStatementSyntax)node).UsingKeyword.RawKind != 0 ? CSharpImplicit.Disposal : [],
        SyntaxKind.AwaitExpression => CSharpImplicit.Awaiting,
        SyntaxKind.QueryExpression => CSharpImplicit.Query,
        SyntaxKind.InterpolatedStringExpression => CSharpImplicit.Interpolation,
        SyntaxKind.IfStatement or SyntaxKind.WhileStatement or SyntaxKind.DoStatement or SyntaxKind.ForStatement or SyntaxKind.ConditionalExpression => CSharpImplicit.Truth,
        SyntaxKind.FixedStatement => Pinning,
        _ => node is ExpressionSyntax ? OperatorsOf(node) : [],
    };

    private static string[] OperatorsOf(SyntaxNode node) => node switch
    {
        BinaryExpressionSyntax binary => Operators(binary.OperatorToken.Text),
        PrefixUnaryExpressionSyntax prefix => Operators(prefix.OperatorToken.Text),
        PostfixUnaryExpressionSyntax { OperatorToken.Text: not "!" } postfix => Operators(postfix.OperatorToken.Text),
        AssignmentExpressionSyntax compound => [CSharpImplicit.Operator(compound.OperatorToken.Text), CSharpImplicit.Operator(compound.OperatorToken.Text[..^1])],
        _ => [],
    };

    private static string[] Operators(string letters) => Known.GetOrAdd(letters, NamesOf);

    // What && and || do with a type of one's own is its & or |, and its truth.
    private static string[] NamesOf(string letters) => letters switch
    {
        "&&" or "||" => [CSharpImplicit.Operator(letters[..1]), .. CSharpImplicit.Truth],
        "is" or "as" => [],
        _ => [CSharpImplicit.Operator(letters)],
    };
}
