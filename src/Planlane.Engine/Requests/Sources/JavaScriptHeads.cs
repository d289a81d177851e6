namespace Planlane.Requests.Sources;

/// <summary>Tells where the heads of declarations end in a TypeScript or JavaScript text, whose statements need no semicolons and whose types have braces.</summary>
/// <param name="tokens">The text.</param>
internal sealed class JavaScriptHeads(SourceTokens tokens)
{
    /// <summary>Where the head of a function, class or member ends: at the brace of its body, a semicolon, an assignment, or the next statement.</summary>
    public int EndOfHead(int at)
    {
        var angles = 0;
        for (; at < tokens.Count && !tokens.IsOneOf(at, ";})"); at = tokens.After(at))
        {
            // In <T = {}> neither sign ends the head.
            angles += tokens.Is(at, '<') ? 1 : tokens.Is(at, '>') && !tokens.Is(at - 1, '=', '>') ? -1 : 0;
            if ((angles <= 0 && ((tokens.Is(at, '{') && !OpensType(at)) || IsAssignment(at))) || IsNextStatement(at))
                break;
        }

        return at;
    }

    /// <summary>Where the head of a function ends that is assigned, or null when no function is.</summary>
    /// <param name="assign">The sign of the assignment.</param>
    public int? EndOfFunctionValue(int assign)
    {
        if (!tokens.Is(assign, '='))
            return null;
        var at = tokens.Is(assign + 1, "async") ? assign + 2 : assign + 1;
        if (tokens.Is(at, "function"))
            return EndOfHead(at);
        if (!tokens.IsName(at) && !tokens.IsOneOf(at, "(<"))
            return null;
        for (var next = at; next < tokens.Count && !tokens.IsOneOf(next, ";}),") && (next == at || !IsNextStatement(next)); next = tokens.After(next))
            if (tokens.Is(next, '=', '>') && !OpensType(next + 2))
                return next;
            else if (tokens.IsName(at) && next > at)
                return null;
        return null;
    }

    /// <summary>Where the type of a variable or member ends, at its assignment or before what comes next.</summary>
    public int EndOfType(int at)
    {
        while (at < tokens.Count && !IsAssignment(at) && !tokens.IsOneOf(at, ";,})") && !IsNextStatement(at))
            at = tokens.After(at);
        return at;
    }

    /// <summary>Where <c>type X = …</c> ends.</summary>
    public int EndOfAlias(int at)
    {
        while (at < tokens.Count && !tokens.IsOneOf(at, ";})") && !IsNextStatement(at))
            at = tokens.After(at);
        return at;
    }

    private bool IsAssignment(int at) => tokens.Is(at, '=') && !tokens.Is(at, '=', '>');

    // A head goes on in the next line behind a sign that wants more, or with a word that cannot begin a statement.
    private bool IsNextStatement(int at) => tokens.StartsLine(at) && (tokens.IsName(at) || tokens.IsText(at) || tokens.IsOneOf(at, "@[#*"))
        && !tokens.IsOneOf(at - 1, ",<|&(:.=?[") && !tokens.Is(at - 2, '=', '>') && !tokens.Is(at, "extends") && !tokens.Is(at, "implements");

    // A brace behind one of these is a type with members, not a body. The body of an arrow function is asked for apart.
    private bool OpensType(int at) => tokens.Is(at, '{') && tokens.IsOneOf(at - 1, ":<|&,([?");
}
