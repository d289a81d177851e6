using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Planlane.Requests.Sources;

/// <summary>Which members a piece of syntax uses without writing their names.</summary>
internal static class CSharpImplicitOf
{
    /// <summary>The names, as <see cref="CSharpImplicit"/> writes them; empty for most syntax.</summary>
    public static string[] Names(SyntaxNode node) => node switch
    {
        BinaryExpressionSyntax binary => Operators(binary.OperatorToken.Text),
        PrefixUnaryExpressionSyntax prefix => Operators(prefix.OperatorToken.Text),
        PostfixUnaryExpressionSyntax { OperatorToken.Text: not "!" } postfix => Operators(postfix.OperatorToken.Text),
        AssignmentExpressionSyntax { OperatorToken.Text: "=" } assignment => assignment.Left is TupleExpressionSyntax or DeclarationExpressionSyntax ? ["Deconstruct"] : [],
        AssignmentExpressionSyntax compound => [CSharpImplicit.Operator(compound.OperatorToken.Text), CSharpImplicit.Operator(compound.OperatorToken.Text[..^1])],
        ForEachVariableStatementSyntax => [.. CSharpImplicit.Enumeration, "Deconstruct"],
        ForEachStatementSyntax or SpreadElementSyntax => CSharpImplicit.Enumeration,
        CollectionExpressionSyntax => CSharpImplicit.Building,
        InitializerExpressionSyntax => ["Add"],
        ElementAccessExpressionSyntax or ElementBindingExpressionSyntax or ImplicitElementAccessSyntax => CSharpImplicit.Counting,
        ListPatternSyntax or SlicePatternSyntax => CSharpImplicit.Counting,
        PositionalPatternClauseSyntax => ["Deconstruct"],
        ImplicitObjectCreationExpressionSyntax => [CSharpImplicit.Constructor],
        UsingStatementSyntax or LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 } => CSharpImplicit.Disposal,
        AwaitExpressionSyntax => CSharpImplicit.Awaiting,
        QueryExpressionSyntax => CSharpImplicit.Query,
        InterpolatedStringExpressionSyntax => CSharpImplicit.Interpolation,
        IfStatementSyntax or WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or ConditionalExpressionSyntax => CSharpImplicit.Truth,
        FixedStatementSyntax => ["GetPinnableReference"],
        _ => [],
    };

    // What && and || do with a type of one's own is its & or |, and its truth.
    private static string[] Operators(string letters) => letters switch
    {
        "&&" or "||" => [CSharpImplicit.Operator(letters[..1]), .. CSharpImplicit.Truth],
        "is" or "as" => [],
        _ => [CSharpImplicit.Operator(letters)],
    };
}
