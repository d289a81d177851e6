namespace Planlane.Requests.Sources;

/// <summary>Finds the files that one file uses.</summary>
/// <remarks>
/// From the types that the file names it goes on to those that the signatures of the members that it uses name, and so on: <c>repo.Get().Name</c> reaches
/// what <c>Get</c> returns without naming it. A reached type's file is used when it has a member of a name that the file asks for.
/// </remarks>
/// <param name="index">The tree.</param>
/// <param name="file">The file.</param>
internal sealed class CSharpLinker(CSharpIndex index, int file)
{
    private readonly CSharpFacts _facts = index.Facts[file];
    private readonly CSharpScope _scope = index.Scopes[file];
    private readonly SortedSet<int> _used = [];
    private readonly HashSet<CSharpGroup> _reached = [];
    private readonly Queue<CSharpGroup> _open = [];
    private readonly HashSet<CSharpGroup> _own = [];
    private readonly HashSet<CSharpMemberOf> _taken = [];
    private readonly HashSet<string> _accessed = [.. index.Facts[file].Accessed, .. CSharpImplicit.Always];

    // Chains that begin with a type or namespace, by what was found; they may still begin with an inherited member of the same name.
    private readonly List<string[]> _chains = [];

    // Names that stand for themselves: they may be members that the file's types inherit.
    private readonly HashSet<string> _simple = new(StringComparer.Ordinal);

    /// <summary>The indexes of the files, without the file itself, in their order.</summary>
    public IEnumerable<int> Uses()
    {
        for (var type = 0; type < _facts.Types.Count; type++)
            _own.Add(index.GroupOf(file, type));
        for (var space = 0; space < _facts.Spaces.Count; space++)
        {
            foreach (var type in OwnUsings(space))
                Name(type);
            foreach (var name in _facts.Spaces[space].Names)
                Look(name, space, -1);
        }

        for (var type = 0; type < _facts.Types.Count; type++)
            foreach (var name in _facts.Types[type].Names)
                Look(name, _facts.Types[type].Space, type);
        Inherit();
        Spread();
        _used.Remove(file);
        return _used;
    }

    // Global usings of other files bring names in, but only this file's own directives are text of it.
    private IEnumerable<CSharpGroup> OwnUsings(int space) => _facts.Spaces[space].Usings.SelectMany(item => item.Names).SelectMany(name => _scope.Find(name, space, -1).Types);

    private void Look(string chain, int space, int type)
    {
        var found = _scope.Find(chain, space, type);
        foreach (var named in found.Types)
            Name(named);
        if (found.Rest.Count > 0)
            Take(found.Types, found.Rest);

        var parts = chain.Split('.').Select(CSharpNames.WithoutArity).ToArray();
        _simple.Add(parts[0]);
        if (found.IsNothing)
            _accessed.UnionWith(parts[1..]);
        else if (parts.Length > 1)
            _chains.Add(parts);
    }

    // A static member of a type that was named, and what is asked of it.
    private void Take(IReadOnlyList<CSharpGroup> types, IReadOnlyList<string> rest)
    {
        foreach (var type in types.SelectMany(named => named.WithBases()))
            if (type.Members.TryGetValue(rest[0], out var members))
                TakeAll(type, members);
        _accessed.UnionWith(rest.Skip(1));
    }

    // What the file's own types derive from: names that stand alone may be inherited, and members may implement or override.
    private void Inherit()
    {
        var declared = _facts.Types.SelectMany(type => type.Members).Select(member => member.Name);
        var names = new HashSet<string>([.. _simple, .. declared], StringComparer.Ordinal);
        foreach (var own in _own)
        {
            _used.UnionWith(own.Files);
            foreach (var type in own.WithBases())
            {
                Reach(type);
                TakeNamed(type, names);
                foreach (var chain in _chains.Where(chain => type.Members.ContainsKey(chain[0])))
                    _accessed.UnionWith(chain[1..]);
            }
        }

        foreach (var type in Enumerable.Range(0, _facts.Spaces.Count).SelectMany(space => _scope.UsingsOf(space).Statics).Distinct())
            foreach (var declaring in type.WithBases())
                TakeNamed(declaring, _simple);
    }

    private void Spread()
    {
        var extensions = Extensions().ToList();
        do
        {
            while (_open.TryDequeue(out var type))
            {
                foreach (var based in type.Bases.Concat(type.Bounds))
                    Reach(based);
                TakeNamed(type, _accessed);
            }

            foreach (var extension in extensions.Where(extension => !_taken.Contains(extension) && Extends(extension)))
            {
                _taken.Add(extension);
                TakeAll(extension.Group, [extension]);
            }
        }
        while (_open.Count > 0);
    }

    private bool Extends(CSharpMemberOf extension) => index.ReceiversOf(extension) is var receivers && (receivers.Count == 0 || receivers.Any(_reached.Contains));

    private IEnumerable<CSharpMemberOf> Extensions()
    {
        var spaces = Enumerable.Range(0, _facts.Spaces.Count).ToList();
        var names = spaces.SelectMany(_scope.Around).Concat(spaces.SelectMany(space => _scope.UsingsOf(space).Namespaces)).Select(space => space.Name).ToHashSet(StringComparer.Ordinal);
        var statics = spaces.SelectMany(space => _scope.UsingsOf(space).Statics).ToHashSet();
        return from name in _accessed
               where index.Extensions.ContainsKey(name)
               from member in index.Extensions[name]
               where names.Contains(SpaceOf(member)) || statics.Contains(member.Group)
               where index.Views[file].Sees(member.Group, file)
               select member;
    }

    private string SpaceOf(CSharpMemberOf member) => index.Facts[member.Part.File].Spaces[member.Part.Type.Space].Name;

    private void TakeNamed(CSharpGroup type, HashSet<string> names)
    {
        if (type.Members.Count < names.Count)
        {
            foreach (var (name, members) in type.Members)
                if (names.Contains(name))
                    TakeAll(type, members);
            return;
        }

        foreach (var name in names)
            if (type.Members.TryGetValue(name, out var members))
                TakeAll(type, members);
    }

    private void TakeAll(CSharpGroup type, IEnumerable<CSharpMemberOf> members)
    {
        var isOwn = _own.Contains(type);
        foreach (var member in members.Where(member => isOwn || member.Member.Access > CSharpAccess.Private))
        {
            _used.UnionWith(type.Files);
            foreach (var named in index.TypesOf(member))
                Reach(named);
        }
    }

    // A type that is named may be made, with lambdas whose types its constructors tell.
    private void Name(CSharpGroup type)
    {
        _used.UnionWith(type.Files);
        Reach(type);
        if (type.Members.TryGetValue(CSharpImplicit.Constructor, out var constructors))
            TakeAll(type, constructors);
    }

    private void Reach(CSharpGroup type)
    {
        if (_reached.Add(type))
            _open.Enqueue(type);
    }
}
