using System.Text;
using Planlane.Values;

namespace Planlane.Commits;

/// <summary>The words of commit messages.</summary>
internal static class CommitText
{
    // Where git's own documentation asks for a line break (SubmittingPatches, and `git log` indents by four in 80 columns).
    private const int Width = 72;

    public static string WithName(string title, AgentId agent) => $"[{agent}] {title}";

    public static string WithoutName(string subject, AgentId agent) => subject.StartsWith($"[{agent}] ", StringComparison.Ordinal) ? subject[(agent.Value.Length + 3)..] : subject;

    /// <summary>A body with its long lines broken between words; lists, indented lines and single long words stay whole.</summary>
    public static string Wrapped(string body) => string.Join('\n', body.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd()).SelectMany(WrappedLine));

    private static IEnumerable<string> WrappedLine(string line)
    {
        if (line.Length <= Width || line[0] is ' ' or '\t' or '>' or '|')
            return [line];
        var lines = new List<string>();
        var (at, indent) = (new StringBuilder(), line[0] is '-' or '*' ? "  " : "");
        foreach (var word in line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (at.Length > 0 && at.Length + 1 + word.Length > Width)
            {
                lines.Add(at.ToString());
                at.Clear().Append(indent).Append(word);
                continue;
            }

            at.Append(at.Length > 0 ? " " : "").Append(word);
        }

        lines.Add(at.ToString());
        return lines;
    }
}
