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
    private readonly Dictionary<string, int[]>.AlternateLookup<ReadOnlySpan<char>> _stems;

    private RequestWords(string text)
    {
        Text = text;
        _words = [.. Word().Matches(text).SelectMany(match => PartsOf(match.Value).Prepend(match.Value)).Select(word => Normal(word)).Where(word => word.Length >= Shortest && !Empty.Contains(word)).Distinct()];
        _stems = _words.Index().GroupBy(word => word.Item[..Math.Min(Stem, word.Item.Length)]).ToDictionary(group => group.Key, group => group.Select(word => word.Index).ToArray(), StringComparer.OrdinalIgnoreCase)
            .GetAlternateLookup<ReadOnlySpan<char>>();
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

    /// <summary>Finds the words that a name holds, such as in <c>AuthToken</c> "authentication" and "tokens".</summary>
    /// <param name="name">A path or a name in code; it is asked of every declaration of a repository, so nothing is allocated for what does not fit.</param>
    /// <param name="found">Takes the number of each word, perhaps more than once.</param>
    public void FindIn(ReadOnlySpan<char> name, Action<int> found)
    {
        for (var start = 0; start < name.Length;)
        {
            var length = PartLength(name[start..]);
            var part = Trimmed(name.Slice(start, length));
            if (part.Length >= Shortest && _stems.TryGetValue(part[..Math.Min(Stem, part.Length)], out var numbers))
                foreach (var number in numbers)
                    if (Agree(part, _words[number]))
                        found(number);
            start += Math.Max(1, length);
        }
    }

    /// <summary>Finds the word that a file is called by, such as "like" for <c>Like.ts</c>.</summary>
    /// <param name="name">The file's name.</param>
    /// <param name="found">Takes the number of the word.</param>
    public void FindWhole(string name, Action<int> found)
    {
        var stem = Normal(name.AsSpan(0, name.IndexOf('.') is var dot and > 0 ? dot : name.Length));
        if (stem.Length >= Stem && Array.IndexOf(_words, stem) is var number and >= 0)
            found(number);
    }

    /// <summary>Finds the words that stand anywhere in a path, also inside of a longer word.</summary>
    /// <param name="path">The path.</param>
    /// <param name="found">Takes the number of each word.</param>
    public void FindInside(string path, Action<int> found)
    {
        for (var number = 0; number < _words.Length; number++)
            if (_words[number].Length >= Stem && path.Contains(_words[number], StringComparison.OrdinalIgnoreCase))
                found(number);
    }

    private static IEnumerable<string> PartsOf(string name)
    {
        for (var start = 0; start < name.Length;)
        {
            var length = PartLength(name.AsSpan(start));
            yield return name.Substring(start, length);
            start += Math.Max(1, length);
        }
    }

    // Equal, or alike for most of the shorter one: "auth" and "authentication", "validator" and "validation", but not "author" and "authentication".
    private static bool Agree(ReadOnlySpan<char> part, string word)
    {
        var alike = 0;
        while (alike < part.Length && alike < word.Length && char.ToUpperInvariant(part[alike]) == word[alike])
            alike++;
        return (alike == part.Length && alike == word.Length) || (alike >= Stem && alike >= AlikeShare * Math.Min(part.Length, word.Length));
    }

    // The length of the part that a name begins with: JWT of JWTTokens, Jwt of JwtTokens; 0 where it begins with no letter.
    private static int PartLength(ReadOnlySpan<char> name)
    {
        var capitals = 0;
        while (capitals < name.Length && char.IsUpper(name[capitals]))
            capitals++;
        var end = capitals;
        while (end < name.Length && char.IsLetter(name[end]) && !char.IsUpper(name[end]))
            end++;
        return capitals > 1 && end > capitals ? capitals - 1 : end;
    }

    private static string Normal(ReadOnlySpan<char> word) => Trimmed(word).ToString().ToUpperInvariant();

    // Without the S of a plural.
    private static ReadOnlySpan<char> Trimmed(ReadOnlySpan<char> word) =>
        word.Length > Shortest && word[^1] is 's' or 'S' && word[^2] is not ('s' or 'S') ? word[..^1] : word;

    [GeneratedRegex(@"[\p{L}\p{N}]+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    [GeneratedRegex(@"\b(?=[A-Za-z_][\w.]*(?:[a-z][A-Z]|_|\.[A-Za-z]))[A-Za-z_]\w*(?:\.\w+)*\b", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
