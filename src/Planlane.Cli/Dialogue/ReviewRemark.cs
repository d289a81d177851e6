using System.Globalization;
using System.Text.RegularExpressions;
using Planlane.Cli.Output;
using Planlane.Reviews;

namespace Planlane.Cli.Dialogue;

/// <summary>A comment that is typed while stepping through files: <c>c</c>, <c>c WORDS</c> or <c>c LINE WORDS</c>.</summary>
/// <param name="Line">The line, or null when none is named.</param>
/// <param name="Words">The words; empty when they are still to be asked for.</param>
internal sealed partial record ReviewRemark(int? Line, string Words)
{
    /// <summary>The comment of an answer, or null when it is none.</summary>
    public static ReviewRemark? Of(string answer) => Form().Match(answer) is { Success: true } found
        ? new ReviewRemark(int.TryParse(found.Groups["line"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var line) ? line : null, found.Groups["words"].Value.Trim())
        : null;

    /// <summary>Adds it to what is chosen, and asks for what is missing; false at the end of the input.</summary>
    /// <param name="answers">Asks.</param>
    /// <param name="open">The review.</param>
    /// <param name="file">The file that it is about.</param>
    /// <param name="usual">The line that is meant when none is named; null for the whole file.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<bool> TakeAsync(Answers answers, OpenReview open, ReviewFile file, int? usual, CancellationToken cancellationToken)
    {
        var (line, words) = (Line ?? usual, Words);
        if (words.Length == 0)
        {
            if (await answers.AskOnceAsync($"What should {open.AgentOf(file)} change{(line is null ? "" : $" at line {line}")}? (empty for nothing)", cancellationToken).ConfigureAwait(false) is not { } typed)
                return false;
            words = typed;
        }

        if (words.Length == 0)
            return true;
        open.Selection = open.Selection.With(new ReviewComment(file.Task, words) { Path = file.Path, Line = line });
        answers.Screen.Line(Ink.Faint($"Noted; {Figures.Counted(open.Selection.Comments.Count, "comment")} to send."));
        return true;
    }

    [GeneratedRegex(@"^(?:c|comment)(?:\s+(?<line>[0-9]+))?(?:\s+(?<words>.+))?\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
