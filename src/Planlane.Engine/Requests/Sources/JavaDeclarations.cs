namespace Planlane.Requests.Sources;

/// <summary>Reads the types of a Java text with their public members.</summary>
/// <param name="tokens">The text.</param>
/// <param name="draft">Takes what is found.</param>
internal sealed class JavaDeclarations(SourceTokens tokens, FactsDraft draft)
{
    private static readonly HashSet<string> Kinds = ["class", "interface", "enum", "record"];

    /// <summary>Reads the top level from before its first type.</summary>
    /// <param name="from">The index of its keyword, or of a bracket before it.</param>
    public void Read(int from)
    {
        while (from > 0 && !tokens.IsOneOf(from - 1, ";}"))
            from--;
        ReadBody(from, tokens.Count, owner: null, isInterface: false);
    }

    private void ReadBody(int at, int stop, string? owner, bool isInterface)
    {
        while (at < stop)
        {
            var (start, end) = (SkipAnnotations(at), EndOfHead(at, stop));
            if (end > start)
                ReadMember(start, end, owner, isInterface);
            at = EndOfMember(end, stop);
        }
    }

    private void ReadMember(int start, int end, string? owner, bool isInterface)
    {
        var isPublic = isInterface || Has(start, end, "public");
        var kind = KindOf(start, end);
        var at = kind ?? NameOf(start, end);
        if (Has(start, end, "private") || !tokens.IsName(at))
            return;
        var name = owner is null ? tokens.Text(at) : $"{owner}.{tokens.Text(at)}";
        if (kind is not null && owner is null)
            draft.Declare(name);
        if (isPublic && (kind is not null || owner is not null))
            draft.Show(name, start, end);
        if (kind is not null && tokens.Is(end, '{'))
            ReadBody(BodyOf(end, at), tokens.After(end) - 1, name, tokens.Is(at - 1, "interface"));
    }

    // The name of a type; record and enum are names too, where no name follows.
    private int? KindOf(int start, int end)
    {
        for (var at = start; at < end && !tokens.IsOneOf(at, "(="); at++)
            if (tokens.IsAny(at, Kinds) && tokens.IsName(at + 1) && !tokens.Is(at - 1, '.') && (!tokens.Is(at, "record") || tokens.IsOneOf(at + 2, "(<")))
                return at + 1;
        return null;
    }

    // Of a method the word before its parameters, of a field the last word.
    private int NameOf(int start, int end)
    {
        var at = start;
        while (at < end && !tokens.Is(at, '('))
            at++;
        return at - 1;
    }

    // The constants of an enum end at a semicolon, or there is nothing behind them.
    private int BodyOf(int open, int name)
    {
        if (!tokens.Is(name - 1, "enum"))
            return open + 1;
        var at = open + 1;
        while (at < tokens.After(open) - 1 && !tokens.Is(at, ';'))
            at = tokens.After(at);
        return at + 1;
    }

    private int SkipAnnotations(int at)
    {
        while (tokens.Is(at, '@') && !tokens.Is(at + 1, "interface"))
        {
            for (at += 2; tokens.Is(at, '.');)
                at += 2;
            if (tokens.Is(at, '('))
                at = tokens.After(at);
        }

        return at;
    }

    private int EndOfHead(int at, int stop)
    {
        while (at < stop && !tokens.IsOneOf(at, "{;=}"))
            at = tokens.After(at);
        return Math.Min(at, stop);
    }

    private int EndOfMember(int at, int stop)
    {
        if (tokens.IsOneOf(at, "{}"))
            return tokens.After(at);
        while (at < stop && !tokens.Is(at, ';'))
            at = tokens.After(at);
        return at + 1;
    }

    private bool Has(int start, int end, string modifier)
    {
        for (var at = start; at < end && !tokens.Is(at, '('); at++)
            if (tokens.Is(at, modifier))
                return true;
        return false;
    }
}
