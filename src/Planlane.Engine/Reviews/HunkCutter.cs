using System.Text;

namespace Planlane.Reviews;

/// <summary>Takes hunks out of a changed file, byte for byte: what is left out stands there as it was before.</summary>
public static class HunkCutter
{
    /// <summary>The file with some hunks taken back.</summary>
    /// <param name="before">The file before the change.</param>
    /// <param name="after">The file as it is proposed.</param>
    /// <param name="hunks">Where the two differ: the smallest hunks, in the order of the file.</param>
    /// <param name="isLeftOut">Whether a hunk is taken back.</param>
    public static byte[] Without(byte[] before, byte[] after, IEnumerable<ReviewHunk> hunks, Func<ReviewHunk, bool> isLeftOut)
    {
        var (old, now) = (LinesOf(before), LinesOf(after));
        using var kept = new MemoryStream(Math.Max(before.Length, after.Length));
        var place = 0;
        foreach (var hunk in hunks)
        {
            var start = FirstOf(hunk.OldStart, hunk.OldCount);
            Write(kept, before, old, place, start);
            if (isLeftOut(hunk))
                Write(kept, before, old, start, start + hunk.OldCount);
            else
                Write(kept, after, now, FirstOf(hunk.NewStart, hunk.NewCount), FirstOf(hunk.NewStart, hunk.NewCount) + hunk.NewCount);
            place = start + hunk.OldCount;
        }

        Write(kept, before, old, place, old.Count);
        return kept.ToArray();
    }

    /// <summary>The line of a file, from 1, without its end; null when it has none there.</summary>
    public static string? LineOf(byte[] file, int number)
    {
        var lines = LinesOf(file);
        return number < 1 || number > lines.Count ? null : Encoding.UTF8.GetString(file.AsSpan(lines[number - 1])).TrimEnd('\n', '\r');
    }

    // Of a range without lines git names the line before it.
    private static int FirstOf(int start, int count) => count == 0 ? start : start - 1;

    private static void Write(MemoryStream kept, byte[] file, List<Range> lines, int from, int to)
    {
        for (var line = from; line < to; line++)
            kept.Write(file.AsSpan(lines[line]));
    }

    private static List<Range> LinesOf(byte[] file)
    {
        var lines = new List<Range>();
        for (var start = 0; start < file.Length;)
        {
            var end = file.AsSpan(start).IndexOf((byte)'\n') is >= 0 and var length ? start + length + 1 : file.Length;
            lines.Add(start..end);
            start = end;
        }

        return lines;
    }
}
