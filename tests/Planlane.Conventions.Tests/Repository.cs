using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Planlane;

/// <summary>The files of this repository, without what is built and without the scenarios, which are sample repositories with rules of their own.</summary>
internal static class Repository
{
    private static readonly string[] Skipped = [".git", "artifacts", "bin", "obj", ".dotnet", "TestResults", ".vs", ".idea", "node_modules"];
    private static readonly string[] Binary = [".png", ".gif", ".ico", ".webp", ".woff2", ".dll", ".zip", ".gz", ".snk", ".nupkg"];

    public static string Root { get; } = FindRoot();

    /// <summary>Paths relative to the root, with slashes.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. Walk("").Order(StringComparer.Ordinal)];

    public static IReadOnlyList<Source> Sources { get; } = [.. Files.Where(file => file.EndsWith(".cs", StringComparison.Ordinal)).Select(file => new Source(file))];

    public static IReadOnlyList<Project> Projects { get; } = [.. Files.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal)).Select(file => new Project(file))];

    public static IEnumerable<string> TextFiles => Files.Where(file => !Binary.Contains(Path.GetExtension(file)));

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    public static bool Has(string file) => File.Exists(Path.Combine(Root, file));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Planlane.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside of the repository: no Planlane.slnx in any folder above.");
    }

    private static IEnumerable<string> Walk(string folder)
    {
        // In a linked work tree .git is a file.
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Root, folder)).Where(file => !Skipped.Contains(Path.GetFileName(file))))
            yield return Below(folder, file);
        foreach (var inner in Directory.EnumerateDirectories(Path.Combine(Root, folder)).Select(path => Below(folder, path)))
            if (!Skipped.Contains(Path.GetFileName(inner)) && inner != "src/Planlane.Simulator/Scenarios")
                foreach (var file in Walk(inner))
                    yield return file;
    }

    private static string Below(string folder, string path) => folder.Length == 0 ? Path.GetFileName(path) : $"{folder}/{Path.GetFileName(path)}";
}

/// <summary>A C# file.</summary>
internal sealed class Source(string file)
{
    private readonly Lazy<SyntaxNode> _root = new(() => CSharpSyntaxTree.ParseText(Repository.Read(file), new CSharpParseOptions(LanguageVersion.Latest)).GetRoot());

    public string File { get; } = file;

    public bool IsProduct => File.StartsWith("src/", StringComparison.Ordinal);

    public SyntaxNode Syntax => _root.Value;

    public string At(SyntaxNode node) => $"{File}:{node.GetLocation().GetLineSpan().StartLinePosition.Line + 1}";
}

/// <summary>A project file.</summary>
internal sealed class Project(string file)
{
    public string File { get; } = file;

    public string Name { get; } = Path.GetFileNameWithoutExtension(file);

    public string Folder { get; } = file[..file.LastIndexOf('/')];

    public bool IsProduct => File.StartsWith("src/", StringComparison.Ordinal);

    public XDocument Xml { get; } = XDocument.Parse(Repository.Read(file));

    public string RootNamespace => Value("RootNamespace") ?? Name;

    public string AssemblyName => Value("AssemblyName") ?? Name;

    public IEnumerable<string> References => Includes("ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')));

    public IEnumerable<string> Includes(string item) => Xml.Descendants(item).Select(element => (string?)element.Attribute("Include") ?? "");

    private string? Value(string property) => Xml.Descendants(property).FirstOrDefault()?.Value;
}

/// <summary>Fails with one line for each place that breaks a rule.</summary>
internal static class Rule
{
    public static void Holds(string rule, IEnumerable<string> broken)
    {
        var lines = broken.ToList();
        Assert.True(lines.Count == 0, $"{rule}\n  {string.Join("\n  ", lines)}");
    }
}
