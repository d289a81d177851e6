using System.Text;
using Planlane.Cli.Output;
using Planlane.Reports;
using Planlane.Reviews;
using Planlane.Values;

namespace Planlane.Cli.Views;

/// <summary>Hunks as a unified diff in the form of git's, for pagers such as <c>delta</c> and for editors.</summary>
internal static class DiffText
{
    private const string Reset = "\u001b[m";

    /// <summary>The diff of a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="hunks">Its hunks.</param>
    /// <param name="isColoured">Whether lines get the colours that git gives them.</param>
    /// <param name="secrets">What is masked.</param>
    public static string Of(ReviewFile file, ValueList<ReviewHunk> hunks, bool isColoured, SecretMask secrets)
    {
        var text = new StringBuilder();
        void Add(string line, string colour) => text.Append(isColoured && colour.Length > 0 ? $"{colour}{Clean(line, secrets)}{Reset}" : Clean(line, secrets)).Append('\n');
        var path = SafeText.Name(file.Path.Value);
        Add($"diff --git a/{path} b/{path}", "\u001b[1m");
        if (file.Kind is FileChangeKind.Created)
            Add($"new file mode {file.ModeAfter}", "\u001b[1m");
        else if (file.Kind is FileChangeKind.Deleted)
            Add($"deleted file mode {file.ModeBefore}", "\u001b[1m");
        else if (file.ModeBefore != file.ModeAfter)
            Add($"old mode {file.ModeBefore}\nnew mode {file.ModeAfter}", "\u001b[1m");
        Add(file.Kind is FileChangeKind.Created ? "--- /dev/null" : $"--- a/{path}", "\u001b[1m");
        Add(file.Kind is FileChangeKind.Deleted ? "+++ /dev/null" : $"+++ b/{path}", "\u001b[1m");
        if (file.IsBinary)
            Add("Binary files differ", "");
        foreach (var hunk in hunks)
        {
            Add(hunk.Header, "\u001b[36m");
            foreach (var line in hunk.Lines)
                Add(line, line[0] switch { '+' => "\u001b[32m", '-' => "\u001b[31m", _ => "" });
        }

        return text.ToString();
    }

    // A tab is kept here: it is no danger, and a pager shows it as it should be.
    private static string Clean(string line, SecretMask secrets) => string.Join('\t', secrets.Of(line).Split('\t').Select(SafeText.Of));
}
