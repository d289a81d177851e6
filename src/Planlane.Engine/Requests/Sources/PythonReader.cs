namespace Planlane.Requests.Sources;

/// <summary>Reads the imports and the public functions and classes of a Python text.</summary>
/// <remarks>
/// <c>import a.b</c> is the import <c>a.b</c>; <c>from a import b</c> is <c>a.b</c>, as b may be a module; <c>from . import b</c> is <c>.b</c>;
/// <c>from a import *</c> is <c>a</c>. Imports count wherever they stand: in a function, behind a condition, for the type checker only.
/// </remarks>
/// <param name="tokens">The text.</param>
internal sealed class PythonReader(SourceTokens tokens)
{
    private readonly FactsDraft _draft = new(tokens);

    public ImportFacts Read()
    {
        for (var at = 0; at < tokens.Count; at++)
        {
            if (tokens.Is(at, "import") && BeginsStatement(at))
                ReadImport(at + 1);
            else if (tokens.Is(at, "from") && BeginsStatement(at))
                ReadFrom(at + 1);
            else if (tokens.Indent(at) == 0)
                ReadDefinition(at, owner: "");
        }

        return _draft.ToFacts();
    }

    private bool BeginsStatement(int at) => tokens.StartsLine(at) || tokens.IsOneOf(at - 1, ";:");

    // import a.b as c, d
    private void ReadImport(int at)
    {
        while (tokens.IsName(at))
        {
            var (module, end) = Dotted(at);
            _draft.Import(module);
            at = tokens.Is(end, "as") ? end + 2 : end;
            if (!tokens.Is(at, ','))
                return;
            at = tokens.Is(at + 1, '\\') ? at + 2 : at + 1;
        }
    }

    // from ..a import (b as c, d)
    private void ReadFrom(int at)
    {
        var dots = "";
        for (; tokens.Is(at, '.'); at++)
            dots += ".";
        var (module, end) = tokens.Is(at, "import") ? ("", at) : Dotted(at);
        if (!tokens.Is(end, "import") || dots.Length + module.Length == 0)
            return;
        var from = dots + module;
        var open = tokens.Is(end + 1, '(') ? end + 1 : -1;
        var stop = open < 0 ? EndOfLine(end) : tokens.After(open);
        for (at = open < 0 ? end + 1 : open + 1; at < stop; at++)
        {
            if (tokens.Is(at, '*'))
                _draft.Import(from);
            else if (tokens.Is(at, "as"))
                at++;
            else if (tokens.IsName(at))
                _draft.Import(module.Length == 0 ? from + tokens.Text(at) : $"{from}.{tokens.Text(at)}");
        }
    }

    private int EndOfLine(int at)
    {
        do
            at++;
        while (at < tokens.Count && !tokens.Is(at, ';') && (!tokens.StartsLine(at) || tokens.Is(at - 1, '\\')));
        return at;
    }

    private (string Name, int End) Dotted(int at)
    {
        var name = tokens.IsName(at) ? tokens.Text(at) : "";
        var end = name.Length > 0 ? at + 1 : at;
        for (; tokens.Is(end, '.') && tokens.IsName(end + 1); end += 2)
            name += "." + tokens.Text(end + 1);
        return (name, end);
    }

    private void ReadDefinition(int at, string owner)
    {
        var keyword = tokens.Is(at, "async") ? at + 1 : at;
        var isClass = tokens.Is(at, "class");
        if ((!isClass && !tokens.Is(keyword, "def")) || !tokens.IsName(keyword + 1))
            return;
        var name = tokens.Text(keyword + 1);
        if (name[0] == '_' && !(owner.Length > 0 && name == "__init__"))
            return;
        var end = keyword + 1;
        while (end < tokens.Count && !tokens.Is(end, ':'))
            end = tokens.After(end);
        var qualified = owner.Length == 0 ? name : $"{owner}.{name}";
        _draft.Show(qualified, at, end);
        if (isClass)
            ReadMembers(end + 1, tokens.Indent(at), qualified);
    }

    // What stands at the indentation of the first line of the class's body.
    private void ReadMembers(int at, int outer, string owner)
    {
        var inner = -1;
        for (; at < tokens.Count; at = tokens.After(at))
        {
            var indent = tokens.Indent(at);
            if (indent < 0)
                continue;
            if (indent <= outer)
                return;
            if (inner < 0)
                inner = indent;
            if (indent == inner)
                ReadDefinition(at, owner);
        }
    }
}
