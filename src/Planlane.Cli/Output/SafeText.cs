using System.Globalization;
using System.Text;

namespace Planlane.Cli.Output;

/// <summary>The one place where text from repositories, agents and commands is made safe to be shown. Everything that a <see cref="Screen"/> or <see cref="JsonLines"/> writes has passed it.</summary>
/// <remarks>
/// Taken out are the control characters (C0 and C1, so every escape sequence: colours, titles, the clipboard of OSC 52), the characters that turn the direction of text (U+202A–202E, U+2066–2069,
/// the marks), and those without a width by which two names look alike, tags (U+E0000–E007F) among them. A joiner stays where it joins two emoji.
/// </remarks>
internal static class SafeText
{
    /// <summary>The text for a screen: a harmful character is U+FFFD, a tab a blank, and line breaks of all kinds are line feeds.</summary>
    public static string Of(string text)
    {
        if (IsPlain(text))
            return text;

        var clean = new StringBuilder(text.Length);
        var before = default(Rune);
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
        {
            if (rune.Value == '\t')
                clean.Append(' ');
            else if (rune.Value == '\u200D' ? !IsPictorial(before) : IsHarmful(rune))
                clean.Append('\uFFFD');
            else
                clean.Append(rune);
            before = rune;
        }

        return clean.ToString();
    }

    /// <summary>A name, of a file or a test, that cannot begin a line of its own: its line breaks are shown as <c>\n</c>.</summary>
    public static string Name(string text) => text.ReplaceLineEndings(@"\n");

    /// <summary>JSON with harmful characters escaped, which says the same to whoever reads it; they occur in it within strings alone.</summary>
    public static string OfJson(string json)
    {
        if (IsPlain(json))
            return json;

        var clean = new StringBuilder(json.Length);
        foreach (var rune in json.EnumerateRunes())
            if (rune.Value is '\u200D' || IsHarmful(rune))
                foreach (var unit in rune.ToString())
                    clean.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:X4}");
            else
                clean.Append(rune);
        return clean.ToString();
    }

    private static bool IsPlain(string text)
    {
        foreach (var letter in text)
            if (letter != '\n' && (letter < ' ' || (letter > '~' && (char.IsSurrogate(letter) || IsHarmful(new Rune(letter))))))
                return false;
        return true;
    }

    private static bool IsHarmful(Rune rune) => rune.Value != '\n' && Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
        // Fillers and a joiner that are letters or marks by their class, and are never seen.
        _ => rune.Value is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x3164 or 0xFFA0 or (>= 0xE0100 and <= 0xE01EF),
    };

    // What emoji sequences join; a variation selector may stand between.
    private static bool IsPictorial(Rune rune) => rune.Value is 0xFE0F or 0x2640 or 0x2642 or 0x2764 || rune.Value is >= 0x1F000 and <= 0x1FAFF;
}
