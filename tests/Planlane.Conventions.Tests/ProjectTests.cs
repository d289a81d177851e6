using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Planlane;

public sealed partial class ProjectTests
{
    private static readonly Dictionary<string, string[]> Edges = new()
    {
        ["Planlane.Domain"] = [],
        ["Planlane.Engine"] = ["Planlane.Domain"],
        ["Planlane.Simulator"] = ["Planlane.Domain"],
        ["Planlane.Dashboard"] = ["Planlane.Engine"],
        ["Planlane.Mcp"] = ["Planlane.Engine"],
        ["Planlane.Cluster"] = ["Planlane.Engine", "Planlane.Dashboard"],
        ["Planlane.Cli"] = ["Planlane.Engine", "Planlane.Simulator", "Planlane.Dashboard", "Planlane.Mcp"],
        ["Planlane.Testing"] = ["Planlane.Engine"],
    };

    private static readonly string[] Phases =
        ["Requests", "Planning", "Approval", "Scheduling", "Workspaces", "Agents", "Reports", "Reviews", "Commits", "Summary", "Runs", "Budgets"];

    [Fact]
    public void Projects_OfTheProduct_ReferenceOnlyWhatTheDesignAllows() => Rule.Holds(
        "A project of src may reference only what DESIGN section 3 says; a new project earns its line in ProjectTests.Edges.",
        from project in Repository.Projects
        where project.IsProduct
        from reference in project.References
        where !Edges.TryGetValue(project.Name, out var allowed) || !allowed.Contains(reference)
        select $"{project.File} references {reference}");

    [Fact]
    public void Projects_OfTheProduct_AreKnown() => Rule.Holds(
        "A project of src has its place in DESIGN section 3 and a line in ProjectTests.Edges.",
        Repository.Projects.Where(project => project.IsProduct && !Edges.ContainsKey(project.Name)).Select(project => project.File));

    [Fact]
    public void Domain_Packages_AreNone() => Rule.Holds(
        "Planlane.Domain depends on nothing: no package, no framework beside the base one.",
        Named("Planlane.Domain").Xml.Descendants().Where(element => element.Name.LocalName is "PackageReference" or "FrameworkReference" or "Reference").Select(element => $"src/Planlane.Domain/Planlane.Domain.csproj: {element}"));

    [Fact]
    public void DomainAndEngine_Folders_AreThePhases() => Rule.Holds(
        "Domain and Engine share the root namespace Planlane and have the same phase folders; Domain adds Values, Engine adds Journal, Models, Telemetry, Tools, Sandbox, Git and Hosting.",
        TopFolders("Planlane.Domain", [.. Phases, "Values"]).Concat(TopFolders("Planlane.Engine", [.. Phases, "Journal", "Models", "Telemetry", "Tools", "Sandbox", "Git", "Hosting"]))
            .Concat(new[] { "Planlane.Domain", "Planlane.Engine" }.Where(name => Named(name).RootNamespace != "Planlane").Select(name => $"{name} has another root namespace")));

    [Fact]
    public void Projects_All_HaveALockFile() => Rule.Holds(
        "Every project has a packages.lock.json beside it (dotnet restore writes it).",
        Repository.Projects.Where(project => !Repository.Has($"{project.Folder}/packages.lock.json")).Select(project => project.File));

    [Fact]
    public void Projects_All_AreInTheSolution()
    {
        var listed = XDocument.Parse(Repository.Read("Planlane.slnx")).Descendants("Project").Select(project => (string?)project.Attribute("Path"));
        Rule.Holds("Every project is listed in Planlane.slnx.", Repository.Projects.Select(project => project.File).Except(listed)!);
    }

    [Fact]
    public void Packages_Versions_AreExactAndCentral() => Rule.Holds(
        "Package versions are exact, such as [1.2.3], and stand in Directory.Packages.props alone.",
        XDocument.Parse(Repository.Read("Directory.Packages.props")).Descendants("PackageVersion")
            .Where(package => !ExactVersion().IsMatch((string?)package.Attribute("Version") ?? "")).Select(package => $"Directory.Packages.props: {package}")
            .Concat(from project in Repository.Projects
                    from package in project.Xml.Descendants("PackageReference")
                    where package.Attribute("Version") is not null || package.Attribute("VersionOverride") is not null || package.HasElements
                    select $"{project.File}: {package}"));

    [Fact]
    public void Documentation_OfTheProduct_IsDemandedByTheCompiler()
    {
        var properties = XDocument.Parse(Repository.Read("Directory.Build.props"));
        Assert.True(
            properties.Descendants("GenerateDocumentationFile").Any(element => element is { Value: "true" } && !IsConditional(element)) && properties.Descendants("TreatWarningsAsErrors").Any(element => element.Value == "true"),
            "Directory.Build.props: GenerateDocumentationFile and TreatWarningsAsErrors are true for every project, so that a public member without documentation does not compile.");
        Rule.Holds(
            "CS1591 (missing documentation) is never switched off for src.",
            properties.Descendants("NoWarn").Where(element => element.Value.Contains("1591") && !ConditionOf(element).Contains("tests")).Select(_ => "Directory.Build.props: NoWarn without a condition for tests")
                .Concat(Repository.Projects.Where(project => project.IsProduct && project.Xml.Descendants().Any(element =>
                    element.Name.LocalName is "NoWarn" or "WarningsNotAsErrors" && element.Value.Contains("1591") || element.Name.LocalName is "GenerateDocumentationFile" or "TreatWarningsAsErrors" && element.Value != "true")).Select(project => project.File))
                .Concat(Repository.Sources.Where(source => source.IsProduct && Repository.Read(source.File).Contains("disable CS1591")).Select(source => source.File))
                .Concat(Repository.Files.Where(file => file.EndsWith(".editorconfig", StringComparison.Ordinal) && Repository.Read(file).Contains("CS1591"))));
    }

    [Fact]
    public void DomainAndEngine_AmbientStateAndTheConsole_AreBanned()
    {
        Rule.Holds(
            "Domain and Engine are compiled with both lists of banned symbols.",
            from name in new[] { "Planlane.Domain", "Planlane.Engine" }
            from list in new[] { "../../eng/BannedSymbols.Pure.txt", "../../eng/BannedSymbols.Engine.txt" }
            where !Named(name).Includes("AdditionalFiles").Contains(list)
            select $"{name}.csproj lacks {list}");
        Assert.Contains("T:System.Console;", Repository.Read("eng/BannedSymbols.Engine.txt"));
        Assert.Contains("P:System.DateTime.UtcNow;", Repository.Read("eng/BannedSymbols.Pure.txt"));
        Assert.Contains("dotnet_diagnostic.RS0030.severity = error", Repository.Read(".editorconfig"));
    }

    private static Project Named(string name) => Repository.Projects.Single(project => project.Name == name);

    private static IEnumerable<string> TopFolders(string project, string[] allowed) => Repository.Sources.Select(source => source.File.Split('/'))
        .Where(parts => parts[0] == "src" && parts[1] == project && parts.Length > 3 && !allowed.Contains(parts[2]))
        .Select(parts => string.Join('/', parts[..3])).Distinct();

    private static bool IsConditional(XElement element) => ConditionOf(element).Length > 0;

    private static string ConditionOf(XElement element) => string.Concat(element.AncestorsAndSelf().Select(outer => (string?)outer.Attribute("Condition")));

    [GeneratedRegex(@"^\[\d+(\.\d+)+(-[\w.]+)?\]$")]
    private static partial Regex ExactVersion();
}
