using System.Xml;
using System.Xml.Linq;
using Planlane.Values;

namespace Planlane.Requests.Sources;

/// <summary>The C# projects of a tree, as far as their files say it without MSBuild: conditions are taken as true, unknown properties as anything.</summary>
internal sealed class CSharpProjects
{
    private readonly Dictionary<string, List<int>> _byFolder = [];
    private readonly Dictionary<RepoPath, List<int>> _linked = [];

    /// <summary>Reads the projects among the texts of a tree.</summary>
    public CSharpProjects(SourceTree tree)
    {
        var shared = tree.Texts.Where(file => IsShared(file.Key)).ToDictionary(file => file.Key, file => Parse(file.Value));
        All = tree.Texts.Where(file => IsProject(file.Key)).OrderBy(file => file.Key).Select(file => CSharpProject.Of(file.Key, Parse(file.Value), SharedAbove(file.Key, shared))).ToValueList();
        for (var index = 0; index < All.Count; index++)
        {
            Of(_byFolder, All[index].Folder).Add(index);
            foreach (var path in All[index].Compiled)
                Of(_linked, path).Add(index);
        }
    }

    /// <summary>Every project, by path.</summary>
    public ValueList<CSharpProject> All { get; }

    /// <summary>Whether a file is a C# project.</summary>
    public static bool IsProject(RepoPath path) => path.Value.EndsWith(".csproj", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a file holds settings of all projects below it.</summary>
    public static bool IsShared(RepoPath path) => path.Name is "Directory.Build.props" or "Directory.Build.targets";

    /// <summary>The projects that a file belongs to: those in the nearest folder above it that has one, and those that name it; none is an empty list.</summary>
    public IReadOnlyList<int> Owning(RepoPath path)
    {
        var linked = _linked.GetValueOrDefault(path) ?? [];
        for (var folder = path.Folder; ; folder = folder.LastIndexOf('/') is var at and >= 0 ? folder[..at] : "")
        {
            if (_byFolder.TryGetValue(folder, out var owners))
                return [.. owners.Union(linked)];
            if (folder.Length == 0)
                return linked;
        }
    }

    /// <summary>A project and all that it references, directly or not.</summary>
    public IReadOnlySet<int> Reach(int project)
    {
        var reached = new HashSet<int> { project };
        var open = new Stack<int>(reached);
        while (open.TryPop(out var next))
            foreach (var reference in ReferencesOf(next))
                if (reached.Add(reference))
                    open.Push(reference);
        return reached;
    }

    /// <summary>The projects that a project references directly.</summary>
    public IEnumerable<int> ReferencesOf(int project) => All[project].References.SelectMany(Find).Where(found => found != project).Distinct();

    // A path that only MSBuild could make whole is found by the name of its file.
    private IEnumerable<int> Find(string reference)
    {
        var exact = Enumerable.Range(0, All.Count).Where(index => All[index].Path.Value.Equals(reference, StringComparison.OrdinalIgnoreCase)).ToList();
        return exact.Count > 0 ? exact : Enumerable.Range(0, All.Count).Where(index => All[index].Path.Name.Equals(new RepoPath(reference).Name, StringComparison.OrdinalIgnoreCase));
    }

    private static IEnumerable<(string Folder, XElement Root)> SharedAbove(RepoPath project, Dictionary<RepoPath, XElement> shared) => shared
        .Where(file => file.Key.Folder.Length == 0 || project.Value.StartsWith(file.Key.Folder + "/", StringComparison.Ordinal))
        .OrderByDescending(file => file.Key.Folder.Length).Select(file => (file.Key.Folder, file.Value));

    private static XElement Parse(string text)
    {
        try
        {
            return XElement.Parse(text.TrimStart('\uFEFF'));
        }
        catch (XmlException)
        {
            // Half a project file says nothing; its source files still have their project.
            return new XElement("Project");
        }
    }

    private static List<int> Of<TKey>(Dictionary<TKey, List<int>> map, TKey key)
        where TKey : notnull
    {
        if (!map.TryGetValue(key, out var list))
            map[key] = list = [];
        return list;
    }
}
