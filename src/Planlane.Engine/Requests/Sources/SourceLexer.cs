namespace Planlane.Requests.Sources;

/// <summary>Divides a source text into tokens, so that what reads it is not fooled by comments and strings.</summary>
/// <remarks>It knows enough of a language to find where its literals end, and no more. Broken text never throws: a quote that nothing closes is a symbol.</remarks>
internal sealed class SourceLexer
{
    private const string Triple = "\"\"\"";
    private const string TripleSingle = "'''";

    // After these words of JavaScript a slash begins a regular expression, after others it divides.
    private static readonly HashSet<string> BeforeExpression =
        ["return", "typeof", "case", "in", "of", "delete", "void", "throw", "new", "do", "else", "await", "yield", "instanceof"];

    private readonly string _text;
    private readonly LexicalRules _rules;
    private readonly List<Token> _tokens = [];

    // For each template that is open: how many braces are open in the code that it holds.
    private readonly Stack<int> _templates = [];
    private int _at;
    private int _line = 1;
    private int _lineStart;
    private bool _startsLine = true;

    private SourceLexer(string text, LexicalRules rules)
    {
        _text = text;
        _rules = rules;
    }

    /// <summary>The tokens of a text.</summary>
    public static SourceTokens Lex(string text, LexicalRules rules)
    {
        var lexer = new SourceLexer(text, rules);
        lexer.LexAll();
        return new SourceTokens(text, lexer._tokens);
    }

    private void LexAll()
    {
        if (Sees("\uFEFF"))
            _at = 1;
        if (SeesAt(_at, "#!") && !SeesAt(_at, "#!["))
            SkipTo(EndOfLine(_at));
        while (_at < _text.Length)
        {
            if (char.IsWhiteSpace(_text[_at]))
                SkipTo(_at + 1);
            else if (!SkipsComment() && !TakesWord() && !TakesLiteral())
                Take(TokenKind.Symbol, _at + 1);
        }
    }

    private bool SkipsComment()
    {
        if (Sees(_rules.LineComment))
            SkipTo(EndOfLine(_at));
        else if (_rules.BlockComments && Sees("/*"))
            SkipTo(EndOfBlockComment());
        else
            return false;
        return true;
    }

    private int EndOfBlockComment()
    {
        var depth = 1;
        var at = _at + 2;
        while (at < _text.Length && depth > 0)
        {
            if (SeesAt(at, "*/"))
                (depth, at) = (depth - 1, at + 2);
            else if (_rules.NestedComments && SeesAt(at, "/*"))
                (depth, at) = (depth + 1, at + 2);
            else
                at++;
        }

        return at;
    }

    private bool TakesWord()
    {
        var end = _at;
        while (end < _text.Length && (char.IsLetterOrDigit(_text[end]) || _text[end] is '_' or '$'))
            end++;
        if (end == _at)
            return false;
        if (IsPrefix(end) && (TakesHashedString(end) || (end < _text.Length && (_text[end] == '"' || (_text[end] == '\'' && !_rules.Lifetimes)))))
        {
            // What is not taken yet is a quote, whose prefix is left out.
            _at = Math.Max(_at, end);
            return true;
        }

        Take(TokenKind.Word, end);
        return true;
    }

    private bool IsPrefix(int end) => end - _at <= 2 && _rules.StringPrefixes.Length > 0
        && !_text.AsSpan(_at, end - _at).ContainsAnyExcept(_rules.StringPrefixes);

    // r"…" and r#"…"#, whose prefix ends at a place; r#name is the name.
    private bool TakesHashedString(int wordEnd)
    {
        if (!_rules.HashedStrings || _text[wordEnd - 1] != 'r')
            return false;
        var quote = wordEnd;
        while (quote < _text.Length && _text[quote] == '#')
            quote++;
        if (quote >= _text.Length || _text[quote] != '"')
        {
            if (quote != wordEnd + 1)
                return false;
            _at = quote;
            return true;
        }

        var closing = "\"" + new string('#', quote - wordEnd);
        var close = _text.IndexOf(closing, quote + 1, StringComparison.Ordinal);
        _at = wordEnd;
        Take(TokenKind.Text, close < 0 ? _text.Length : close + closing.Length);
        return true;
    }

    private bool TakesLiteral() => _text[_at] switch
    {
        '"' when _rules.TripleQuotes && Sees(Triple) => TakesTripleQuoted(Triple),
        '\'' when _rules.TripleQuotes && Sees(TripleSingle) => TakesTripleQuoted(TripleSingle),
        '\'' when _rules.Lifetimes => TakesCharacter(),
        '"' or '\'' => TakesQuoted(),
        '`' when _rules.BackquotedStrings => TakesBackquoted(),
        '`' when _rules.Templates => TakesTemplate(_at + 1),
        '{' when _templates.Count > 0 => CountsBrace(1),
        '}' when _templates.Count > 0 => _templates.Peek() == 0 ? TakesTemplate(_at + 1) : CountsBrace(-1),
        '/' when _rules.RegularExpressions => TakesRegularExpression(),
        _ => false,
    };

