namespace Planlane.Requests.Sources;

/// <summary>Reads the imports, the exported declarations and the used names of a Go text.</summary>
/// <remarks>An import with a name of its own is <c>name path</c>, as it is written. A used name is one that no selector stands before; of a package's, such as
/// <c>gin.Context</c>, those are kept that an import of the file may have brought.</remarks>
/// <param name="tokens">The text.</param>
internal sealed class GoReader(SourceTokens tokens)
{
    private static readonly HashSet<string> Predeclared =
    [
        "break", "case", "chan", "const", "continue", "default", "defer", "else", "fallthrough", "for", "func", "go", "goto", "if", "import", "interface", "map", "package",
        "range", "return", "select", "struct", "switch", "type", "var", "any", "bool", "byte", "comparable", "complex64", "complex128", "error", "float32", "float64", "int",
        "int8", "int16", "int32", "int64", "rune", "string", "uint", "uint8", "uint16", "uint32", "uint64", "uintptr", "true", "false", "iota", "nil", "append", "cap", "clear",
        "close", "complex", "copy", "delete", "imag", "len", "make", "max", "min", "new", "panic", "print", "println", "real", "recover", "_",
    ];

    private readonly FactsDraft _draft = new(tokens);
    private readonly List<string> _paths = [];

    public ImportFacts Read()
    {
        for (var at = 0; at < tokens.Count; at = tokens.After(at))
        {
            if (!tokens.StartsLine(at) && !tokens.Is(at - 1, ';'))
                continue;
            if (tokens.Is(at, "package") && tokens.IsName(at + 1))
                _draft.Package ??= tokens.Text(at + 1);
            else if (tokens.Is(at, "import"))
                ReadGroup(at, ReadImport);
            else if (tokens.Is(at, "func"))
                ReadFunction(at);
            else if (tokens.Is(at, "type"))
                ReadGroup(at, ReadType);
            else if (tokens.Is(at, "var") || tokens.Is(at, "const"))
                ReadGroup(at, ReadValue);
        }

        ReadNames();
        return _draft.ToFacts();
    }

    // keyword spec, or keyword ( spec spec … ): calls for each specification.
    private void ReadGroup(int keyword, Action<int, int> read)
    {
        if (!tokens.Is(keyword + 1, '('))
        {
            read(keyword, keyword + 1);
            return;
        }

        var end = tokens.After(keyword + 1) - 1;
        for (var at = keyword + 2; at < end; at = tokens.After(at))
            if (tokens.StartsLine(at) || tokens.IsOneOf(at - 1, "(;"))
                read(keyword, at);
    }

    private void ReadImport(int keyword, int at)
    {
        var path = tokens.IsText(at) ? at : at + 1;
        if (!tokens.IsText(path))
            return;
        _draft.Import(path == at ? tokens.Text(path) : $"{tokens.Text(at)} {tokens.Text(path)}");
        _paths.Add(path == at ? tokens.Text(path) : tokens.Text(at));
    }

    // func (r *T[K]) Name(…) …
    private void ReadFunction(int at)
    {
        var name = tokens.Is(at + 1, '(') ? tokens.After(at + 1) : at + 1;
        if (!tokens.IsName(name))
            return;
        if (name == at + 1)
            _draft.Declare(tokens.Text(name));
        if (!IsExported(name))
            return;
        var owner = name == at + 1 ? "" : $"{ReceiverOf(at + 1)}.";
        _draft.Show(owner + tokens.Text(name), at, EndOfHead(name));
    }

    // (r *T[K]): the last name before the arguments of the type.
    private string ReceiverOf(int open)
    {
        var receiver = "";
        for (var at = open + 1; at < tokens.After(open) - 1 && !tokens.Is(at, '['); at++)
            receiver = tokens.IsName(at) ? tokens.Text(at) : receiver;
        return receiver;
    }

    private void ReadType(int keyword, int at)
    {
        if (!tokens.IsName(at))
            return;
        _draft.Declare(tokens.Text(at));
        if (!IsExported(at))
            return;
        var end = EndOfHead(at);
        _draft.Show(tokens.Text(at), keyword + 1 == at ? keyword : at, end);
        if (!tokens.Is(end - 1, "interface") || !tokens.Is(end, '{'))
            return;
        for (var member = end + 1; member < tokens.After(end) - 1; member = tokens.After(member))
            if (tokens.StartsLine(member) && IsExported(member) && tokens.Is(member + 1, '('))
                _draft.Show($"{tokens.Text(at)}.{tokens.Text(member)}", member, EndOfHead(member));
    }

    // A, b = 1, 2
    private void ReadValue(int keyword, int at)
    {
        for (; tokens.IsName(at); at += 2)
        {
            _draft.Declare(tokens.Text(at));
            if (IsExported(at))
            {
                var end = at + 1;
                while (end < tokens.Count && !tokens.IsOneOf(end, "=,;)") && !tokens.StartsLine(end))
                    end = tokens.After(end);
                _draft.Show(tokens.Text(at), keyword + 1 == at ? keyword : at, end);
            }

            if (!tokens.Is(at + 1, ','))
                return;
        }
    }

    private void ReadNames()
    {
        for (var at = 0; at < tokens.Count; at++)
        {
            if (!tokens.IsName(at) || tokens.Is(at - 1, '.') || tokens.IsAny(at, Predeclared) || tokens.Is(at - 1, "package"))
                continue;
            var name = tokens.Text(at);
            if (!tokens.Is(at + 1, '.'))
                _draft.Use(name);
            else if (IsExported(at + 2) && _paths.Exists(path => path.Contains(name, StringComparison.Ordinal)))
                _draft.Use($"{name}.{tokens.Text(at + 2)}");
            else
                _draft.Use(name);
        }
    }

    private bool IsExported(int at) => tokens.IsName(at) && char.IsUpper(tokens.Text(at), 0);

    // At the brace of a body, or at the end of the line. A struct or interface that is written in the head has its brace behind its keyword.
    private int EndOfHead(int at)
    {
        for (at = tokens.After(at); at < tokens.Count && !tokens.StartsLine(at) && !tokens.IsOneOf(at, ";)}"); at = tokens.After(at))
            if (tokens.Is(at, '{') && (!tokens.Is(at + 1, '}') || !(tokens.Is(at - 1, "interface") || tokens.Is(at - 1, "struct"))))
                break;
        return at;
    }
}
