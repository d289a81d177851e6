namespace Planlane.Requests.Sources;

/// <summary>Reads the imports, the public declarations and the used types of a Java or Kotlin text.</summary>
/// <remarks>An import is its dotted name, with a star at its end where it has one; <c>static</c> and a Kotlin alias are left out.</remarks>
/// <param name="tokens">The text.</param>
internal sealed class JavaReader(SourceTokens tokens)
{
    private static readonly HashSet<string> Statements = ["package", "import"];

    private readonly FactsDraft _draft = new(tokens);

    public ImportFacts Read()
    {
        bool? isKotlin = null;
        var at = 0;
        for (; at < tokens.Count && !IsDeclaration(at); at = tokens.After(at))
        {
            if (!tokens.IsAny(at, Statements) || !tokens.IsName(at + 1))
                continue;
            var (name, end) = Dotted(tokens.Is(at + 1, "static") ? at + 2 : at + 1);
            if (tokens.Is(at, "package"))
                _draft.Package ??= name;
            else
                _draft.Import(name);
            isKotlin ??= !tokens.Is(end, ';');
        }

        // Only Java ends its statements with semicolons.
        isKotlin ??= !HasSemicolon();
        if (isKotlin.Value)
            new KotlinDeclarations(tokens, _draft).Read();
        else
            new JavaDeclarations(tokens, _draft).Read(at);
        ReadNames(isKotlin.Value);
        return _draft.ToFacts();
    }

    private bool IsDeclaration(int at) => tokens.Is(at, '{') || tokens.Is(at, "class") || tokens.Is(at, "interface") || tokens.Is(at, "enum") || tokens.Is(at, "fun");

    private bool HasSemicolon() => Enumerable.Range(0, tokens.Count).Any(at => tokens.Is(at, ';'));

    // Types begin with a capital; in Kotlin functions of a neighbour can be called too. A name with its package may stand in the code itself.
    private void ReadNames(bool isKotlin)
    {
        for (var at = 0; at < tokens.Count; at++)
        {
            if (tokens.IsAny(at, Statements))
                at = Dotted(tokens.Is(at + 1, "static") ? at + 2 : at + 1).End - 1;
            if (!tokens.IsName(at) || (tokens.Is(at - 1, '.') && !tokens.Is(at - 2, '.')))
                continue;
            var (name, end) = Dotted(at);
            if (char.IsUpper(name, 0))
                _draft.Use(tokens.Text(at));
            else if (end > at + 3 && name.Split('.').Skip(2).Any(part => char.IsUpper(part, 0)))
                _draft.Use(name);
            else if (isKotlin && tokens.Is(at + 1, '('))
                _draft.Use(name);
        }
    }

    private (string Name, int End) Dotted(int at)
    {
        if (!tokens.IsName(at))
            return ("", at + 1);
        var name = tokens.Text(at);
        for (at++; tokens.Is(at, '.') && (tokens.IsName(at + 1) || tokens.Is(at + 1, '*')); at += 2)
            name += "." + tokens.Text(at + 1);
        return (name, at);
    }
}
