using System.Text;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Planlane.Git;
using Planlane.Planning.Contracts;
using Planlane.Requests.Sources;
using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane.Reports.Compiling;

/// <summary>The C# projects of one tree, compiled as far as they are asked for.</summary>
internal sealed class CompiledTree
{
    private readonly GitObjects _objects;
    private readonly IReadOnlyDictionary<RepoPath, TreeEntry> _files;
    private readonly CSharpProjects _projects;
    private readonly CSharpCompilations _compilations;
    private readonly CompileItems _items;

    /// <param name="objects">Reads the files.</param>
    /// <param name="files">The files of the tree.</param>
    /// <param name="settings">The texts of its project files.</param>
    /// <param name="assemblies">What is compiled against.</param>
    public CompiledTree(GitObjects objects, IReadOnlyDictionary<RepoPath, TreeEntry> files, IReadOnlyDictionary<RepoPath, string> settings, CSharpAssemblies assemblies)
    {
        (_objects, _files) = (objects, files);
        _projects = new CSharpProjects(new SourceTree(files.Keys, settings));
        _items = new CompileItems(settings);
        _compilations = new CSharpCompilations(objects, files, _projects, new Dictionary<RepoPath, string>(), assemblies);
    }

    /// <summary>Whether a file is C# that a project compiles, as far as its files say.</summary>
    public bool Compiles(RepoPath path) => path.Value.EndsWith(".cs", StringComparison.OrdinalIgnoreCase) && _files.ContainsKey(path) && _projects.Owning(path).Count > 0
        && !_items.Exclude(path) && !path.Value.Split('/').Any(part => part is "bin" or "obj");

    /// <summary>Whether the tree has a project.</summary>
    public bool Has(RepoPath project) => IndexOf(project) >= 0;

    /// <summary>The projects that compile files.</summary>
    public IReadOnlyList<RepoPath> ProjectsOf(IEnumerable<RepoPath> paths) => [.. paths.SelectMany(_projects.Owning).Distinct().Order().Select(index => _projects.All[index].Path)];

    /// <summary>How many files a project and those that it references have.</summary>
    public int CountOf(RepoPath project)
    {
        var reach = _projects.Reach(IndexOf(project));
        return _files.Keys.Count(path => path.Value.EndsWith(".cs", StringComparison.OrdinalIgnoreCase) && _projects.Owning(path).Any(reach.Contains));
    }

    /// <summary>What a project, which was compiled, and those that it references need and what is not here.</summary>
    public IReadOnlyList<string> MissingIn(RepoPath project) => _compilations.MissingOf(IndexOf(project));

    /// <summary>The names of the types that files of a change set declare in this tree.</summary>
    public async Task<IReadOnlySet<string>> NamesAsync(ChangeSet changes, CancellationToken cancellationToken)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in changes.Files.Where(file => Compiles(file.Path)))
            names.UnionWith((await ParseAsync(file.Path, cancellationToken).ConfigureAwait(false)).GetRoot(cancellationToken).DescendantNodes().OfType<BaseTypeDeclarationSyntax>().Select(type => type.Identifier.ValueText));
        return names;
    }

    /// <summary>A project, compiled.</summary>
    public Task<CSharpCompilation> CompileAsync(RepoPath project, CancellationToken cancellationToken) => _compilations.OfAsync(IndexOf(project), cancellationToken);

    /// <summary>A file, parsed as its project says.</summary>
    public async Task<SyntaxTree> ParseAsync(RepoPath path, CancellationToken cancellationToken)
    {
        var text = Encoding.UTF8.GetString(await _objects.ReadBlobAsync(_files[path].Id, cancellationToken).ConfigureAwait(false)).TrimStart('\uFEFF');
        return CSharpSyntaxTree.ParseText(text, _compilations.OptionsOf(_projects.Owning(path)[0]), path.Value, null, cancellationToken);
    }

    private int IndexOf(RepoPath project) => _projects.All.Index().FirstOrDefault(item => item.Item.Path == project, (-1, null!)).Index;
}

/// <summary>What project files take out of the files that they compile.</summary>
/// <param name="settings">The texts of project files and of what is shared above them.</param>
internal sealed class CompileItems(IReadOnlyDictionary<RepoPath, string> settings)
{
    private readonly IReadOnlyList<(string Folder, string Text)> _removing = [.. settings
        .Where(file => file.Value.Contains("Remove=", StringComparison.Ordinal) || file.Value.Contains("EnableDefaultCompileItems", StringComparison.Ordinal) || file.Value.Contains("Exclude", StringComparison.Ordinal))
        .Select(file => (file.Key.Folder, file.Value))];

    /// <summary>Whether a file may be left out of compilation. When in doubt it is.</summary>
    public bool Exclude(RepoPath path) => _removing.Any(file => (file.Folder.Length == 0 || path.Value.StartsWith(file.Folder + "/", StringComparison.Ordinal)) && Removes(file.Text, file.Folder, path));

    private static bool Removes(string text, string folder, RepoPath path)
    {
        try
        {
            var elements = XElement.Parse(text.TrimStart('\uFEFF')).Descendants().ToList();
            if (elements.Exists(element => element.Name.LocalName is "EnableDefaultCompileItems" or "EnableDefaultItems" && element.Value.Trim() != "true"))
                return true;
            var relative = folder.Length == 0 ? path.Value : path.Value[(folder.Length + 1)..];
            return elements.Where(element => element.Name.LocalName is "Compile" or "DefaultItemExcludes" or "DefaultItemExcludesInProjectFolder")
                .SelectMany(element => $"{(string?)element.Attribute("Remove")};{(string?)element.Attribute("Exclude")};{(element.Name.LocalName == "Compile" ? "" : element.Value)}".Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                .Any(pattern => pattern.Contains("$(", StringComparison.Ordinal) ? !pattern.StartsWith("$(DefaultItemExcludes", StringComparison.Ordinal) : new Glob(pattern.Replace('\\', '/')).Matches(new RepoPath(relative)));
        }
        catch (System.Xml.XmlException)
        {
            return true;
        }
    }
}
