namespace Planlane.Requests.Sources;

/// <summary>Reads the declarations of a Kotlin text, which are public unless they say otherwise.</summary>
/// <param name="tokens">The text.</param>
/// <param name="draft">Takes what is found.</param>
internal sealed class KotlinDeclarations(SourceTokens tokens, FactsDraft draft)
{
    private static readonly HashSet<string> Types = ["class", "interface", "object"];
    private static readonly HashSet<string> Members = ["fun", "val", "var", "typealias"];
    private static readonly HashSet<string> Hidden = ["private", "protected"];
    private static readonly HashSet<string> Modifiers =
        [.. Hidden, "public", "internal", "open", "abstract", "final", "override", "suspend", "inline", "data", "sealed", "enum", "annotation", "value", "const", "lateinit", "operator", "infix", "companion", "fun", "tailrec", "external", "inner"];

    /// <summary>Reads the whole text.</summary>
    public void Read() => ReadBody(0, tokens.Count, owner: null);

    private void ReadBody(int from, int stop, string? owner)
    {
        for (var at = from; at < stop; at = tokens.After(at))
            if ((tokens.IsAny(at, Types) && !tokens.IsOneOf(at - 1, ":.")) || (tokens.IsAny(at, Members) && !tokens.Is(at + 1, "interface")))
                ReadDeclaration(at, stop, owner);
    }

    private void ReadDeclaration(int keyword, int stop, string? owner)
    {
        var start = keyword;
        while (tokens.IsAny(start - 1, Modifiers))
            start--;
        var end = EndOfHead(keyword + 1, stop);
        var name = NameOf(keyword + 1, end);
        if (!tokens.IsName(name))
            return;
        var qualified = owner is null ? tokens.Text(name) : $"{owner}.{tokens.Text(name)}";
        var isHidden = Enumerable.Range(start, keyword - start).Any(at => tokens.IsAny(at, Hidden));
        if (owner is null && !isHidden)
            draft.Declare(qualified);
        if (!isHidden)
            draft.Show(qualified, start, end);
        if (!isHidden && tokens.IsAny(keyword, Types) && tokens.Is(end, '{'))
            ReadBody(end + 1, tokens.After(end) - 1, qualified);
    }

    // fun <T> List<T>.name(…): the word before the parameters; of others the first.
    private int NameOf(int at, int end)
    {
        if (!tokens.Is(at - 1, "fun"))
            return at;
        while (at < end && !tokens.Is(at, '('))
            at++;
        return at - 1;
    }

    private int EndOfHead(int at, int stop)
    {
        while (at < stop && !tokens.IsOneOf(at, "{=;}") && (!tokens.StartsLine(at) || tokens.IsOneOf(at, ":(.") || tokens.IsOneOf(at - 1, ",:<(")))
            at = tokens.After(at);
        return Math.Min(at, stop);
    }
}
