using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Planlane.Values;

namespace Planlane.Requests.Sources;

/// <summary>The graph of this repository's own products beside what the compiler says of them.</summary>
public sealed class CSharpOwnSourcesTests
{
    // What the compiler adds by itself; a project file says only that it does.
    private const string ImplicitUsings = "global using System; global using System.IO; global using System.Linq; global using System.Collections.Generic; global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;";

    private static readonly string Root = FindRoot();

    // Tests and benchmarks take as long again and use the same forms.
    private static readonly string[] Skipped = ["artifacts", "bin", "obj", "Scenarios", "tests", "bench"];

    private readonly Dictionary<string, CSharpCompilation> _compilations = [];

    [Fact]
    public void Link_OwnSources_LacksNothingThatTheCompilerUses()
    {
        var texts = Files("*.cs").ToDictionary(file => file, Read);
        var settings = Files("*.csproj").Concat(Files("Directory.Build.props")).ToDictionary(file => new RepoPath(file), Read);
        var language = new CSharpLanguage();
        var linked = language.Link(
            [.. texts.Select(file => new SourceText(new RepoPath(file.Key), language.Read(file.Value)))],
            new SourceTree([.. texts.Keys.Select(file => new RepoPath(file)), .. settings.Keys], settings)).Select(use => (use.From.Value, use.To.Value)).ToHashSet();

        // The compiler's answers to all projects take a minute; two of them are enough for every run of the tests.
        var compiled = Files("*.csproj").Where(project => project.Contains("Planlane.Domain", StringComparison.Ordinal) || project.Contains("Planlane.Simulator", StringComparison.Ordinal)).SelectMany(project => CompilerOracle.Uses(Compile(project, texts))).Where(use => use.From.Length > 0).ToHashSet();

        Assert.Empty(compiled.Except(linked));
        Assert.True(compiled.Count > 500, $"The compiler found only {compiled.Count} uses.");
        var asked = compiled.Select(use => use.From).ToHashSet();
        linked.RemoveWhere(use => !asked.Contains(use.Item1));
        var precision = (double)compiled.Count / linked.Count;
        TestContext.Current.TestOutputHelper?.WriteLine($"{compiled.Count} uses by the compiler, {linked.Count} linked, precision {precision:0.000}");
        Assert.True(precision > 0.6, $"Only {precision:0.000} of the links are uses by the compiler.");
    }

    private CSharpCompilation Compile(string project, IReadOnlyDictionary<string, string> texts)
    {
        if (_compilations.TryGetValue(project, out var known))
            return known;
        var folder = FolderOf(project) + "/";
        var usings = ImplicitUsings + string.Concat(XDocument.Parse(Read(project)).Descendants("Using").Select(item => $"global using {(string?)item.Attribute("Include")};"));
        var references = ReferencesOf(project).Select(other => (MetadataReference)Compile(other, texts).ToMetadataReference());
        return _compilations[project] = CompilerOracle.Compile(
            Path.GetFileNameWithoutExtension(project),
            [("", usings), .. texts.Where(text => text.Key.StartsWith(folder, StringComparison.Ordinal)).Select(text => (text.Key, text.Value))],
            [.. CompilerOracle.Framework, .. references]);
    }

    private static IEnumerable<string> ReferencesOf(string project)
    {
        var direct = XDocument.Parse(Read(project)).Descendants("ProjectReference").Select(item => Below(Path.GetFullPath(Path.Combine(Root, FolderOf(project), (string)item.Attribute("Include")!)))).ToList();
        return direct.Concat(direct.SelectMany(ReferencesOf)).Distinct();
    }

    private static IEnumerable<string> Files(string pattern) => Directory.EnumerateFiles(Root, pattern, SearchOption.AllDirectories).Select(Below).Where(file => !file.Split('/').Any(Skipped.Contains)).Order(StringComparer.Ordinal);

    private static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    private static string Below(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    private static string FolderOf(string file) => file[..file.LastIndexOf('/')];

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Planlane.slnx")))
            folder = folder.Parent;
        return folder.FullName;
    }
}
