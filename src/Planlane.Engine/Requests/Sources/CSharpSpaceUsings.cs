namespace Planlane.Requests.Sources;

/// <summary>The using directives of a space, as far as they name what the tree declares.</summary>
internal sealed class CSharpSpaceUsings
{
    private readonly Dictionary<string, CSharpFound> _aliases = new(StringComparer.Ordinal);

    /// <summary>The namespaces whose types are brought in.</summary>
    public List<CSharpNamespace> Namespaces { get; } = [];

    /// <summary>The types whose static members are brought in.</summary>
    public List<CSharpGroup> Statics { get; } = [];

    /// <summary>The types that the directives name, type arguments too.</summary>
    public List<CSharpGroup> Named { get; } = [];

    /// <summary>Adds a directive.</summary>
    /// <param name="item">The directive.</param>
    /// <param name="find">Looks a name up without the directives beside it.</param>
    public void Add(CSharpUsing item, Func<string, CSharpFound> find)
    {
        var found = item.Names.Select(find).ToList();
        var named = found.SelectMany(name => name.Types).ToList();
        Named.AddRange(named);
        if (found.Count == 0)
            return;
        if (item.Alias is { } alias)
            _aliases[alias] = found[0] with { Types = [.. named] };
        else if (item.Kind == CSharpUsingKind.Static)
            Statics.AddRange(found[0].Types);
        else if (found[0].Namespace is { } space)
            Namespaces.Add(space);
    }

    /// <summary>What a name means by the directives alone.</summary>
    public CSharpFound Find(string name, CSharpScope scope)
    {
        if (_aliases.TryGetValue(name, out var aliased))
            return aliased;
        var types = Namespaces.SelectMany(space => scope.TypesIn(space, name)).Concat(CSharpScope.Nested(Statics, name)).Distinct().ToList();
        return types.Count == 0 ? CSharpFound.Nothing : new CSharpFound(types, null, []);
    }
}
