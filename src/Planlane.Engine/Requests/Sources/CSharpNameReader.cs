using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Planlane.Values;

namespace Planlane.Requests.Sources;

/// <summary>Reads the names that code uses: those that stand for themselves, and those that it asks of a value.</summary>
internal abstract class CSharpNameReader : CSharpSyntaxWalker
{
    // The names of locals, parameters and members of the file.
    private readonly HashSet<string> _declared = new(StringComparer.Ordinal);

    /// <summary>The names of the space or type that is being read.</summary>
    protected HashSet<string> Names { get; set; } = [];

    protected HashSet<string> Accessed { get; } = new(StringComparer.Ordinal);

    protected HashSet<string> TypeParameters { get; private set; } = new(StringComparer.Ordinal);

    /// <summary>The names without those that the file itself declares as locals or fields; what is asked of these is accessed.</summary>
    /// <remarks>A name that begins with a capital stays: <c>Options</c> can be a property here and a type in the next method.</remarks>
    protected ValueList<string> Settled(HashSet<string> names)
    {
        foreach (var name in names.ToList())
        {
            var parts = name.Split('.');
            if (!_declared.Contains(parts[0]))
                continue;
            if (!char.IsUpper(name[0]))
                names.Remove(name);
            AccessParts(parts[1..]);
        }

        return names.Order(StringComparer.Ordinal).ToValueList();
    }

    protected void WithTypeParameters(TypeParameterListSyntax? list, Action visit)
    {
        var outer = TypeParameters;
        if (list is not null)
        {
            TypeParameters = new HashSet<string>(outer, StringComparer.Ordinal);
            TypeParameters.UnionWith(list.Parameters.Select(parameter => parameter.Identifier.ValueText));
        }

        visit();
        TypeParameters = outer;
    }

    protected void VisitAll<T>(SyntaxList<T> nodes)
        where T : SyntaxNode
    {
        foreach (var node in nodes)
            Visit(node);
    }

    protected void VisitAll<T>(SeparatedSyntaxList<T> nodes)
        where T : SyntaxNode
    {
        foreach (var node in nodes)
            Visit(node);
    }

    public override void DefaultVisit(SyntaxNode node)
    {
        AccessImplicitly(node);
        base.DefaultVisit(node);
    }

    public override void VisitIdentifierName(IdentifierNameSyntax node) => Add(node.Identifier.ValueText);

    public override void VisitGenericName(GenericNameSyntax node) => AddChain(node);

    public override void VisitQualifiedName(QualifiedNameSyntax node) => AddChain(node);

    public override void VisitAliasQualifiedName(AliasQualifiedNameSyntax node) => AddChain(node);

    public override void VisitMemberAccessExpression(MemberAccessExpressionSyntax node)
    {
        if (CSharpNames.ChainOf(node) is not null)
        {
            AddChain(node);
            return;
        }

        // What a keyword type such as string has is declared by no file.
        if (node.Expression is PredefinedTypeSyntax)
            return;
        Access(node.Name);
        Visit(node.Expression);
    }

    public override void VisitMemberBindingExpression(MemberBindingExpressionSyntax node) => Access(node.Name);

    public override void VisitAttribute(AttributeSyntax node)
    {
        AddChain(node.Name);
        if (CSharpNames.ChainOf(node.Name) is { } chain)
            Names.Add(CSharpNames.AsAttribute(chain));
        Visit(node.ArgumentList);
    }

    public override void VisitNameEquals(NameEqualsSyntax node)
    {
        if (node.Parent is AttributeArgumentSyntax)
            Access(node.Name);
    }

    public override void VisitNameColon(NameColonSyntax node)
    {
        if (node.Parent is SubpatternSyntax)
            Access(node.Name);
    }

    // A pattern of members in members: { Name.Length: > 0 }.
    public override void VisitExpressionColon(ExpressionColonSyntax node)
    {
        var members = node.Expression;
        for (; members is MemberAccessExpressionSyntax member; members = member.Expression)
            Access(member.Name);
        if (members is SimpleNameSyntax first)
            Access(first);
    }

