namespace Planlane.Requests.Sources;

/// <summary>A type with all of its parts within one project.</summary>
/// <param name="name">Its own name with its arity.</param>
/// <param name="project">The project's index; -1 when its files belong to none.</param>
/// <param name="outer">The type that holds it, or null.</param>
internal sealed class CSharpGroup(string name, int project, CSharpGroup? outer)
{
    /// <summary>Its own name with its arity.</summary>
    public string Name { get; } = name;

    /// <summary>The project's index; -1 when its files belong to none.</summary>
    public int Project { get; } = project;

    /// <summary>The type that holds it, or null.</summary>
    public CSharpGroup? Outer { get; } = outer;

    /// <summary>The widest access that a part states.</summary>
    public CSharpAccess Access { get; private set; }

    /// <summary>The files that declare it, each once.</summary>
    public List<int> Files { get; } = [];

    public List<CSharpPart> Parts { get; } = [];

    public Dictionary<string, List<CSharpMemberOf>> Members { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, CSharpGroup> Nested { get; } = new(StringComparer.Ordinal);

    /// <summary>The types that it derives from or implements, directly.</summary>
    public IReadOnlyList<CSharpGroup> Bases { get; set; } = [];

    /// <summary>The types that the type arguments of its bases and its constraints name.</summary>
    public IReadOnlyList<CSharpGroup> Bounds { get; set; } = [];

    /// <summary>Whether a project that is no friend sees it.</summary>
    public bool IsVisible => Access >= CSharpAccess.Protected && Outer is not { IsVisible: false };

    public void Add(CSharpPart part)
    {
        Parts.Add(part);
        if (!Files.Contains(part.File))
            Files.Add(part.File);
        Access = part.Type.Access > Access ? part.Type.Access : Access;
        foreach (var member in part.Type.Members)
        {
            if (!Members.TryGetValue(member.Name, out var same))
                Members[member.Name] = same = [];
            same.Add(new CSharpMemberOf(this, part, member));
        }
    }

    /// <summary>The type and all that it derives from or implements, directly or not.</summary>
    public IEnumerable<CSharpGroup> WithBases()
    {
        var seen = new HashSet<CSharpGroup> { this };
        var open = new Queue<CSharpGroup>(seen);
        while (open.TryDequeue(out var next))
        {
            yield return next;
            foreach (var type in next.Bases)
                if (seen.Add(type))
                    open.Enqueue(type);
        }
    }
}

/// <summary>A type as one file declares it.</summary>
/// <param name="File">The file's index.</param>
/// <param name="Index">The type's index in the file's facts.</param>
/// <param name="Type">What the file says.</param>
internal sealed record CSharpPart(int File, int Index, CSharpType Type);

/// <summary>A member of a type.</summary>
/// <param name="group">The type.</param>
/// <param name="part">Where it is declared.</param>
/// <param name="member">What is declared.</param>
internal sealed class CSharpMemberOf(CSharpGroup group, CSharpPart part, CSharpMember member)
{
    public CSharpGroup Group { get; } = group;

    public CSharpPart Part { get; } = part;

    public CSharpMember Member { get; } = member;

    /// <summary>The types of the tree that its signature names; null until they are looked up.</summary>
    public IReadOnlyList<CSharpGroup>? Types { get; set; }

    /// <summary>The types of the tree that it extends; null until they are looked up.</summary>
    public IReadOnlyList<CSharpGroup>? Receivers { get; set; }
}
