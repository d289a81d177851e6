using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Planlane;

public sealed partial class TextTests
{
    private static readonly string[] RootPages = ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "AGENTS.md"];
    private static readonly string[] DecisionHeadings = ["Context", "Options", "Decision", "Consequences"];
    private static readonly string[] ChangeHeadings = ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"];

    // In parts, so that this file does not break its own rules.
    private static readonly Regex Unfinished = new($@"\b(TO{"DO"}|FIX{"ME"}|HA{"CK"}|XX{"X"}|NotImplemented{"Exception"})\b");
    private static readonly Regex MachinePath = new($@"(?<![\w.~*}}$-])/(wo{"rk"}/|ro{"ot"}/|ho{"me"}/\w)|\b[A-Za-z]:[\\/]+Us{"ers"}\b|(?<![\w.~*}}$-])/Us{"ers"}/\w");

    // What other programs printed is theirs: test runners have a mark of that name.
    [Fact]
    public void Files_All_AreFinished() => Rule.Holds("Nothing is marked as unfinished; finish it or open an issue.", Found(Repository.TextFiles.Where(file => !file.Contains("/Outputs/", StringComparison.Ordinal)), Unfinished));

    [Fact]
    public void Files_All_NameNoPathOfOneMachine() => Rule.Holds("No file names an absolute path of somebody's machine.", Found(Repository.TextFiles, MachinePath));

    [Fact]
    public void RootPages_All_AreKnown() => Rule.Holds(
        $"The root has no other pages than {string.Join(", ", RootPages)}; documents lie in docs.",
        Repository.Files.Where(file => !file.Contains('/') && file.EndsWith(".md", StringComparison.OrdinalIgnoreCase) && !RootPages.Contains(file)));

    [Fact]
    public void Decisions_All_AreNumberedOnce() => Rule.Holds(
        "A decision record is docs/decisions/NNNN-title.md, and no two have one number.",
        Decisions().Where(file => !DecisionName().IsMatch(Path.GetFileName(file))).Concat(
            Decisions().GroupBy(file => Path.GetFileName(file).Split('-')[0]).Where(group => group.Count() > 1).Select(group => string.Join(" and ", group))));

    [Fact]
    public void Decisions_All_HaveTheFourHeadings() => Rule.Holds(
        $"A decision record has the headings {string.Join(" / ", DecisionHeadings)}, in this order.",
        Decisions().Where(file => !Headings(file, "## ").SequenceEqual(DecisionHeadings)).Select(file => $"{file} has {string.Join(" / ", Headings(file, "## "))}"));

    [Fact]
    public void Changelog_Sections_KeepAChangelog()
    {
        var sections = Headings("CHANGELOG.md", "## ").ToList();

        Assert.True(sections.FirstOrDefault() == "[Unreleased]", "CHANGELOG.md: the first section is ## [Unreleased].");
        Rule.Holds(
            $"CHANGELOG.md is in the form of keepachangelog.com: ## [1.2.3] - 2026-01-31, and below it ### {string.Join(", ", ChangeHeadings)}.",
            sections.Skip(1).Where(section => !Release().IsMatch(section)).Select(section => $"## {section}")
                .Concat(Headings("CHANGELOG.md", "### ").Except(ChangeHeadings).Select(heading => $"### {heading}")));
    }

    [Fact]
    public void Prompts_All_LieBesideTheClassThatSendsThem() => Rule.Holds(
        "A text that a model reads is a .md file beside the class of the same name.",
        from file in Repository.Files
        where file.StartsWith("src/", StringComparison.Ordinal) && file.EndsWith(".md", StringComparison.Ordinal) && file.Split('/').Length > 3
        where !Repository.Sources.Any(source => FolderOf(source.File) == FolderOf(file) && source.Syntax.DescendantNodes().OfType<BaseTypeDeclarationSyntax>().Any(type => type.Identifier.Text == Path.GetFileNameWithoutExtension(file)))
        select file);

    private static IEnumerable<string> Found(IEnumerable<string> files, Regex pattern) =>
        from file in files
        from line in Repository.Read(file).Split('\n').Index()
        where pattern.IsMatch(line.Item)
        select $"{file}:{line.Index + 1} {pattern.Match(line.Item).Value}";

    private static IEnumerable<string> Decisions() => Repository.Files.Where(file => FolderOf(file) == "docs/decisions" && Path.GetFileName(file) != "README.md");

    private static IEnumerable<string> Headings(string file, string mark) =>
        Repository.Read(file).Split('\n').Where(line => line.StartsWith(mark, StringComparison.Ordinal)).Select(line => line[mark.Length..].Trim());

    private static string FolderOf(string file) => file.LastIndexOf('/') is var at and >= 0 ? file[..at] : "";

    [GeneratedRegex(@"^\d{4}-[a-z0-9-]+\.md$")]
    private static partial Regex DecisionName();

    [GeneratedRegex(@"^\[\d+\.\d+\.\d+(-[\w.]+)?\] - \d{4}-\d{2}-\d{2}$")]
    private static partial Regex Release();
}
