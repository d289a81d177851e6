namespace Planlane.Requests.Sources;

/// <summary>Reads what a TypeScript or JavaScript text exports, as modules of ECMAScript and of CommonJS do.</summary>
/// <param name="tokens">The text.</param>
/// <param name="draft">Takes what is found.</param>
internal sealed class JavaScriptExports(SourceTokens tokens, FactsDraft draft)
{
    private static readonly HashSet<string> Modifiers = ["export", "default", "declare", "abstract", "async"];
    private static readonly HashSet<string> MemberModifiers = ["public", "private", "protected", "static", "async", "readonly", "abstract", "override", "declare", "get", "set"];
    private static readonly HashSet<string> Hidden = ["private", "protected"];
    private static readonly HashSet<string> Variables = ["const", "let", "var"];
    private static readonly HashSet<string> Declarations = ["function", "class", "interface", "type", "enum", "namespace", .. Variables];

    private readonly JavaScriptHeads _heads = new(tokens);

    // Where the text's own top-level names are declared: an export by name shows the declaration.
    private readonly Dictionary<string, int> _declared = TopLevel(tokens);

    /// <summary>Reads the statement whose word <c>export</c> stands at an index.</summary>
    public void ReadExport(int export)
    {
        var at = SkipModifiers(export);
        if (tokens.Is(at, "type") && tokens.IsOneOf(at + 1, "{*"))
            at++;
        if (tokens.Is(at, '{') && !tokens.Is(at - 1, "default"))
            ReadNames(at);
        else if (tokens.Is(at, '*'))
            draft.Show(tokens.Is(at + 1, "as") ? tokens.Text(at + 2) : "*", export, tokens.Is(at + 1, "as") ? at + 5 : at + 3);
        else if (tokens.IsAny(at, Declarations))
            ReadDeclaration(export, at, null);
        else if (tokens.Is(at - 1, "default"))
            ShowValue("default", at, export, tokens.IsName(at) ? at + 1 : at);
    }

    /// <summary>Reads <c>module.exports = …</c>, <c>exports.name = …</c> and the like, when the index begins one.</summary>
    public void ReadAssignment(int start)
    {
        var at = tokens.Is(start, "module") && tokens.Is(start + 1, '.') && tokens.Is(start + 2, "exports") ? start + 2 : start;
        var isMember = tokens.Is(at + 1, '.') && tokens.IsName(at + 2);
        var assign = isMember ? at + 3 : at + 1;
        if (!tokens.Is(at, "exports") || !tokens.Is(assign, '=') || tokens.IsOneOf(assign + 1, "=>"))
            return;
        if (isMember)
            ShowValue(tokens.Text(at + 2), assign + 1, start, _heads.EndOfFunctionValue(assign) ?? assign);
        else if (tokens.Is(assign + 1, '{'))
            ReadNames(assign + 1);
        else if (!tokens.Is(assign + 1, "exports") && !tokens.Is(assign + 1, "module"))
            ShowValue("default", assign + 1, start, _heads.EndOfFunctionValue(assign) ?? (tokens.IsName(assign + 1) && !tokens.IsOneOf(assign + 2, "(.[") ? assign + 2 : assign));
    }

