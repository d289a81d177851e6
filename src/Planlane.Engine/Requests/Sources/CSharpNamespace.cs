namespace Planlane.Requests.Sources;

/// <summary>A namespace with what the tree's files declare in it.</summary>
/// <param name="name">Its whole name; empty for the root.</param>
/// <param name="outer">The namespace that holds it; null for the root.</param>
internal sealed class CSharpNamespace(string name, CSharpNamespace? outer)
{
    private readonly Dictionary<string, CSharpNamespace> _inner = new(StringComparer.Ordinal);

    /// <summary>Its whole name; empty for the root.</summary>
    public string Name { get; } = name;

    /// <summary>The namespace that holds it; null for the root.</summary>
    public CSharpNamespace? Outer { get; } = outer;

    /// <summary>The types in it by name with arity, at most one for each project.</summary>
    public Dictionary<string, List<CSharpGroup>> Types { get; } = new(StringComparer.Ordinal);

    /// <summary>The projects that declare something in it or below it.</summary>
    public HashSet<int> Projects { get; } = [];

    /// <summary>The namespace of a name in this one, or null.</summary>
    public CSharpNamespace? Find(string part) => _inner.GetValueOrDefault(part);

    /// <summary>The namespace of a dotted name below this one; itself for an empty name; null when nothing is declared in it.</summary>
    public CSharpNamespace? FindAll(string dotted)
    {
        var space = this;
        foreach (var part in dotted.Split('.', StringSplitOptions.RemoveEmptyEntries))
            space = space?.Find(part);
        return space;
    }

    /// <summary>The namespace of a dotted name below this one, made where it is not there yet.</summary>
    public CSharpNamespace Make(string dotted, int project)
    {
        var space = this;
        space.Projects.Add(project);
        foreach (var part in dotted.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!space._inner.TryGetValue(part, out var inner))
                space._inner[part] = inner = new CSharpNamespace(space.Name.Length == 0 ? part : $"{space.Name}.{part}", space);
            space = inner;
            space.Projects.Add(project);
        }

        return space;
    }
}
