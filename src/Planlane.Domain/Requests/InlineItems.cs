using System.Globalization;
using System.Text.RegularExpressions;

namespace Planlane.Requests;

/// <summary>The items of a list that stands on the line of its heading.</summary>
internal static partial class InlineItems
{
    /// <summary>The items: divided at the bullets or the numbers that the text begins with, else at commas and semicolons outside of brackets.</summary>
    public static IEnumerable<string> Of(string text) =>
        Parts(text).Select(item => Conjunction().Replace(item.Trim(), "").TrimEnd('.', ',', ';', ' ')).Where(item => item.Length > 0);

    private static IEnumerable<string> Parts(string text)
    {
        if (text.Length > 1 && "-–—*•".Contains(text[0]) && text[1] == ' ')
            return $" {text}".Split($" {text[0]} ");
        return text.StartsWith("1. ", StringComparison.Ordinal) || text.StartsWith("1) ", StringComparison.Ordinal) ? Numbered(text) : Comma().Split(text);
    }

    // Only the next number divides, so that a version or a year in an item does not.
    private static IEnumerable<string> Numbered(string text)
    {
        var (rest, mark) = (text[3..], text[1]);
        for (var number = 2; ; number++)
        {
            var next = string.Create(CultureInfo.InvariantCulture, $" {number}{mark} ");
            var at = rest.IndexOf(next, StringComparison.Ordinal);
            yield return at < 0 ? rest : rest[..at];
            if (at < 0)
                yield break;
            rest = rest[(at + next.Length)..];
        }
    }

    [GeneratedRegex(@"^(?:and|&)\s+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Conjunction();

    [GeneratedRegex(@"[,;](?![^()]*\))", RegexOptions.CultureInvariant)]
    private static partial Regex Comma();
}
