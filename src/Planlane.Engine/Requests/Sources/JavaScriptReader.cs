namespace Planlane.Requests.Sources;

/// <summary>Reads the imports of a TypeScript or JavaScript text; what it exports is read by <see cref="JavaScriptExports"/>.</summary>
/// <param name="tokens">The text.</param>
internal sealed class JavaScriptReader(SourceTokens tokens)
{
    private readonly FactsDraft _draft = new(tokens);

    public ImportFacts Read()
    {
        var exports = new JavaScriptExports(tokens, _draft);
        for (var at = 0; at < tokens.Count; at++)
        {
            // A member of that name is no statement; what three dots spread is.
            if (!tokens.IsWord(at) || (tokens.Is(at - 1, '.') && !tokens.Is(at - 2, '.')))
                continue;
            if (tokens.Is(at, "import"))
                ReadImport(at);
            else if (tokens.Is(at, "require"))
                ReadCall(tokens.Is(at + 1, '.') && tokens.Is(at + 2, "resolve") ? at + 3 : at + 1);
            else if (tokens.Is(at, "export"))
            {
                ReadFrom(at + 1);
                exports.ReadExport(at);
            }
            else if (tokens.Is(at, "module") || tokens.Is(at, "exports"))
                exports.ReadAssignment(at);
        }

        return _draft.ToFacts();
    }

    // import "x", import("x"), import a, { b as c } from "x", import type T from "x"
    private void ReadImport(int at)
    {
        if (tokens.IsText(at + 1))
            _draft.Import(tokens.Text(at + 1));
        else if (tokens.Is(at + 1, '('))
            ReadCall(at + 1);
        else
            ReadFrom(at + 1);
    }

    private void ReadCall(int open)
    {
        if (tokens.Is(open, '(') && tokens.IsText(open + 1) && tokens.IsOneOf(open + 2, "),"))
            _draft.Import(tokens.Text(open + 1));
    }

    // A clause of names, then from "x"; anything else in between says that there is none.
    private void ReadFrom(int at)
    {
        while ((tokens.IsWord(at) && !tokens.Is(at, "import") && !tokens.Is(at, "export")) || tokens.IsOneOf(at, "{*,"))
        {
            if (tokens.Is(at, "from") && tokens.IsText(at + 1))
            {
                _draft.Import(tokens.Text(at + 1));
                return;
            }

            at = tokens.After(at);
        }
    }
}
