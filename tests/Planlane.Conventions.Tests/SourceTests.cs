using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Planlane;

public sealed partial class SourceTests
{
    private const int MostFileLines = 400;
    private const int MostMethodLines = 60;

    private static readonly string[] VagueWords = ["Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Utilities", "Processor", "Common", "Orchestrator"];

    // Names that implicit usings or every reader of .NET already own.
    private static readonly string[] TakenNames = ["Task", "TaskStatus", "TaskScheduler", "Thread", "Action", "Environment", "Path", "Timer", "Lock", "Process", "Activity"];

    // Where AddPlanlane… methods live, so that callers find them without a using.
    private const string RegistrationNamespace = "Microsoft.Extensions.DependencyInjection";

    [Fact]
    public void Files_All_HaveAtMost400Lines() => Rule.Holds(
        $"A C# file has at most {MostFileLines} lines; divide it.",
        from source in Repository.Sources
        let lines = Repository.Read(source.File).TrimEnd().Count(letter => letter == '\n') + 1
        where lines > MostFileLines
        select $"{source.File} has {lines} lines");

    [Fact]
    public void Methods_All_HaveAtMost60Lines() => Rule.Holds(
        $"A method has at most {MostMethodLines} lines; divide it.",
        from source in Repository.Sources
        from node in source.Syntax.DescendantNodes()
        where node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax or PropertyDeclarationSyntax or AnonymousFunctionExpressionSyntax
        let lines = Lines(node)
        where lines > MostMethodLines
        select $"{source.At(node)} has {lines} lines");

    [Fact]
    public void Programs_All_HaveAtMost60LinesOfStatements() => Rule.Holds(
        $"The statements of a program have at most {MostMethodLines} lines together.",
        from source in Repository.Sources
        let lines = source.Syntax.ChildNodes().OfType<GlobalStatementSyntax>().Sum(Lines)
        where lines > MostMethodLines
        select $"{source.File} has {lines} lines of statements");

    [Fact]
    public void Namespaces_All_AreTheFolders() => Rule.Holds(
        "The namespace of a file is its project's root namespace and its folders, written file-scoped.",
        from source in Repository.Sources
        let project = Repository.Projects.SingleOrDefault(project => source.File.StartsWith(project.Folder + "/", StringComparison.Ordinal))
        where project is not null
        let expected = string.Join('.', source.File[project.Folder.Length..].Split('/')[1..^1].Prepend(project.RootNamespace))
        let actual = NamespaceOf(source)
        where actual != expected && actual != RegistrationNamespace && (actual != "" || Declared(source).Any())
        select $"{source.File} is in '{actual}', not '{expected}'");

    [Fact]
    public void TypeNames_All_SayWhatAThingIs() => Rule.Holds(
        "No type is a Manager, Helper, Util, Processor, Common, Orchestrator or (but for RunService) a Service.",
        from source in Repository.Sources
        from type in Declared(source)
        let words = PascalWord().Matches(type.Identifier.Text).Select(match => match.Value).ToList()
        where words.Any(VagueWords.Contains) || (words.LastOrDefault() is "Service" or "Services" && type.Identifier.Text != "RunService")
        select $"{source.At(type)} {type.Identifier.Text}");

    [Fact]
    public void TypeNames_All_AreNotTakenAlready() => Rule.Holds(
        $"No type is called {string.Join(", ", TakenNames)}: callers would have to say which one they mean.",
        from source in Repository.Sources
        from type in Declared(source)
        where TakenNames.Contains(type.Identifier.Text)
        select $"{source.At(type)} {type.Identifier.Text}");

    [Fact]
    public void Sources_All_HaveNoRegions() => Rule.Holds(
        "No regions: a file that needs them is two files.",
        from source in Repository.Sources
        from directive in source.Syntax.DescendantNodes(descendIntoTrivia: true).OfType<RegionDirectiveTriviaSyntax>()
        select source.At(directive));

