namespace Planlane.Tools;

/// <summary>The lines of a file that resemble a text most.</summary>
/// <param name="First">The first line, from 1.</param>
/// <param name="Last">The last line.</param>
/// <param name="IsSpacing">Whether they differ from the text in white space alone.</param>
internal readonly record struct NearestBlock(int First, int Last, bool IsSpacing)
{
    // Below this share of common letter pairs two blocks are not about the same.
    private const double LeastLikeness = 0.4;

    // Bounds the work on long files: what is compared is lines times lines.
    private const int MostWanted = 60;
    private const int MostLines = 20_000;

    /// <summary>The block, or null when nothing resembles the text.</summary>
    /// <remarks>Likeness is the Dice coefficient of the letter pairs, taken line by line without white space, and summed over a window as long as the text.</remarks>
    public static NearestBlock? Of(string[] lines, string[] wanted)
    {
        var sought = wanted.Take(MostWanted).Select(Pairs).ToArray();
        if (lines.Length is 0 or > MostLines || sought.Length == 0)
            return null;

        var there = lines.Select(Pairs).ToArray();
        var weight = sought.Sum(pairs => pairs.Count + 1.0);
        var (best, at) = (0.0, 0);
        for (var start = 0; start < Math.Max(1, lines.Length - sought.Length + 1); start++)
        {
            var likeness = 0.0;
            for (var i = 0; i < sought.Length && start + i < lines.Length; i++)
                likeness += (sought[i].Count + 1) * Likeness(sought[i], there[start + i]);
            if (likeness / weight > best)
                (best, at) = (likeness / weight, start);
        }

        var last = Math.Min(lines.Length, at + wanted.Length);
        return best < LeastLikeness ? null : new NearestBlock(at + 1, last, Squeezed(lines[at..last]) == Squeezed(wanted));
    }

    private static double Likeness(Dictionary<int, int> left, Dictionary<int, int> right)
    {
        var (leftCount, rightCount) = (left.Values.Sum(), right.Values.Sum());
        if (leftCount + rightCount == 0)
            return 1;
        var shared = left.Sum(pair => right.TryGetValue(pair.Key, out var other) ? Math.Min(pair.Value, other) : 0);
        return 2.0 * shared / (leftCount + rightCount);
    }

    private static Dictionary<int, int> Pairs(string line)
    {
        var pairs = new Dictionary<int, int>();
        var before = '\n';
        foreach (var letter in line.Where(letter => !char.IsWhiteSpace(letter)))
        {
            var pair = (before << 16) | letter;
            pairs[pair] = pairs.GetValueOrDefault(pair) + 1;
            before = letter;
        }

        return pairs;
    }

    private static string Squeezed(string[] lines) => string.Concat(string.Join('\n', lines).Where(letter => !char.IsWhiteSpace(letter)));
}