    public override void VisitAssignmentExpression(AssignmentExpressionSyntax node)
    {
        AccessImplicitly(node);
        if (node.Parent is InitializerExpressionSyntax && node.Left is SimpleNameSyntax member)
            Access(member);
        else
            Visit(node.Left);
        Visit(node.Right);
    }

    // A long sum is a tree as deep as it is long, too deep for a recursion.
    public override void VisitBinaryExpression(BinaryExpressionSyntax node)
    {
        var rights = new Stack<ExpressionSyntax>();
        ExpressionSyntax left = node;
        while (left is BinaryExpressionSyntax binary)
        {
            AccessImplicitly(binary);
            rights.Push(binary.Right);
            left = binary.Left;
        }

        Visit(left);
        while (rights.TryPop(out var right))
            Visit(right);
    }

    public override void VisitMethodDeclaration(MethodDeclarationSyntax node) => WithTypeParameters(node.TypeParameterList, () => Declare(node.Identifier, () => base.VisitMethodDeclaration(node)));

    public override void VisitLocalFunctionStatement(LocalFunctionStatementSyntax node) => WithTypeParameters(node.TypeParameterList, () => Declare(node.Identifier, () => base.VisitLocalFunctionStatement(node)));

    public override void VisitExtensionBlockDeclaration(ExtensionBlockDeclarationSyntax node) => WithTypeParameters(node.TypeParameterList, () => base.VisitExtensionBlockDeclaration(node));

    public override void VisitPropertyDeclaration(PropertyDeclarationSyntax node) => Declare(node.Identifier, () => base.VisitPropertyDeclaration(node));

    public override void VisitParameter(ParameterSyntax node) => Declare(node.Identifier, () => base.VisitParameter(node));

    public override void VisitVariableDeclarator(VariableDeclaratorSyntax node) => Declare(node.Identifier, () => base.VisitVariableDeclarator(node));

    public override void VisitSingleVariableDesignation(SingleVariableDesignationSyntax node) => _declared.Add(node.Identifier.ValueText);

    public override void VisitForEachStatement(ForEachStatementSyntax node) => Declare(node.Identifier, () => base.VisitForEachStatement(node));

    public override void VisitCatchDeclaration(CatchDeclarationSyntax node) => Declare(node.Identifier, () => base.VisitCatchDeclaration(node));

    public override void VisitFromClause(FromClauseSyntax node) => Declare(node.Identifier, () => base.VisitFromClause(node));

    public override void VisitLetClause(LetClauseSyntax node) => Declare(node.Identifier, () => base.VisitLetClause(node));

    public override void VisitGotoStatement(GotoStatementSyntax node)
    {
        if (node.CaseOrDefaultKeyword != default)
            base.VisitGotoStatement(node);
    }

    private void Declare(SyntaxToken identifier, Action visit)
    {
        _declared.Add(identifier.ValueText);
        visit();
    }

    private void Add(string name)
    {
        if (name.Length > 0 && name is not ("var" or "_") && !TypeParameters.Contains(name))
            Names.Add(name);
    }

    private void AddChain(SyntaxNode node)
    {
        if (CSharpNames.ChainOf(node) is not { Length: > 0 } chain)
        {
            base.DefaultVisit(node);
            return;
        }

        var dot = chain.IndexOf('.');
        if (dot > 0 && TypeParameters.Contains(chain[..dot]))
            AccessParts(chain[(dot + 1)..].Split('.'));
        else
            Add(chain);
        foreach (var generic in CSharpNames.GenericsOf(node))
            VisitAll(generic.TypeArgumentList.Arguments);
    }

    private void Access(SimpleNameSyntax name)
    {
        Accessed.Add(name.Identifier.ValueText);
        if (name is GenericNameSyntax generic)
            VisitAll(generic.TypeArgumentList.Arguments);
    }

    private void AccessParts(IEnumerable<string> parts) => Accessed.UnionWith(parts.Select(CSharpNames.WithoutArity));

    private void AccessImplicitly(SyntaxNode node)
    {
        foreach (var name in CSharpImplicitOf.Names(node))
            Accessed.Add(name);
    }
}
