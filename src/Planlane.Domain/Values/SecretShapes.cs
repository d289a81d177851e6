using System.Buffers;
using System.Text;

namespace Planlane.Values;

/// <summary>The forms of well-known keys and tokens: the one list that everything which masks or withholds secrets uses.</summary>
/// <remarks>Each form is strict about length and letters, as a false alarm takes ordinary code away from an agent.</remarks>
public static class SecretShapes
{
    // Bounds the work on text that is made to look like the beginnings of keys.
    private const int Longest = 2_048;

    private static readonly SearchValues<char> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");
    private static readonly SearchValues<char> Capitals = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
    private static readonly SearchValues<char> Words = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");
    private static readonly SearchValues<char> Base64 = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=");
    private static readonly SearchValues<char> Bearer = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/=");

    private static readonly Shape[] All =
    [
        // Anthropic, OpenAI and services that took over the form; words in style sheets begin so too, so that a long part without a dash is asked for.
        new("sk-", Words, 20, MustBeMixed: true) { LeastRun = 16 },
        // Stripe.
        new("sk_live_", Letters, 16), new("rk_live_", Letters, 16), new("sk_test_", Letters, 24), new("whsec_", Base64, 24, MustBeMixed: true),
        // GitHub, GitLab.
        new("ghp_", Letters, 20), new("gho_", Letters, 20), new("ghu_", Letters, 20), new("ghs_", Letters, 20), new("ghr_", Letters, 20), new("github_pat_", Words, 22),
        new("glpat-", Words, 20, MustBeMixed: true),
        // AWS: the name of a key; its secret half has no form and is known by what stands before it.
        new("AKIA", Capitals, 16, Most: 16), new("ASIA", Capitals, 16, Most: 16),
        new("ecret_access_key", Base64, 40, Most: 40) { Gap = true }, new("ECRET_ACCESS_KEY", Base64, 40, Most: 40) { Gap = true }, new("ecretAccessKey", Base64, 40, Most: 40) { Gap = true },
        // Google, Slack, npm, PyPI, Hugging Face.
        new("AIza", Words, 35, Most: 35), new("xoxb-", Words, 16, MustBeMixed: true), new("xoxp-", Words, 16, MustBeMixed: true), new("xoxa-", Words, 16, MustBeMixed: true),
        new("npm_", Letters, 36, Most: 36), new("pypi-", Words, 50), new("hf_", Letters, 30),
        // Headers.
        new("Bearer ", Bearer, 20, MustBeMixed: true) { Gap = true }, new("bearer ", Bearer, 20, MustBeMixed: true) { Gap = true }, new("Authorization: Basic ", Base64, 12, MustBeMixed: true) { Gap = true },
    ];

    private const string Pem = "-----BEGIN ", Jwt = "eyJ", Address = "://";

    private static readonly SearchValues<string> Anchors = SearchValues.Create([.. All.Select(shape => shape.Prefix), Pem, Jwt, Address], StringComparison.Ordinal);

    /// <summary>The letters that secrets begin with, where they tell anything by themselves.</summary>
    public static ValueList<string> Beginnings { get; } = All.Where(shape => !shape.Gap).Select(shape => shape.Prefix).Append(Pem).Append(Jwt).ToValueList();

    /// <summary>The text with <see cref="SecretMask.Mark"/> in place of each secret; of a private key only the lines between its first and last one.</summary>
    internal static string Masked(string text)
    {
        StringBuilder? masked = null;
        var copied = 0;
        for (var at = 0; text.AsSpan(at).IndexOfAny(Anchors) is var found and >= 0;)
        {
            at += found;
            var next = at + 1;
            foreach (var (start, end) in FindAt(text, at))
            {
                (masked ??= new StringBuilder(text.Length)).Append(text, copied, start - copied).Append(SecretMask.Mark);
                next = copied = end;
            }

            at = next;
        }

        return masked is null ? text : masked.Append(text, copied, text.Length - copied).ToString();
    }

    private static IEnumerable<(int Start, int End)> FindAt(string text, int at)
    {
        if (Begins(text, at, Pem))
            return PrivateKey(text, at);
        if (Begins(text, at, Address))
            return Password(text, at + Address.Length) is { } password ? [password] : [];
        if (Begins(text, at, Jwt))
            return IsAtBoundary(text, at) && Token(text, at) is { } token ? [token] : [];
        foreach (var shape in All)
            if (Begins(text, at, shape.Prefix) && shape.Find(text, at) is { } key)
                return [key];
        return [];
    }

    private static bool Begins(string text, int at, string prefix) => string.CompareOrdinal(text, at, prefix, 0, prefix.Length) == 0;