    private bool TakesTripleQuoted(string closing)
    {
        var at = _at + 3;
        while (at < _text.Length && !SeesAt(at, closing))
            at += _text[at] == '\\' ? 2 : 1;
        if (at >= _text.Length)
            Take(TokenKind.Text, _text.Length);
        else
            Take(TokenKind.Text, at + 3, quotes: 3);
        return true;
    }

    private bool TakesQuoted()
    {
        var quote = _text[_at];
        var at = _at + 1;
        while (at < _text.Length && _text[at] != quote && (_rules.MultilineStrings || _text[at] != '\n'))
            at += _text[at] == '\\' ? 2 : 1;
        if (at >= _text.Length || _text[at] != quote)
            return false;
        Take(TokenKind.Text, at + 1, quotes: 1);
        return true;
    }

    // 'x', '\n' and '\u{1F600}' are characters; 'name without a closing quote is a lifetime.
    private bool TakesCharacter()
    {
        var at = _at + 1;
        if (SeesAt(at, "\\"))
            at = _text.IndexOf('\'', Math.Min(at + 2, _text.Length));
        else
            at += at < _text.Length && char.IsHighSurrogate(_text[at]) ? 2 : 1;
        if (at < 0 || !SeesAt(at, "'") || _text.AsSpan(_at, at - _at).Contains('\n'))
            return false;
        Take(TokenKind.Text, at + 1, quotes: 1);
        return true;
    }

    private bool TakesBackquoted()
    {
        var close = _text.IndexOf('`', _at + 1);
        if (close < 0)
            return false;
        Take(TokenKind.Text, close + 1, quotes: 1);
        return true;
    }

    // Goes on behind the opening quote, or behind the brace that ends code: to the closing quote, or to the code that comes next.
    // Code in a template stands between two braces, as everywhere; a template without code is a string.
    private bool TakesTemplate(int from)
    {
        var resumes = _text[_at] == '}';
        var at = from;
        while (at < _text.Length && _text[at] != '`' && !SeesAt(at, "${"))
            at += _text[at] == '\\' ? 2 : 1;
        if (at >= _text.Length)
        {
            // Nothing closes it, and nothing closes those that it stands in either.
            _templates.Clear();
            return false;
        }

        if (resumes)
        {
            Take(TokenKind.Symbol, from);
            _templates.Pop();
        }

        if (_text[at] == '$')
        {
            SkipTo(at + 1);
            Take(TokenKind.Symbol, at + 2);
            _templates.Push(0);
        }
        else if (resumes)
            SkipTo(at + 1);
        else
            Take(TokenKind.Text, at + 1, quotes: 1);
        return true;
    }

    private bool CountsBrace(int change)
    {
        _templates.Push(_templates.Pop() + change);
        return false;
    }

    private bool TakesRegularExpression()
    {
        if (_tokens.Count > 0 && !BeginsExpression(_tokens[^1]))
            return false;
        var inClass = false;
        for (var at = _at + 1; at < _text.Length && _text[at] != '\n'; at++)
        {
            if (_text[at] == '\\')
                at++;
            else if (_text[at] is '[' or ']')
                inClass = _text[at] == '[';
            else if (_text[at] == '/' && !inClass)
            {
                Take(TokenKind.Text, at + 1, quotes: 1);
                return true;
            }
        }

        return false;
    }

    private bool BeginsExpression(Token before) => before.Kind switch
    {
        TokenKind.Text => false,
        TokenKind.Word => BeforeExpression.GetAlternateLookup<ReadOnlySpan<char>>().Contains(_text.AsSpan(before.Start, before.Length)),
        // "</" closes an element of JSX.
        _ => _text[before.Start] is not (')' or ']' or '}') && !(_text[before.Start] == '<' && before.Start == _at - 1),
    };

    private void Take(TokenKind kind, int end, int quotes = 0)
    {
        _tokens.Add(new Token(kind, _at, end - _at, quotes, _line, _startsLine ? _at - _lineStart : -1));
        SkipTo(end);
        _startsLine = false;
    }

    private void SkipTo(int end)
    {
        for (; _at < end; _at++)
            if (_text[_at] == '\n')
            {
                _line++;
                _lineStart = _at + 1;
                _startsLine = true;
            }
    }

    private int EndOfLine(int from) => _text.IndexOf('\n', from) is var end and >= 0 ? end : _text.Length;

    private bool Sees(string expected) => SeesAt(_at, expected);

    private bool SeesAt(int at, string expected) => at <= _text.Length && string.CompareOrdinal(_text, at, expected, 0, expected.Length) == 0;
}
