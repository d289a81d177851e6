using System.Globalization;
using System.Text;

namespace Planlane.Values;

/// <summary>Characters that make a text look like another one, or like nothing.</summary>
public static class UnseenText
{
    /// <summary>Whether a character controls a terminal or the direction of text; a line break and a tab do not count.</summary>
    public static bool IsControl(char letter) =>
        (char.IsControl(letter) && letter is not ('\n' or '\t'))
        || letter is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u200E' or '\u200F' or '\u061C' or '\u2028' or '\u2029';

    /// <summary>Whether a character has no width, so that two texts with and without it look alike.</summary>
    public static bool IsZeroWidth(char letter) => letter is '\u200B' or '\u200C' or '\u200D' or '\u2060' or '\uFEFF' or (>= '\u206A' and <= '\u206F');

    /// <summary>The text as it can be shown: such characters as <c>\u202E</c>, line breaks and tabs as they are.</summary>
    public static string Shown(string text)
    {
        if (!text.Any(IsUnseen))
            return text;

        var shown = new StringBuilder(text.Length);
        foreach (var letter in text)
            _ = IsUnseen(letter) ? shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:X4}") : shown.Append(letter);
        return shown.ToString();
    }

    /// <summary>The text without such characters.</summary>
    internal static string Without(string text) => text.Any(IsUnseen) ? string.Concat(text.Where(letter => !IsUnseen(letter))) : text;

    private static bool IsUnseen(char letter) => IsControl(letter) || IsZeroWidth(letter);
}