    [Fact]
    public void Comments_All_NameNoTickets() => Rule.Holds(
        "A comment says why by itself, without the number of a ticket.",
        from source in Repository.Sources
        from trivia in source.Syntax.DescendantTrivia()
        where trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia or SyntaxKind.SingleLineDocumentationCommentTrivia or SyntaxKind.MultiLineDocumentationCommentTrivia
        where TicketNumber().IsMatch(trivia.ToFullString())
        select $"{source.File}:{trivia.GetLocation().GetLineSpan().StartLinePosition.Line + 1} {TicketNumber().Match(trivia.ToFullString()).Value}");

    [Fact]
    public void TestNames_All_AreSubjectSituationOutcome() => Rule.Holds(
        "A test is called Subject_Situation_Outcome, or Subject_Outcome where the situation is the subject.",
        from source in Repository.Sources
        where source.File.StartsWith("tests/", StringComparison.Ordinal)
        from method in source.Syntax.DescendantNodes().OfType<MethodDeclarationSyntax>()
        where method.AttributeLists.SelectMany(list => list.Attributes).Any(attribute => attribute.Name.ToString() is "Fact" or "Theory")
        where method.Identifier.Text.Split('_') is not ([{ Length: > 0 }, { Length: > 0 }] or [{ Length: > 0 }, { Length: > 0 }, { Length: > 0 }])
        select $"{source.At(method)} {method.Identifier.Text}");

    [Fact]
    public void PlanRules_EveryRule_HasATestAndAProperty()
    {
        var rules = Repository.Sources.Where(source => source.File.StartsWith("src/Planlane.Domain/Planning/Rules/", StringComparison.Ordinal))
            .SelectMany(source => source.Syntax.DescendantNodes().OfType<BaseObjectCreationExpressionSyntax>())
            .Select(made => made.ArgumentList?.Arguments.FirstOrDefault()?.Expression).OfType<LiteralExpressionSyntax>()
            .Where(literal => literal.IsKind(SyntaxKind.StringLiteralExpression)).Select(literal => literal.Token.ValueText).Where(text => RuleId().IsMatch(text)).Distinct().ToList();
        var examples = Literals("tests/Planlane.Domain.Tests/Planning/PlanRulesTests.cs").ToHashSet();
        var properties = Literals("tests/Planlane.Domain.Tests/Planning/Rules/RulePropertyTests.cs").ToHashSet();

        Assert.True(rules.Count > 25, $"Only {rules.Count} rule ids were found in Planning/Rules.");
        Rule.Holds("Every rule has a plan in PlanRulesTests that breaks exactly it, and a property in RulePropertyTests.", rules.Where(rule => !examples.Contains(rule) || !properties.Contains(rule)));
    }

    private static IEnumerable<string> Literals(string file) => Repository.Sources.Single(source => source.File == file).Syntax.DescendantNodes()
        .OfType<LiteralExpressionSyntax>().Where(literal => literal.IsKind(SyntaxKind.StringLiteralExpression)).Select(literal => literal.Token.ValueText);

    private static int Lines(SyntaxNode node)
    {
        var span = node.GetLocation().GetLineSpan();
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }

    private static string NamespaceOf(Source source) =>
        string.Join(" and ", source.Syntax.DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>().Select(space => space is FileScopedNamespaceDeclarationSyntax ? space.Name.ToString() : $"{space.Name} in braces"));

    private static IEnumerable<BaseTypeDeclarationSyntax> Declared(Source source) => source.Syntax.DescendantNodes().OfType<BaseTypeDeclarationSyntax>();

    [GeneratedRegex("[A-Z][a-z0-9]*")]
    private static partial Regex PascalWord();

    [GeneratedRegex(@"(?<![\w&])#\d+\b")]
    private static partial Regex TicketNumber();

    [GeneratedRegex("^[a-z]+(-[a-z]+)+$")]
    private static partial Regex RuleId();
}
