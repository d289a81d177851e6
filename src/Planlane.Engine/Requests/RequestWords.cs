using System.Text.RegularExpressions;

namespace Planlane.Requests;

/// <summary>The words of a request that file names and names in code are compared with. Immutable; thread-safe.</summary>
internal sealed partial class RequestWords
{
    private const int Shortest = 3;
    private const int Stem = 4;
    private const double AlikeShare = 0.75;

    // They stand in most requests and say nothing of the place.
    private static readonly HashSet<string> Empty = new(StringComparer.Ordinal)
    {
        "THE", "AND", "FOR", "WITH", "THAT", "THIS", "FROM", "INTO", "ALL", "EACH", "EVERY", "ADD", "USE", "USING", "MAKE", "IMPLEMENT", "CREATE", "BUILD", "WRITE", "CHANGE",
        "PLEASE", "SHOULD", "MUST", "HAVE", "WHEN", "WHERE", "THEY", "THEN", "THAN", "ALSO", "ONLY", "SOME", "NEW", "ITS", "ARE", "NOT", "CAN", "OUR", "ANY", "ONE", "AGENT",
    };

    private readonly string[] _words;
    private readonly Dictionary<string, int[]> _byStem;

    private RequestWords(string text)
    {
        Text = text;
        _words = [.. Word().Matches(text).Concat(Hump().Matches(text)).Select(match => Normal(match.ValueSpan)).Where(word => word.Length >= Shortest && !Empty.Contains(word)).Distinct()];
        _byStem = _words.Index().GroupBy(word => word.Item[..Math.Min(Stem, word.Item.Length)]).ToDictionary(group => group.Key, group => group.Select(word => word.Index).ToArray());
        Names = Name().Matches(text).Select(match => match.Value).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>All of the request's text.</summary>
    public string Text { get; }

    /// <summary>How many words there are.</summary>
    public int Count => _words.Length;

    /// <summary>The words that are written as names in code, such as <c>JwtTokens</c>, <c>read_file</c> or <c>Cache.Get</c>.</summary>
    public IReadOnlySet<string> Names { get; }

    /// <summary>The words of a request.</summary>
    public static RequestWords Of(RunRequest request) => new(string.Join('\n', [request.Goal, .. request.Constraints, .. request.SplitHints]));

    /// <summary>The numbers of the words that a name holds, some perhaps more than once; such as of <c>AuthToken</c> those of "authentication" and "tokens".</summary>
    public IEnumerable<int> In(string name) => Hump().Matches(name).Where(part => part.Length >= Shortest).Select(part => Normal(part.ValueSpan))
        .SelectMany(part => _byStem.GetValueOrDefault(part[..Math.Min(Stem, part.Length)], []).Where(number => Agree(part, _words[number])));

    /// <summary>The numbers of the words that stand anywhere in a path, also inside of a longer word.</summary>
    public IEnumerable<int> Inside(string path)
    {
        for (var number = 0; number < _words.Length; number++)
            if (_words[number].Length >= Stem && path.Contains(_words[number], StringComparison.OrdinalIgnoreCase))
                yield return number;
    }

    // Equal, or alike for most of the shorter one: "auth" and "authentication", "validator" and "validation", but not "author" and "authentication".
    private static bool Agree(string part, string word)
    {
        var alike = part.AsSpan().CommonPrefixLength(word);
        return (alike == part.Length && alike == word.Length) || (alike >= Stem && alike >= AlikeShare * Math.Min(part.Length, word.Length));
    }

    private static string Normal(ReadOnlySpan<char> word)
    {
        var upper = word.ToString().ToUpperInvariant();
        return upper.Length > Shortest && upper.EndsWith('S') && !upper.EndsWith("SS", StringComparison.Ordinal) ? upper[..^1] : upper;
    }

    [GeneratedRegex(@"[\p{L}\p{N}]+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    [GeneratedRegex(@"[A-Z]{2,}(?![a-z])|[A-Z]?[a-z]+|\p{L}+", RegexOptions.CultureInvariant)]
    private static partial Regex Hump();

    [GeneratedRegex(@"\b(?=[A-Za-z_][\w.]*(?:[a-z][A-Z]|_|\.[A-Za-z]))[A-Za-z_]\w*(?:\.\w+)*\b", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
