using System.Text;
using System.Text.RegularExpressions;
using Planlane.Cli.Output;
using Planlane.Values;

namespace Planlane.Cli.Markdown;

/// <summary>Makes texts of models and repositories safe to stand in Markdown: they cannot begin a heading, end a list or a code block, add markup, name people, or refer to issues.</summary>
/// <param name="secrets">What is masked.</param>
internal sealed partial class MarkdownText(SecretMask secrets)
{
    // What has a meaning anywhere in a line; what has one only at a line's beginning is looked at there.
    private const string Marks = @"\`*_[]<>|~&$";

    // An empty comment parts the text, so that a host finds no name, number or address in it; a backslash would not hinder it.
    private const string Break = "<!-- -->";

    /// <summary>A text as words within one line.</summary>
    /// <param name="text">The text; its line breaks become blanks.</param>
    /// <param name="most">The most characters of it that are shown.</param>
    public string Words(string text, int most = 600)
    {
        var line = string.Join(' ', Safe(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var words = new StringBuilder();
        foreach (var letter in line.Length > most ? line[..(most - 1)] + "…" : line)
            _ = letter switch
            {
                '@' or ':' => words.Append(letter).Append(Break),
                '#' => words.Append('\\').Append(letter).Append(Break),
                _ when Marks.Contains(letter, StringComparison.Ordinal) => words.Append('\\').Append(letter),
                _ => words.Append(letter),
            };
        return Address().Replace(ListMark().Replace(words.ToString(), @"${before}\${mark}"), $"${{www}}{Break}.");
    }

    /// <summary>A text as code within one line; may stand in a table.</summary>
    public string Code(string text)
    {
        var line = SafeText.Name(Safe(text)).Replace("|", "\\|", StringComparison.Ordinal);
        if (line.Length == 0)
            return "";
        var fence = new string('`', LongestRun(line) + 1);
        var pad = line.StartsWith('`') || line.EndsWith('`') || line.Trim(' ').Length == 0 ? " " : "";
        return $"{fence}{pad}{line}{pad}{fence}";
    }

    /// <summary>Lines as a block of code.</summary>
    /// <param name="language">The language; a word of ours.</param>
    /// <param name="lines">The lines.</param>
    public string Block(string language, IEnumerable<string> lines)
    {
        var text = string.Join('\n', lines.Select(Safe));
        var fence = new string('`', Math.Max(3, LongestRun(text) + 1));
        return $"{fence}{language}\n{text}\n{fence}\n";
    }

    private string Safe(string text) => SafeText.Of(secrets.Of(text));

    private static int LongestRun(string text)
    {
        var (longest, run) = (0, 0);
        foreach (var letter in text)
            longest = Math.Max(longest, run = letter == '`' ? run + 1 : 0);
        return longest;
    }

    [GeneratedRegex(@"^(?<before>[0-9]*)(?<mark>[-+=.)])", RegexOptions.CultureInvariant)]
    private static partial Regex ListMark();

    [GeneratedRegex(@"(?<www>\bwww)\.", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Address();
}