    private static Dictionary<string, int> TopLevel(SourceTokens tokens)
    {
        var declared = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var at = 0; at < tokens.Count; at = tokens.After(at))
            if (tokens.IsAny(at, Declarations) && tokens.IsName(NameOf(tokens, at)))
                declared.TryAdd(tokens.Text(NameOf(tokens, at)), at);
        return declared;
    }

    private static int NameOf(SourceTokens tokens, int keyword) =>
        tokens.Is(keyword + 1, '*') || (tokens.Is(keyword, "const") && tokens.Is(keyword + 1, "enum")) ? keyword + 2 : keyword + 1;

    // { a, b as c } of an export, and { a, b: value, c() {} } of module.exports.
    private void ReadNames(int open)
    {
        var end = tokens.After(open) - 1;
        for (var at = open + 1; at < end; at++)
        {
            var from = at;
            var last = at;
            for (; at < end && !tokens.Is(at, ','); at = tokens.After(at))
                if (tokens.Is(at - 1, "as"))
                    last = at;
            if (tokens.Is(from, "type") && tokens.IsName(from + 1) && !tokens.Is(from + 1, "as"))
                last = Math.Max(last, ++from);
            if (tokens.IsName(from) && tokens.IsName(last))
                ShowValue(tokens.Text(last), tokens.Is(from + 1, ':') ? from + 2 : from, from, tokens.Is(from + 1, '(') ? _heads.EndOfHead(from + 1) : last + 1);
        }
    }

    // Shows the declaration of the name that stands at a place, or else some tokens.
    private void ShowValue(string name, int value, int from, int to)
    {
        if (tokens.IsName(value) && _declared.TryGetValue(tokens.Text(value), out var declaration) && !tokens.IsOneOf(value + 1, "(.["))
            ReadDeclaration(declaration, declaration, name);
        else
            draft.Show(name, from, to);
    }

    // Declares what stands behind its modifiers; others may see it under another name.
    private void ReadDeclaration(int start, int keyword, string? seenAs)
    {
        var at = NameOf(tokens, keyword);
        var isNamed = tokens.IsName(at) && !tokens.Is(at, "extends");
        var name = seenAs ?? (isNamed ? tokens.Text(at) : "default");
        if (tokens.Is(keyword, "class") || tokens.Is(keyword, "interface"))
            ReadType(start, at, name);
        else if (tokens.Is(keyword, "function"))
            draft.Show(name, start, _heads.EndOfHead(at));
        else if (tokens.Is(keyword, "type"))
            draft.Show(name, start, _heads.EndOfAlias(at + 1));
        else if (tokens.IsAny(keyword, Variables) && !tokens.Is(keyword + 1, "enum") && isNamed)
        {
            var end = _heads.EndOfType(at + 1);
            draft.Show(name, start, _heads.EndOfFunctionValue(end) ?? end);
        }
        else if (isNamed)
            draft.Show(name, start, at + 1);
    }

    private void ReadType(int start, int at, string name)
    {
        var body = _heads.EndOfHead(at);
        draft.Show(name, start, body);
        var end = tokens.Is(body, '{') ? tokens.After(body) - 1 : body;
        for (at = body + 1; at < end;)
            at = at == body + 1 || tokens.StartsLine(at) || tokens.IsOneOf(at - 1, ";,}") ? ReadMember(name, at, end) : tokens.After(at);
    }

    // Reads what may be a member, and says where to go on.
    private int ReadMember(string owner, int at, int stop)
    {
        while (tokens.Is(at, '@'))
        {
            for (at += 2; tokens.Is(at, '.');)
                at += 2;
            if (tokens.Is(at, '('))
                at = tokens.After(at);
        }

        var first = at;
        var isHidden = false;
        while (tokens.IsAny(at, MemberModifiers) && !tokens.IsOneOf(at + 1, "(:?<=!"))
            isHidden |= tokens.IsAny(at++, Hidden);
        if (!tokens.IsName(at) || !tokens.IsOneOf(at + 1, "(:?<=!"))
            return Math.Max(tokens.After(at), first + 1);
        var end = tokens.Is(at + 1, '(') || tokens.Is(at + 1, '<') ? _heads.EndOfHead(at + 1) : _heads.EndOfType(at + 1);
        end = Math.Min(_heads.EndOfFunctionValue(end) ?? end, stop);
        if (!isHidden && tokens.Text(at)[0] != '_')
            draft.Show($"{owner}.{tokens.Text(at)}", first, end);
        return Math.Max(end, at + 1);
    }

    private int SkipModifiers(int at)
    {
        while (tokens.IsAny(at, Modifiers))
            at++;
        return at;
    }
}
