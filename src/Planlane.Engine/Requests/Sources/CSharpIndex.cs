using Planlane.Values;

namespace Planlane.Requests.Sources;

/// <summary>Every type of a tree's C# files by name, and which files can see which.</summary>
internal sealed class CSharpIndex
{
    private readonly CSharpProjects _projects;
    private readonly Dictionary<string, CSharpView> _views = [];
    private readonly Dictionary<(int File, int Type), CSharpGroup> _groups = [];

    public CSharpIndex(IReadOnlyList<SourceText> files, CSharpProjects projects)
    {
        _projects = projects;
        Paths = [.. files.Select(file => file.Path)];
        Facts = [.. files.Select(file => (CSharpFacts)file.Facts)];
        Views = new CSharpView[files.Count];
        for (var file = 0; file < files.Count; file++)
            Add(file);
        AddSharedNames();
        Scopes = [.. Enumerable.Range(0, files.Count).Select(file => new CSharpScope(this, file))];
        Derive();
    }

    public IReadOnlyList<RepoPath> Paths { get; }

    public IReadOnlyList<CSharpFacts> Facts { get; }

    public CSharpView[] Views { get; }

    public CSharpScope[] Scopes { get; }

    public CSharpNamespace Root { get; } = new("", null);

    /// <summary>The simple names, with arity, that some type or namespace or alias has; all others need no look-up.</summary>
    public HashSet<string> KnownNames { get; } = new(StringComparer.Ordinal);

    /// <summary>The extension members by name.</summary>
    public Dictionary<string, List<CSharpMemberOf>> Extensions { get; } = new(StringComparer.Ordinal);

    /// <summary>The type that a file declares.</summary>
    public CSharpGroup GroupOf(int file, int type) => _groups[(file, type)];

    /// <summary>Every use of a file by another, by the order of the files.</summary>
    public IEnumerable<FileUse> Uses() => Enumerable.Range(0, Paths.Count).AsParallel().AsOrdered()
        .SelectMany(file => new CSharpLinker(this, file).Uses().Select(used => new FileUse(Paths[file], Paths[used])));

    /// <summary>The types that a member's signature names.</summary>
    public IReadOnlyList<CSharpGroup> TypesOf(CSharpMemberOf member) => member.Types ??= TypesOf(member.Part.File, member.Part.Type.Space, member.Part.Index, member.Member.Types);

    /// <summary>The types that an extension member extends; none when it extends no type of the tree.</summary>
    public IReadOnlyList<CSharpGroup> ReceiversOf(CSharpMemberOf member) =>
        member.Receivers ??= member.Member.Receiver is { Length: > 0 } receiver ? TypesOf(member.Part.File, member.Part.Type.Space, member.Part.Index, [receiver]) : [];

    private IReadOnlyList<CSharpGroup> TypesOf(int file, int space, int type, IEnumerable<string> names) => [.. names.SelectMany(name => Scopes[file].Find(name, space, type).Types).Distinct()];

    private void Add(int file)
    {
        var owners = _projects.Owning(Paths[file]);
        var project = owners.Count == 0 ? -1 : owners[0];
        Views[file] = ViewOf(owners);
        var facts = Facts[file];
        foreach (var space in facts.Spaces)
        {
            Root.Make(space.Name, project);
            KnownNames.UnionWith(space.Name.Split('.'));
            KnownNames.UnionWith(space.Usings.Select(item => item.Alias).OfType<string>());
        }

        for (var index = 0; index < facts.Types.Count; index++)
            AddType(file, index, project);
    }

    private void AddType(int file, int index, int project)
    {
        var type = Facts[file].Types[index];
        var group = type.Outer < 0 ? TopLevel(Root.Make(Facts[file].Spaces[type.Space].Name, project), type, project, file) : NestedIn(GroupOf(file, type.Outer), type.Name);
        var part = new CSharpPart(file, index, type);
        group.Add(part);
        _groups[(file, index)] = group;
        KnownNames.Add(type.Name);
        foreach (var member in type.Members.Where(member => member.Receiver is not null))
        {
            if (!Extensions.TryGetValue(member.Name, out var same))
                Extensions[member.Name] = same = [];
            same.Add(new CSharpMemberOf(group, part, member));
        }
    }

    private static CSharpGroup TopLevel(CSharpNamespace space, CSharpType type, int project, int file)
    {
        if (!space.Types.TryGetValue(type.Name, out var same))
            space.Types[type.Name] = same = [];
        var group = same.Find(other => other.Project == project && (other.Access != CSharpAccess.File || other.Files.Contains(file)));
        if (group is null || (type.Access == CSharpAccess.File && !group.Files.Contains(file)))
            same.Add(group = new CSharpGroup(type.Name, project, null));
        return group;
    }

    private static CSharpGroup NestedIn(CSharpGroup outer, string name)
    {
        if (!outer.Nested.TryGetValue(name, out var group))
            outer.Nested[name] = group = new CSharpGroup(name, outer.Project, outer);
        return group;
    }

    private CSharpView ViewOf(IReadOnlyList<int> owners)
    {
        var key = string.Join(',', owners);
        if (!_views.TryGetValue(key, out var view))
            _views[key] = view = new CSharpView(_projects, owners);
        return view;
    }

    // Global usings and friends hold for whole projects.
    private void AddSharedNames()
    {
        foreach (var view in _views.Values)
        {
            foreach (var item in view.Own.SelectMany(project => _projects.All[project].Usings))
                view.Usings.Add((-1, item));
            for (var file = 0; file < Paths.Count; file++)
            {
                var facts = Facts[file];
                if (facts.Friends.Count > 0)
                    foreach (var project in Views[file].Own)
                        view.AddFriends(project, facts.Friends);
                foreach (var item in facts.Spaces.Count > 0 ? facts.Spaces[0].Usings : [])
                    if (item.IsGlobal && (Views[file] == view || Views[file].Own.Intersect(view.Own).Any()))
                        view.Usings.Add((file, item));
            }
        }

        KnownNames.UnionWith(_projects.All.SelectMany(project => project.Usings).Select(item => item.Alias).OfType<string>());
    }

    // What a type inherits can name what others derive from, so one round is not always enough; each round only adds.
    private void Derive()
    {
        for (var isNew = true; isNew;)
        {
            isNew = false;
            foreach (var ((file, index), group) in _groups)
            {
                var type = Facts[file].Types[index];
                var (bases, bounds) = (group.Bases, group.Bounds);
                group.Bases = With(bases, TypesOf(file, type.Space, type.Outer, type.Bases));
                group.Bounds = With(bounds, TypesOf(file, type.Space, type.Outer, type.Bounds));
                isNew |= group.Bases.Count + group.Bounds.Count > bases.Count + bounds.Count;
            }
        }
    }

    private static IReadOnlyList<CSharpGroup> With(IReadOnlyList<CSharpGroup> known, IReadOnlyList<CSharpGroup> found) => found.All(known.Contains) ? known : [.. known.Union(found)];
}
