namespace Planlane.Planning.Documents;

/// <summary>Finds what somebody meant who mistyped a name.</summary>
internal static class NearestName
{
    // Longer than any name; its table of distances would be large for nothing.
    private const int LongestWord = 100;

    /// <summary>The known name that is nearest to a word: at most a third of its letters differ, or it is the beginning of one. Null when none is near.</summary>
    public static string? Of(string word, IEnumerable<string> known)
    {
        if (word.Length > LongestWord)
            return null;
        var (best, least) = ((string?)null, Math.Max(1, word.Length / 3) + 1);
        foreach (var name in known)
        {
            var distance = IsBeginning(word, name) ? 1 : Distance(word.ToUpperInvariant(), name.ToUpperInvariant());
            if (distance < least)
                (best, least) = (name, distance);
        }

        return best;
    }

    private static bool IsBeginning(string word, string name) => word.Length >= 4 && name.StartsWith(word, StringComparison.OrdinalIgnoreCase);

    // The least number of letters to insert, remove or replace, or of neighbours to swap (Damerau's distance, in which no part is edited twice).
    private static int Distance(string left, string right)
    {
        var distances = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
            for (var j = 0; j <= right.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    distances[i, j] = i + j;
                    continue;
                }

                var edited = Math.Min(distances[i - 1, j], distances[i, j - 1]) + 1;
                distances[i, j] = Math.Min(edited, distances[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                    distances[i, j] = Math.Min(distances[i, j], distances[i - 2, j - 2] + 1);
            }

        return distances[left.Length, right.Length];
    }
}
