namespace Planlane.Requests.Sources;

/// <summary>What a language means by comments and literals; all that <see cref="SourceLexer"/> must know of it.</summary>
internal sealed record LexicalRules
{
    /// <summary>TypeScript and JavaScript, with JSX.</summary>
    public static LexicalRules JavaScript { get; } = new() { BlockComments = true, Templates = true, RegularExpressions = true };

    /// <summary>Python.</summary>
    public static LexicalRules Python { get; } = new() { LineComment = "#", TripleQuotes = true, StringPrefixes = "rbuftRBUFT" };

    /// <summary>Go.</summary>
    public static LexicalRules Go { get; } = new() { BlockComments = true, BackquotedStrings = true };

    /// <summary>Java and Kotlin.</summary>
    public static LexicalRules Java { get; } = new() { BlockComments = true, TripleQuotes = true };

    /// <summary>Rust.</summary>
    public static LexicalRules Rust { get; } = new() { BlockComments = true, NestedComments = true, Lifetimes = true, HashedStrings = true, MultilineStrings = true, StringPrefixes = "brc" };

    /// <summary>What begins a comment that ends with its line.</summary>
    public string LineComment { get; private init; } = "//";

    /// <summary>Whether <c>/* … */</c> is a comment.</summary>
    public bool BlockComments { get; private init; }

    /// <summary>Whether a block comment may hold others.</summary>
    public bool NestedComments { get; private init; }

    /// <summary>Whether three quotes begin a string that spans lines.</summary>
    public bool TripleQuotes { get; private init; }

    /// <summary>Whether a string in double quotes may span lines.</summary>
    public bool MultilineStrings { get; private init; }

    /// <summary>Whether a string in backquotes spans lines and knows no escapes.</summary>
    public bool BackquotedStrings { get; private init; }

    /// <summary>Whether a string in backquotes holds code between <c>${</c> and <c>}</c>.</summary>
    public bool Templates { get; private init; }

    /// <summary>Whether a slash can begin a regular expression.</summary>
    public bool RegularExpressions { get; private init; }

    /// <summary>Whether an apostrophe can begin a lifetime.</summary>
    public bool Lifetimes { get; private init; }

    /// <summary>Whether <c>r#"…"#</c> is a string.</summary>
    public bool HashedStrings { get; private init; }

    /// <summary>The letters that may stand before a string's quote and belong to it.</summary>
    public string StringPrefixes { get; private init; } = "";
}
