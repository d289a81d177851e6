namespace Planlane.Values;

/// <summary>How different two texts are.</summary>
public static class EditDistance
{
    /// <summary>The fewest letters to put in, take out or change to make one text the other, by letters as they are.</summary>
    public static int Of(string left, string right)
    {
        var above = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var row = new int[right.Length + 1];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
                row[j] = Math.Min(above[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1), Math.Min(above[j], row[j - 1]) + 1);
            above = row;
        }

        return above[right.Length];
    }
}
