using Planlane.Values;

namespace Planlane.Summary;

/// <summary>The change of one file as a reader sees it.</summary>
/// <param name="Path">The file; a name with control characters as git quotes it.</param>
/// <param name="Added">Lines added.</param>
/// <param name="Deleted">Lines deleted.</param>
/// <param name="Lines">The hunks, each line with its mark; for a file without any, what git says instead, such as that it is binary. May be cut.</param>
/// <param name="LeftOut">How many lines were cut off at the end.</param>
public sealed record FileDiff(string Path, int Added, int Deleted, ValueList<string> Lines, int LeftOut)
{
    private const string Head = "diff --git ";

    /// <summary>The files of a unified diff that <c>git</c> wrote without renames.</summary>
    /// <param name="diff">The diff.</param>
    /// <param name="mostLines">The most lines of a file that are kept.</param>
    public static ValueList<FileDiff> Read(string diff, int mostLines)
    {
        var files = new List<FileDiff>();
        var lines = diff.Split('\n');
        for (var at = Array.FindIndex(lines, IsHead); at >= 0 && at < lines.Length;)
        {
            // A line of a file's content has a mark before it, so that it can begin no file.
            var next = Array.FindIndex(lines, at + 1, IsHead);
            var end = next < 0 ? lines.Length : next;
            files.Add(Of(lines[at], lines.AsSpan(at + 1, end - at - 1), mostLines));
            at = end;
        }

        return files.ToValueList();
    }

    private static bool IsHead(string line) => line.StartsWith(Head, StringComparison.Ordinal);

    private static FileDiff Of(string head, ReadOnlySpan<string> lines, int mostLines)
    {
        var kept = new List<string>();
        var (added, deleted, left, inHunks) = (0, 0, 0, false);
        foreach (var line in lines)
        {
            inHunks |= line.StartsWith("@@", StringComparison.Ordinal);
            if (!inHunks && (line.Length == 0 || IsBookkeeping(line)))
                continue;
            added += inHunks && line.StartsWith('+') ? 1 : 0;
            deleted += inHunks && line.StartsWith('-') ? 1 : 0;
            if (kept.Count < mostLines)
                kept.Add(line.TrimEnd('\r'));
            else
                left++;
        }

        return new FileDiff(PathIn(head), added, deleted, kept.ToValueList(), left);
    }

    private static bool IsBookkeeping(string line) =>
        line.StartsWith("index ", StringComparison.Ordinal) || line.StartsWith("--- ", StringComparison.Ordinal) || line.StartsWith("+++ ", StringComparison.Ordinal);

    // Without renames both halves name the same file; a name may hold blanks, so that only the length divides them.
    private static string PathIn(string head)
    {
        var names = head[Head.Length..];
        var first = names[..((names.Length - 1) / 2)];
        return first.StartsWith("\"a/", StringComparison.Ordinal) ? first[3..^1] : first.StartsWith("a/", StringComparison.Ordinal) ? first[2..] : first;
    }
}
