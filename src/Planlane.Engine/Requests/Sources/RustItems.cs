namespace Planlane.Requests.Sources;

/// <summary>Reads the items of a Rust text that others see: what is <c>pub</c> in any way, and the functions of public traits.</summary>
/// <param name="tokens">The text.</param>
/// <param name="draft">Takes what is found.</param>
internal sealed class RustItems(SourceTokens tokens, FactsDraft draft)
{
    private static readonly HashSet<string> Qualifiers = ["const", "async", "unsafe", "extern", "default"];
    private static readonly HashSet<string> Kinds = ["fn", "struct", "enum", "union", "trait", "type", "const", "static", "mod"];

    /// <summary>Reads the whole text.</summary>
    public void Read() => ReadItems(0, tokens.Count, "", isTrait: false);

    private void ReadItems(int at, int stop, string owner, bool isTrait)
    {
        while (at < stop)
        {
            var start = at;
            var isPublic = isTrait || tokens.Is(at, "pub");
            if (tokens.Is(at, "pub"))
                at = tokens.Is(at + 1, '(') ? tokens.After(at + 1) : at + 1;
            at = SkipQualifiers(at);
            if (tokens.Is(at, "impl"))
                at = ReadImplementation(at, owner);
            else if (tokens.IsAny(at, Kinds))
                at = ReadItem(start, at, owner, isPublic);
            else
                at = Math.Max(tokens.After(at), start + 1);
        }
    }

    private int SkipQualifiers(int at)
    {
        while (tokens.IsAny(at, Qualifiers) && (tokens.IsAny(at + 1, Qualifiers) || tokens.Is(at + 1, "fn") || tokens.Is(at + 1, "trait") || tokens.Is(at + 1, "impl") || tokens.IsText(at + 1)))
            at += tokens.IsText(at + 1) ? 2 : 1;
        return at;
    }

    private int ReadItem(int start, int keyword, string owner, bool isPublic)
    {
        var at = tokens.Is(keyword + 1, "mut") ? keyword + 2 : keyword + 1;
        if (!tokens.IsName(at))
            return keyword + 1;
        var name = owner.Length == 0 ? tokens.Text(at) : $"{owner}::{tokens.Text(at)}";
        var end = at;
        while (end < tokens.Count && !tokens.IsOneOf(end, "{;}") && !tokens.Is(end, '='))
            end = tokens.After(end);
        if (tokens.Is(keyword, "type"))
            while (end < tokens.Count && !tokens.IsOneOf(end, ";}"))
                end = tokens.After(end);
        if (isPublic)
            draft.Show(name, start, end);
        if (tokens.Is(end, '{') && (tokens.Is(keyword, "mod") || (tokens.Is(keyword, "trait") && isPublic)))
            ReadItems(end + 1, tokens.After(end) - 1, name, tokens.Is(keyword, "trait"));
        while (end < tokens.Count && !tokens.IsOneOf(end, "{;}"))
            end = tokens.After(end);
        return tokens.After(end);
    }

    // impl<T> Trait for a::Type<T> where … { … }: the last name of the type, before its arguments. The functions of a trait are the trait's.
    private int ReadImplementation(int at, string owner)
    {
        var body = at;
        var depth = 0;
        string? type = null;
        var isOfTrait = false;
        for (body++; body < tokens.Count && !tokens.IsOneOf(body, "{;"); body = tokens.After(body))
        {
            // What comes behind names bounds, as what stands between angle brackets does.
            if (tokens.Is(body, "where"))
                depth++;
            depth += tokens.Is(body, '<') ? 1 : tokens.Is(body, '>') && !tokens.Is(body - 1, '-', '>') ? -1 : 0;
            isOfTrait |= depth == 0 && tokens.Is(body, "for");
            if (depth == 0 && tokens.IsName(body))
                type = tokens.Text(body);
        }

        if (!isOfTrait && type is not null && tokens.Is(body, '{'))
            ReadItems(body + 1, tokens.After(body) - 1, owner.Length == 0 ? type : $"{owner}::{type}", isTrait: false);
        return tokens.After(body);
    }
}
