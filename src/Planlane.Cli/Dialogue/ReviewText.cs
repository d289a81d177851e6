using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Planlane.Reviews;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Cli.Dialogue;

/// <summary>A review as a text to write comments into: the diff of each file, in which a line that begins with <c>#</c> is about the line above it.</summary>
internal static partial class ReviewText
{
    /// <summary>What stands at the top of the file.</summary>
    public const string Head = """
        ## Write comments as lines that begin with #, below the line that they are about.
        ## Below "=== AGENT PATH" a comment is about the whole file. Lines with ## are not read,
        ## and nothing else that you change here has an effect.

        """;

    /// <summary>The text of a file.</summary>
    public static string Of(string agent, ReviewFile file, ValueList<ReviewHunk> hunks)
    {
        var text = new StringBuilder("\n").Append(CultureInfo.InvariantCulture, $"=== {agent} {file.Path.Value.ReplaceLineEndings(@"\n")}\n");
        foreach (var risk in file.Risks)
            text.Append(CultureInfo.InvariantCulture, $"## {risk.Words.ReplaceLineEndings(" ")}\n");
        foreach (var hunk in hunks)
            text.Append(hunk.Header).Append('\n').AppendJoin('\n', hunk.Lines).Append('\n');
        return text.ToString();
    }

    /// <summary>The comments of an edited text, in its order.</summary>
    public static ValueList<ReviewComment> Read(string text, RunState state, Review review)
    {
        var found = new List<ReviewComment>();
        (TaskId Task, RepoPath Path)? file = null;
        int? line = null;
        var isOpen = false;
        foreach (var read in text.ReplaceLineEndings("\n").Split('\n'))
        {
            if (read.StartsWith('#'))
            {
                if (!read.StartsWith("##", StringComparison.Ordinal) && read[1..].Trim() is { Length: > 0 } words && file is var (task, path))
                {
                    // Lines below each other are one comment.
                    if (isOpen)
                        found[^1] = found[^1] with { Text = $"{found[^1].Text}\n{words}" };
                    else
                        found.Add(new ReviewComment(task, words) { Path = path, Line = line is 0 ? null : line });
                    isOpen = true;
                }

                continue;
            }

            isOpen = false;
            if (read.StartsWith("=== ", StringComparison.Ordinal))
                (file, line) = (FileOf(read[4..], state, review), null);
            else if (Place().Match(read) is { Success: true } place)
                line = int.Parse(place.Groups[1].Value, CultureInfo.InvariantCulture) - (place.Groups[2].Value == "0" ? 0 : 1);
            else if (line is not null && (read.StartsWith(' ') || read.StartsWith('+')))
                line++;
        }

        return found.ToValueList();
    }

    private static (TaskId Task, RepoPath Path)? FileOf(string head, RunState state, Review review) =>
        head.Split(' ', 2) is [var agent, var path] && ReviewNames.TaskOf(agent, state) is { } task && review.Find(task)?.Files.FirstOrDefault(file => file.Path.Value == path) is { } file
            ? (task, file.Path)
            : null;

    [GeneratedRegex(@"^@@ -[0-9]+,[0-9]+ \+([0-9]+),([0-9]+) @@", RegexOptions.CultureInvariant)]
    private static partial Regex Place();
}