    // In JSON a letter behind a backslash is a line break or a tab.
    private static bool IsAtBoundary(string text, int at) => at == 0 || !(char.IsAsciiLetterOrDigit(text[at - 1]) || text[at - 1] == '_') || (at > 1 && text[at - 2] == '\\' && text[at - 1] is 'n' or 'r' or 't');

    private static int RunFrom(string text, int at, SearchValues<char> letters, int most = Longest)
    {
        var rest = text.AsSpan(at, Math.Min(most, text.Length - at));
        return rest.IndexOfAnyExcept(letters) is var end and >= 0 ? end : rest.Length;
    }

    // Of header, claims and signature the first two are JSON objects, which begin alike.
    private static (int, int)? Token(string text, int at)
    {
        var header = RunFrom(text, at, Words);
        var claims = at + header + 1;
        if (header < 12 || claims >= text.Length || text[claims - 1] != '.' || !Begins(text, claims, Jwt))
            return null;
        var signature = claims + RunFrom(text, claims, Words, 4 * Longest) + 1;
        return signature < text.Length && text[signature - 1] == '.' && RunFrom(text, signature, Words) is >= 20 and var length ? (at, signature + length) : null;
    }

    // What stands between a colon and an at sign before the host; names of variables and words such as "password" are samples.
    private static (int, int)? Password(string text, int at)
    {
        var authority = text.AsSpan(at, Math.Min(300, text.Length - at));
        if (authority.IndexOfAny("/?# \t\r\n\"'`<>\\") is var end and >= 0)
            authority = authority[..end];
        var (colon, host) = (authority.IndexOf(':'), authority.LastIndexOf('@'));
        if (colon < 0 || host <= colon)
            return null;
        var password = authority[(colon + 1)..host];
        return password.Length >= 6 && IsMixed(password) && !password.ContainsAny("${}*%[]()") ? (at + colon + 1, at + host) : null;
    }

    private static IEnumerable<(int, int)> PrivateKey(string text, int at)
    {
        var head = text.AsSpan(at, Math.Min(80, text.Length - at));
        var close = head[Pem.Length..].IndexOf("-----", StringComparison.Ordinal);
        if (close < 0 || !head.Slice(Pem.Length, close).Contains("PRIVATE KEY", StringComparison.Ordinal))
            yield break;

        var from = at + Pem.Length + close + 5;
        while (from < text.Length)
        {
            // A line break may be written as in JSON.
            if (text[from] == '\\')
                from += 2;
            else if (Begins(text, from, "-----") || !IsInKey(text[from]))
                yield break;
            else if (RunFrom(text, from, Base64, int.MaxValue) is > 0 and var length)
            {
                if (length >= 16)
                    yield return (from, from + length);
                from += length;
            }
            else
                from++;
        }
    }

    private static bool IsInKey(char letter) => Base64.Contains(letter) || letter is ' ' or '\t' or '\r' or '\n' or ':' or ',' or '-';

    private static bool IsMixed(ReadOnlySpan<char> text) => text.ContainsAnyInRange('0', '9') && (text.ContainsAnyInRange('a', 'z') || text.ContainsAnyInRange('A', 'Z'));

    private sealed record Shape(string Prefix, SearchValues<char> Body, int Least, int Most = Longest, bool MustBeMixed = false)
    {
        /// <summary>The shortest part without a dash or an underscore that one of it must have.</summary>
        public int LeastRun { get; init; }

        /// <summary>Whether the secret begins behind the prefix, and signs may stand between.</summary>
        public bool Gap { get; init; }

        public (int, int)? Find(string text, int at)
        {
            if (!Gap && !IsAtBoundary(text, at))
                return null;
            var start = at + Prefix.Length;
            for (var most = start + 8; Gap && start < Math.Min(most, text.Length) && text[start] is ' ' or '"' or '\'' or ':' or '=' or '\\' or '>';)
                start++;
            // One letter more than allowed tells a key from a longer text that begins with one.
            var length = start >= text.Length ? 0 : RunFrom(text, start, Body, Most == Longest ? Longest : Most + 1);
            if (length < Least || length > Most)
                return null;
            var body = text.AsSpan(start, length);
            return (MustBeMixed && !IsMixed(body)) || !HasRun(body) ? null : (Gap ? start : at, start + length);
        }

        private bool HasRun(ReadOnlySpan<char> body)
        {
            if (LeastRun == 0)
                return true;
            foreach (var part in body.SplitAny("-_"))
                if (part.End.Value - part.Start.Value >= LeastRun)
                    return true;
            return false;
        }
    }
}
