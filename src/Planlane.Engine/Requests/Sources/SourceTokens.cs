using System.Text;

namespace Planlane.Requests.Sources;

/// <summary>What a token is.</summary>
internal enum TokenKind
{
    /// <summary>A name, a keyword or a number.</summary>
    Word,

    /// <summary>A string; its text is what stands between the quotes, as written.</summary>
    Text,

    /// <summary>One character of anything else.</summary>
    Symbol,
}

/// <summary>A token of a source text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Where it begins, its quotes included.</param>
/// <param name="Length">Its length, its quotes included.</param>
/// <param name="Quotes">How many characters at its beginning are its opening quotes.</param>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Indent">How many characters stand before it when it is the first of its line, else -1.</param>
internal readonly record struct Token(TokenKind Kind, int Start, int Length, int Quotes, int Line, int Indent);

/// <summary>The tokens of a source text, without comments. Every index may be asked: outside there is nothing.</summary>
internal sealed class SourceTokens
{
    private const int MostSignatureLength = 240;

    private readonly string _text;
    private readonly IReadOnlyList<Token> _tokens;
    private readonly int[] _after;

    public SourceTokens(string text, IReadOnlyList<Token> tokens)
    {
        _text = text;
        _tokens = tokens;
        _after = Brackets();
    }

    public int Count => _tokens.Count;

    public bool IsWord(int index) => Has(index) && _tokens[index].Kind == TokenKind.Word;

    /// <summary>Whether it is a word that can name something.</summary>
    public bool IsName(int index) => IsWord(index) && !char.IsDigit(_text[_tokens[index].Start]);

    public bool IsText(int index) => Has(index) && _tokens[index].Kind == TokenKind.Text;

    public bool Is(int index, string word) => IsWord(index) && Span(index).SequenceEqual(word);

    public bool IsAny(int index, HashSet<string> words) => IsWord(index) && words.GetAlternateLookup<ReadOnlySpan<char>>().Contains(Span(index));

    public bool Is(int index, char symbol) => Has(index) && _tokens[index].Kind == TokenKind.Symbol && _text[_tokens[index].Start] == symbol;

    /// <summary>Whether two symbols stand side by side, such as <c>::</c>.</summary>
    public bool Is(int index, char first, char second) => Is(index, first) && Is(index + 1, second) && _tokens[index].Start + 1 == _tokens[index + 1].Start;

    /// <summary>Whether it is one of some symbols.</summary>
    public bool IsOneOf(int index, string symbols) => Has(index) && _tokens[index].Kind == TokenKind.Symbol && symbols.Contains(_text[_tokens[index].Start]);

    public bool StartsLine(int index) => Indent(index) >= 0;

    /// <summary>How many characters stand before it when it is the first of its line, else -1.</summary>
    public int Indent(int index) => Has(index) ? _tokens[index].Indent : -1;

    public int LineOf(int index) => Has(index) ? _tokens[index].Line : 0;

    /// <summary>The word, the symbol, or what stands between the quotes of a string; empty outside.</summary>
    public string Text(int index)
    {
        if (!Has(index))
            return "";
        var token = _tokens[index];
        return _text.Substring(token.Start + token.Quotes, token.Length - (2 * token.Quotes));
    }

    /// <summary>The index behind a token; behind the closing bracket, or the end of all, when it opens one.</summary>
    public int After(int index) => Has(index) ? _after[index] : index + 1;

    /// <summary>Tokens on one line, without comments; what is too long for a signature is cut.</summary>
    public string Line(int from, int to)
    {
        var line = new StringBuilder();
        for (var index = from; index < Math.Min(to, Count) && line.Length <= MostSignatureLength; index++)
        {
            if (index > from && _tokens[index].Start > _tokens[index - 1].Start + _tokens[index - 1].Length)
                line.Append(' ');
            foreach (var letter in Span(index))
                line.Append(char.IsWhiteSpace(letter) ? ' ' : letter);
        }

        return line.Length > MostSignatureLength ? $"{line.ToString(0, MostSignatureLength)}…" : line.ToString();
    }

    private bool Has(int index) => (uint)index < (uint)_tokens.Count;

    private ReadOnlySpan<char> Span(int index) => _text.AsSpan(_tokens[index].Start, _tokens[index].Length);

    // A closing bracket closes the nearest open one of its kind, and what was opened inside of that and is still open; without one it closes nothing.
    private int[] Brackets()
    {
        const string Opening = "([{";
        const string Closing = ")]}";
        var after = new int[_tokens.Count];
        var open = new Stack<(int Index, int Kind)>();
        var counts = new int[Opening.Length];
        for (var index = 0; index < after.Length; index++)
        {
            after[index] = index + 1;
            if (_tokens[index].Kind != TokenKind.Symbol)
                continue;
            var letter = _text[_tokens[index].Start];
            if (Opening.IndexOf(letter, StringComparison.Ordinal) is var opens and >= 0)
            {
                open.Push((index, opens));
                counts[opens]++;
            }
            else if (Closing.IndexOf(letter, StringComparison.Ordinal) is var closes and >= 0 && counts[closes] > 0)
            {
                (int Index, int Kind) closed;
                do
                {
                    closed = open.Pop();
                    counts[closed.Kind]--;
                    after[closed.Index] = index + (closed.Kind == closes ? 1 : 0);
                }
                while (closed.Kind != closes);
            }
        }

        foreach (var (index, _) in open)
            after[index] = after.Length;
        return after;
    }
}
