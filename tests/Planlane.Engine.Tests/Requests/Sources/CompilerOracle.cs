using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Planlane.Requests.Sources;

/// <summary>Asks the C# compiler which file uses which: every symbol that it binds in a file and that another file declares.</summary>
internal static class CompilerOracle
{
    public static IReadOnlyList<MetadataReference> Framework { get; } =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(file => !Path.GetFileName(file).StartsWith("Planlane", StringComparison.Ordinal)).Select(file => MetadataReference.CreateFromFile(file))];

    public static CSharpCompilation Compile(string assembly, IEnumerable<(string Path, string Text)> files, IEnumerable<MetadataReference> references) => CSharpCompilation.Create(
        assembly,
        files.Select(file => CSharpSyntaxTree.ParseText(file.Text, new CSharpParseOptions(LanguageVersion.Latest, preprocessorSymbols: ["DEBUG", "NET10_0"]), file.Path)),
        references,
        new CSharpCompilationOptions(OutputKind.ConsoleApplication, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));

    public static IEnumerable<(string From, string To)> Uses(CSharpCompilation compilation) => compilation.SyntaxTrees
        .SelectMany(tree => SymbolsOf(compilation.GetSemanticModel(tree), tree.GetRoot()).SelectMany(FilesOf).Where(file => file.Length > 0 && file != tree.FilePath).Distinct().Select(file => (tree.FilePath, file)));

    private static IEnumerable<ISymbol?> SymbolsOf(SemanticModel model, SyntaxNode root)
    {
        foreach (var node in root.DescendantNodes())
        {
            yield return model.GetSymbolInfo(node).Symbol;
            foreach (var symbol in Implicit(model, node))
                yield return symbol;
            if (node is MemberDeclarationSyntax or VariableDeclaratorSyntax && model.GetDeclaredSymbol(node) is { } declared)
                foreach (var symbol in Implemented(declared))
                    yield return symbol;
        }
    }

    // What the compiler calls although no name of it is written.
    private static IEnumerable<ISymbol?> Implicit(SemanticModel model, SyntaxNode node) => node switch
    {
        CommonForEachStatementSyntax loop when model.GetForEachStatementInfo(loop) is var info => [info.GetEnumeratorMethod, info.CurrentProperty, info.MoveNextMethod],
        AwaitExpressionSyntax awaited => [model.GetAwaitExpressionInfo(awaited).GetAwaiterMethod],
        AssignmentExpressionSyntax { Left: TupleExpressionSyntax or DeclarationExpressionSyntax } taken => [model.GetDeconstructionInfo(taken).Method, model.GetConversion(taken.Right).MethodSymbol],
        QueryClauseSyntax clause => [model.GetQueryClauseInfo(clause).OperationInfo.Symbol],
        ExpressionSyntax { Parent: InitializerExpressionSyntax { RawKind: (int)SyntaxKind.CollectionInitializerExpression } } added => [model.GetCollectionInitializerSymbolInfo(added).Symbol, Converted(model, added)],
        ExpressionSyntax expression => [Converted(model, expression)],
        _ => [],
    };

    private static ISymbol? Converted(SemanticModel model, ExpressionSyntax expression) => model.GetConversion(expression) is { IsUserDefined: true } conversion ? conversion.MethodSymbol : null;

    private static IEnumerable<ISymbol?> Implemented(ISymbol declared) => declared switch
    {
        IMethodSymbol { OverriddenMethod: { } method } => [method],
        IPropertySymbol { OverriddenProperty: { } property } => [property],
        { ContainingType.AllInterfaces: { Length: > 0 } faces } => faces.SelectMany(face => face.GetMembers()).Where(member => SymbolEqualityComparer.Default.Equals(declared.ContainingType.FindImplementationForInterfaceMember(member), declared)),
        _ => [],
    };

    // A type is all of its parts, and a member belongs to its type.
    private static IEnumerable<string> FilesOf(ISymbol? symbol) => symbol switch
    {
        null or INamespaceSymbol or ILocalSymbol or IParameterSymbol or IRangeVariableSymbol or ILabelSymbol or ITypeParameterSymbol => [],
        IMethodSymbol { MethodKind: MethodKind.BuiltinOperator or MethodKind.LocalFunction or MethodKind.AnonymousFunction } => [],
        IArrayTypeSymbol array => FilesOf(array.ElementType),
        INamedTypeSymbol type => type.OriginalDefinition.DeclaringSyntaxReferences.Select(reference => reference.SyntaxTree.FilePath),
        _ => FilesOf(symbol.ContainingType),
    };
}
