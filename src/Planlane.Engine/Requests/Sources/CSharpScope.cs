namespace Planlane.Requests.Sources;

/// <summary>Looks names up as C# does it in one file: enclosing types, then namespaces outwards, each with its using directives.</summary>
/// <param name="index">The tree.</param>
/// <param name="file">The file.</param>
internal sealed class CSharpScope(CSharpIndex index, int file)
{
    private readonly CSharpSpaceUsings?[] _usings = new CSharpSpaceUsings?[index.Facts[file].Spaces.Count];

    private CSharpView View => index.Views[file];

    /// <summary>What a chain of names means.</summary>
    /// <param name="chain">The names with dots between them.</param>
    /// <param name="space">The index of the space in which it stands.</param>
    /// <param name="type">The index of the type in which it stands, or -1.</param>
    public CSharpFound Find(string chain, int space, int type)
    {
        var isRooted = chain.StartsWith("global::", StringComparison.Ordinal);
        if (!chain.Contains('.') && !isRooted)
            return index.KnownNames.Contains(chain) ? First(chain, space, type) : CSharpFound.Nothing;
        var parts = (isRooted ? chain[8..] : chain).Split('.');
        if (!index.KnownNames.Contains(parts[0]))
            return CSharpFound.Nothing;
        return Follow(isRooted ? In(index.Root, parts[0]) : First(parts[0], space, type), parts);
    }

    /// <summary>The using directives of a space, looked up.</summary>
    public CSharpSpaceUsings UsingsOf(int space) => _usings[space] ??= Look(space);

    /// <summary>The namespaces around a space, itself first.</summary>
    public IEnumerable<CSharpNamespace> Around(int space)
    {
        for (var around = index.Root.FindAll(index.Facts[file].Spaces[space].Name); around is not null; around = around.Outer)
            yield return around;
    }

    private CSharpFound First(string name, int space, int type)
    {
        for (var outer = type; outer >= 0; outer = index.Facts[file].Types[outer].Outer)
            if (Nested([index.GroupOf(file, outer)], name) is { Count: > 0 } nested)
                return new CSharpFound(nested, null, []);

        var spaces = index.Facts[file].Spaces;
        for (var at = space; at >= 0; at = spaces[at].Outer)
        {
            var end = spaces[at].Outer < 0 ? null : index.Root.FindAll(spaces[spaces[at].Outer].Name);
            var isOwn = true;
            for (var around = index.Root.FindAll(spaces[at].Name); around is not null && (around != end || isOwn); around = around.Outer)
            {
                if (In(around, name) is { IsNothing: false } found)
                    return found;
                if (isOwn && UsingsOf(at).Find(name, this) is { IsNothing: false } used)
                    return used;
                isOwn = false;
            }
        }

        return CSharpFound.Nothing;
    }

    /// <summary>What a name means in a namespace alone.</summary>
    public CSharpFound In(CSharpNamespace space, string name)
    {
        if (TypesIn(space, name) is { Count: > 0 } types)
            return new CSharpFound(types, null, []);
        return space.Find(name) is { } inner && View.Sees(inner) ? new CSharpFound([], inner, []) : CSharpFound.Nothing;
    }

    /// <summary>The types of a name in a namespace.</summary>
    public IReadOnlyList<CSharpGroup> TypesIn(CSharpNamespace space, string name) => space.Types.TryGetValue(name, out var types) ? View.Choose(types, file) : [];

    /// <summary>The types of a name that are nested in types or in what these derive from.</summary>
    public static IReadOnlyList<CSharpGroup> Nested(IReadOnlyList<CSharpGroup> types, string name)
    {
        foreach (var type in types)
        {
            if (type.Nested.TryGetValue(name, out var own))
                return [own];
            if (type.Bases.Count == 0)
                continue;
            foreach (var declaring in type.WithBases())
                if (declaring.Nested.TryGetValue(name, out var inherited))
                    return [inherited];
        }

        return [];
    }

    private CSharpFound Follow(CSharpFound found, string[] parts)
    {
        for (var at = 1; at < parts.Length; at++)
        {
            if (found.Namespace is { } space)
                found = In(space, parts[at]);
            else if (Nested(found.Types, parts[at]) is { Count: > 0 } nested)
                found = new CSharpFound(nested, null, []);
            else
                return found with { Rest = [.. parts[at..].Select(CSharpNames.WithoutArity)] };
        }

        return found;
    }

    // A using directive does not see the others beside it. Files are linked at the same time: what others can see must be whole.
    private CSharpSpaceUsings Look(int space)
    {
        var usings = new CSharpSpaceUsings();
        var own = index.Facts[file].Spaces[space];
        foreach (var item in own.Usings.Where(item => !item.IsGlobal))
            usings.Add(item, name => FromSpace(name, space));
        if (own.Outer < 0)
            foreach (var (_, item) in View.Usings)
                usings.Add(item, name => FromSpace(name, space));
        return usings;
    }

    private CSharpFound FromSpace(string chain, int space)
    {
        var parts = (chain.StartsWith("global::", StringComparison.Ordinal) ? chain[8..] : chain).Split('.');
        foreach (var around in Around(space))
            if (In(around, parts[0]) is { IsNothing: false } found)
                return Follow(found, parts);
        return CSharpFound.Nothing;
    }
}

/// <summary>What a chain of names means.</summary>
/// <param name="Types">The types; more than one when projects declare the same.</param>
/// <param name="Namespace">The namespace, when it is one.</param>
/// <param name="Rest">The names after the type: its member and what is asked of that.</param>
internal sealed record CSharpFound(IReadOnlyList<CSharpGroup> Types, CSharpNamespace? Namespace, IReadOnlyList<string> Rest)
{
    public static CSharpFound Nothing { get; } = new([], null, []);

    public bool IsNothing => Types.Count == 0 && Namespace is null;
}
