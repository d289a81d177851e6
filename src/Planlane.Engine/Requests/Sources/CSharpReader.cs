using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Planlane.Values;

namespace Planlane.Requests.Sources;

/// <summary>Reads the declarations of a file; the names in bodies and signatures are <see cref="CSharpNameReader"/>'s.</summary>
internal sealed class CSharpReader : CSharpNameReader
{
    private readonly List<Draft> _spaces = [];
    private readonly List<Draft> _types = [];
    private readonly HashSet<string> _friends = [];
    private int _space = -1;
    private int _type = -1;
    private bool _pendingCollection;

    /// <summary>What was read.</summary>
    public CSharpFacts Facts() => new()
    {
        Spaces = _spaces.Select(space => new CSharpSpace(space.Name, space.Outer, space.Usings.ToValueList(), Settled(space.Names))).ToValueList(),
        Types = _types.Select(type => new CSharpType(
            type.Name, type.Space, type.Outer, type.Access, type.Bases.Distinct().ToValueList(), type.Bounds.Distinct().Except(type.Bases).ToValueList(), type.Members.ToValueList(), Settled(type.Names))).ToValueList(),
        // Settling names adds to what is accessed, so it comes last.
        Accessed = Accessed.Order(StringComparer.Ordinal).ToValueList(),
        Friends = _friends.ToValueList(),
    };

    public override void VisitCompilationUnit(CompilationUnitSyntax node) => InSpace("", () => base.VisitCompilationUnit(node));

    public override void VisitNamespaceDeclaration(NamespaceDeclarationSyntax node) => VisitNamespace(node);

    public override void VisitFileScopedNamespaceDeclaration(FileScopedNamespaceDeclarationSyntax node) => VisitNamespace(node);

    public override void VisitUsingDirective(UsingDirectiveSyntax node)
    {
        var names = new List<string>();
        CSharpNames.Collect(node.NamespaceOrType, TypeParameters, names);
        var kind = node.Alias is not null ? CSharpUsingKind.Alias : node.StaticKeyword != default ? CSharpUsingKind.Static : CSharpUsingKind.Namespace;
        _spaces[_space].Usings.Add(new CSharpUsing(kind, names.ToValueList(), node.Alias?.Name.Identifier.ValueText, node.GlobalKeyword != default));
    }

    public override void VisitAttribute(AttributeSyntax node)
    {
        base.VisitAttribute(node);
        var name = node.Name.ToString();
        var first = node.ArgumentList?.Arguments.FirstOrDefault()?.Expression;
        if (name.EndsWith("InternalsVisibleTo", StringComparison.Ordinal) && first is LiteralExpressionSyntax literal)
            _friends.Add(literal.Token.ValueText.Split(',')[0].Trim());
        if (name.EndsWith("CollectionBuilder", StringComparison.Ordinal) && node.Parent?.Parent is BaseTypeDeclarationSyntax)
            _pendingCollection = true;
    }

    public override void VisitClassDeclaration(ClassDeclarationSyntax node) => VisitType(node);

    public override void VisitStructDeclaration(StructDeclarationSyntax node) => VisitType(node);

    public override void VisitInterfaceDeclaration(InterfaceDeclarationSyntax node) => VisitType(node);

    public override void VisitRecordDeclaration(RecordDeclarationSyntax node) => VisitType(node);

    public override void VisitEnumDeclaration(EnumDeclarationSyntax node)
    {
        VisitOutside(node.AttributeLists, node.BaseList, default);
        InType(node, CSharpAccessOf.Type(node, _type >= 0), () =>
        {
            VisitAll(node.Members);
            foreach (var member in node.Members)
                Draft.Members.Add(new CSharpMember(member.Identifier.ValueText, CSharpAccess.Public, []));
        });
    }

