using Planlane.Values;

namespace Planlane.Requests.Sources;

/// <summary>Collects what is read of a source file; each import and name once, in the order of the text.</summary>
/// <param name="tokens">The file.</param>
internal sealed class FactsDraft(SourceTokens tokens)
{
    private readonly List<Signature> _signatures = [];
    private readonly OrderedDictionary<string, bool> _imports = new(StringComparer.Ordinal);
    private readonly OrderedDictionary<string, bool> _declares = new(StringComparer.Ordinal);
    private readonly OrderedDictionary<string, bool> _names = new(StringComparer.Ordinal);

    public string? Package { get; set; }

    public void Import(string import) => _imports.TryAdd(import, true);

    public void Declare(string name) => _declares.TryAdd(name, true);

    public void Use(string name) => _names.TryAdd(name, true);

    /// <summary>Adds a signature: the tokens from one to before another.</summary>
    public void Show(string name, int from, int to) => _signatures.Add(new Signature(name, tokens.Line(from, to), tokens.LineOf(from)));

    public ImportFacts ToFacts() => new()
    {
        Signatures = _signatures.ToValueList(),
        Imports = _imports.Keys.ToValueList(),
        Package = Package,
        Declares = _declares.Keys.ToValueList(),
        Names = _names.Keys.Where(name => !_declares.ContainsKey(name)).ToValueList(),
    };
}
