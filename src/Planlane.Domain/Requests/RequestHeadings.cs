using System.Text.RegularExpressions;

namespace Planlane.Requests;

/// <summary>The words that begin a list of constraints or of split hints in a request's text.</summary>
internal static partial class RequestHeadings
{
    private const string Number = @"(?:\d+|two|three|four|five|six|seven|eight|nine|ten)";
    private const string Split = $@"(?<split>(?:split|divide)(?:\s+(?:it|this|the\s+work))?\s+(?:into|among|between)|use\s+{Number}\s+agents)";
    private const string Names = $"(?:{Split}|requirements?|constraints?|must(?:\\s+have)?)";

    // Inside of a line: at the end of a sentence, or with a bullet behind the colon; always with a capital, as prose does not write "must: – this".
    private const string Capitals = $@"(?:(?:Split|Divide)(?:\s+(?:it|this|the\s+work))?\s+(?:into|among|between)|Use\s+{Number}\s+agents|Requirements?|Constraints?|Must(?:\s+have)?)";

    /// <summary>The lines of a text, where a heading inside of a line begins a line of its own.</summary>
    public static IEnumerable<string> LinesOf(string text) => text.ReplaceLineEndings("\n").Split('\n').SelectMany(line => Inside().Split(line));

    /// <summary>Whether a line begins a list.</summary>
    /// <param name="line">The line.</param>
    /// <param name="isSplit">Whether it is one of split hints.</param>
    /// <param name="rest">What stands behind the colon.</param>
    public static bool TryRead(string line, out bool isSplit, out string rest)
    {
        var match = Plain().Match(line) is { Success: true } plain ? plain : Marked().Match(line);
        (isSplit, rest) = (match.Groups["split"].Success, match.Groups["rest"].Value);
        return match.Success;
    }

    /// <summary>Whether a line is a Markdown heading, which ends a list.</summary>
    public static bool IsMarkdown(string line) => MarkdownForm().IsMatch(line);

    [GeneratedRegex($@"^\s*{Names}\s*:\s*(?<rest>.*)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Plain();

    // "## Requirements", "**Requirements:** a, b", "**Split into**": the marks stand for the colon.
    [GeneratedRegex($@"^\s*(?:\#{{1,6}}\s+{Names}\s*(?::\s*(?<rest>.*)|\#*\s*)|(?:\#{{1,6}}\s+)?(?:\*\*|__){Names}\s*(?::\s*(?:\*\*|__)|(?:\*\*|__)\s*:?)\s*(?<rest>.*))$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Marked();

    [GeneratedRegex(@"^\s{0,3}#{1,6}\s+\S", RegexOptions.CultureInvariant)]
    private static partial Regex MarkdownForm();

    [GeneratedRegex($@"(?:(?<=[.!?;])\s+(?={Capitals}\s*:\s)|(?<=\S)\s+(?={Capitals}\s*:\s+(?:[-–—*•]|1[.)])\s))", RegexOptions.CultureInvariant)]
    private static partial Regex Inside();
}