    public override void VisitDelegateDeclaration(DelegateDeclarationSyntax node) => WithTypeParameters(node.TypeParameterList, () =>
    {
        VisitOutside(node.AttributeLists, null, node.ConstraintClauses);
        InType(node, CSharpAccessOf.Member(node, _type >= 0 ? CSharpAccess.Private : CSharpAccess.Internal), () =>
        {
            Visit(node.ReturnType);
            Visit(node.ParameterList);
            var types = CSharpMembers.TypesOf(TypeParameters, [node.ReturnType, .. node.ParameterList.Parameters.Select(parameter => parameter.Type)]);
            Draft.Members.Add(new CSharpMember("Invoke", CSharpAccess.Public, types));
            Draft.Members.Add(new CSharpMember(CSharpImplicit.Call, CSharpAccess.Public, types));
        });
    });

    private Draft Draft => _types[_type];

    private void VisitType(TypeDeclarationSyntax node) => WithTypeParameters(node.TypeParameterList, () =>
    {
        _pendingCollection = false;
        VisitOutside(node.AttributeLists, node.BaseList, node.ConstraintClauses);
        var isCollection = _pendingCollection;
        InType(node, CSharpAccessOf.Type(node, _type >= 0), () =>
        {
            var draft = Draft;
            var bases = (node.BaseList?.Types ?? default).Select(type => type.Type).ToList();
            draft.Bases.AddRange(bases.Select(CSharpNames.ChainOf).OfType<string>());
            foreach (var type in bases.Concat(node.ConstraintClauses.SelectMany(CSharpMembers.ConstraintsOf)))
                CSharpNames.Collect(type, TypeParameters, draft.Bounds);
            draft.Members.AddRange(CSharpMembers.Of(node, TypeParameters));
            if (isCollection)
                draft.Members.Add(new CSharpMember(CSharpImplicit.Collection, CSharpAccess.Public, []));
            Visit(node.ParameterList);
            foreach (var arguments in (node.BaseList?.Types ?? default).OfType<PrimaryConstructorBaseTypeSyntax>())
                Visit(arguments.ArgumentList);
            VisitAll(node.Members);
        });
    });

    // Attributes, bases and constraints of a type see what is around it, not what is in it.
    private void VisitOutside(SyntaxList<AttributeListSyntax> attributes, BaseListSyntax? bases, SyntaxList<TypeParameterConstraintClauseSyntax> constraints)
    {
        VisitAll(attributes);
        foreach (var type in bases?.Types ?? default)
            Visit(type.Type);
        VisitAll(constraints);
    }

    private void VisitNamespace(BaseNamespaceDeclarationSyntax node)
    {
        var name = node.Name.ToString().Replace(" ", "", StringComparison.Ordinal);
        InSpace(_spaces[_space].Name.Length == 0 ? name : $"{_spaces[_space].Name}.{name}", () =>
        {
            VisitAll(node.Usings);
            VisitAll(node.Members);
        });
    }

    private void InSpace(string name, Action visit)
    {
        var (outer, outerNames) = (_space, Names);
        _spaces.Add(new Draft(name, 0, outer, CSharpAccess.Public));
        _space = _spaces.Count - 1;
        Names = _spaces[_space].Names;
        visit();
        (_space, Names) = (outer, outerNames);
    }

    private void InType(MemberDeclarationSyntax node, CSharpAccess access, Action visit)
    {
        var (outer, outerNames) = (_type, Names);
        _types.Add(new Draft(CSharpMembers.NameOf(node), _space, outer, access));
        _type = _types.Count - 1;
        Names = Draft.Names;
        visit();
        (_type, Names) = (outer, outerNames);
    }
}

/// <summary>A space or type that is being read.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Space">Of a type, the space that it lies in.</param>
/// <param name="Outer">What it lies in.</param>
/// <param name="Access">Of a type, who sees it.</param>
internal sealed record Draft(string Name, int Space, int Outer, CSharpAccess Access)
{
    public HashSet<string> Names { get; } = new(StringComparer.Ordinal);

    public List<CSharpUsing> Usings { get; } = [];

    public List<string> Bases { get; } = [];

    public List<string> Bounds { get; } = [];

    public List<CSharpMember> Members { get; } = [];
}
