namespace Planlane.Requests.Sources;

/// <summary>What the files of a set of projects can see; shared by all files with the same set.</summary>
/// <param name="projects">The projects of the tree.</param>
/// <param name="own">The projects that the files belong to; none means that they see everything.</param>
internal sealed class CSharpView(CSharpProjects projects, IReadOnlyList<int> own)
{
    private readonly HashSet<int> _reach = [.. own.SelectMany(projects.Reach)];

    // Where a friend of a project stands in a source file; filled before the view is used.
    private readonly HashSet<int> _friendly = [.. Enumerable.Range(0, projects.All.Count).Where(project => IsFriend(projects.All[project].Friends, projects, own))];

    /// <summary>The projects that the files belong to.</summary>
    public IReadOnlyList<int> Own { get; } = own;

    /// <summary>The global using directives that hold in them.</summary>
    public List<(int File, CSharpUsing Using)> Usings { get; } = [];

    /// <summary>Says that a project's sources name friends.</summary>
    public void AddFriends(int project, IEnumerable<string> friends)
    {
        if (IsFriend(friends, projects, Own))
            _friendly.Add(project);
    }

    /// <summary>Whether a project's files can be seen at all; those of no project always are, as anybody may compile them.</summary>
    public bool Sees(int project) => project < 0 || Own.Count == 0 || _reach.Contains(project);

    /// <summary>Whether a type can be used, wherever it is declared.</summary>
    public bool Sees(CSharpGroup type, int file) => type.Access == CSharpAccess.File
        ? type.Files.Contains(file)
        : Sees(type.Project) && (type.IsVisible || type.Project < 0 || Own.Count == 0 || Own.Contains(type.Project) || _friendly.Contains(type.Project));

    /// <summary>Whether a namespace is there.</summary>
    public bool Sees(CSharpNamespace space) => space.Projects.Any(Sees);

    /// <summary>Of types with one name those that the compiler would take: the projects' own before those of others.</summary>
    public IReadOnlyList<CSharpGroup> Choose(IReadOnlyList<CSharpGroup> types, int file)
    {
        if (types.Count == 1)
            return Sees(types[0], file) ? types : [];
        var seen = types.Where(type => Sees(type, file)).ToList();
        var owned = seen.Where(type => Own.Contains(type.Project)).ToList();
        return owned.Count > 0 ? owned : seen;
    }

    private static bool IsFriend(IEnumerable<string> friends, CSharpProjects projects, IReadOnlyList<int> own) =>
        friends.Any(friend => friend == "*" || own.Any(project => projects.All[project].Assembly.Equals(friend, StringComparison.OrdinalIgnoreCase)));
}
