using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Planlane.Requests;

/// <summary>Puts text of a repository into prompts, so that it can be read but cannot pass for the prompt's own structure.</summary>
public static partial class PromptText
{
    /// <summary>The text on any number of lines, with control, direction and invisible characters written as <c>\u</c> and their code.</summary>
    /// <remarks>Tabs and line ends stay; joiners inside of words and emoji do too.</remarks>
    public static string Visible(string text)
    {
        if (!text.EnumerateRunes().Any(IsHidden))
            return text;

        var visible = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsHidden(rune))
                visible.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}");
            else
                visible.Append(rune.ToString());
        }

        return visible.ToString();
    }

    /// <summary>The text on one line, such as a path or a declaration: line ends and tabs are escaped too.</summary>
    public static string OneLine(string text) => Visible(text).Replace("\t", "\\t", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    /// <summary>The text as it can stand between the quotes of an attribute.</summary>
    public static string Attribute(string text) => OneLine(text).Replace("\"", "\\u0022", StringComparison.Ordinal);

    /// <summary>A file's text between tags that nothing in it can close.</summary>
    /// <param name="tag">The element's name.</param>
    /// <param name="attributes">Its attributes, already safe.</param>
    /// <param name="text">The text.</param>
    public static string Framed(string tag, string attributes, string text)
    {
        var inside = ClosingTag().Replace(Visible(text.ReplaceLineEndings("\n")), "<\\/");
        return $"<{tag} {attributes}>\n{inside}{(inside.EndsWith('\n') ? "" : "\n")}</{tag}>\n";
    }

    private static bool IsHidden(Rune rune) => rune.Value is not ('\n' or '\t' or 0x200C or 0x200D)
        && Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    // The elements that prompts are made of, these here and those around them.
    [GeneratedRegex("</(?=(?:file|earlier-run|declarations|instructions|repository|request|constraints|split-hints|uncommitted|feedback|problems)\\b)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ClosingTag();
}
