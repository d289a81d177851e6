using System.Globalization;
using System.Text;

namespace Planlane.Values;

/// <summary>When two spellings of a path are one file on some file system, as they are on most of Windows and macOS.</summary>
/// <remarks>
/// Folded are: letter case, by Unicode's simple upper case, and additionally ſ = s and ẞ = ß; and the form of accented letters, which are composed (form C) as far as
/// <see cref="Compositions"/> knows them, Korean syllables included. Not folded are ß = ss, width forms, compatibility ideographs and anything beyond the Basic
/// Multilingual Plane. The runtime's own <c>Normalize</c> does nothing where it runs without its culture data, as this program does.
/// </remarks>
internal static class Spelling
{
    private const int FirstLead = 0x1100, FirstVowel = 0x1161, FirstTail = 0x11A7, FirstSyllable = 0xAC00;
    private const int Leads = 19, Vowels = 21, Tails = 28;

    /// <summary>What all spellings of one path have in common; as long as its <see cref="Composed"/> form, letter for letter.</summary>
    public static string Key(string text)
    {
        var upper = Composed(text).ToUpperInvariant();
        return Ascii.IsValid(upper) ? upper : upper.Replace('ſ', 'S').Replace('ẞ', 'ß');
    }

    /// <summary>Whether two spellings can be one file.</summary>
    public static bool AreOne(string left, string right) => left == right || Key(left) == Key(right);

    /// <summary>The text with every letter and its marks as one letter where there is one.</summary>
    public static string Composed(string text)
    {
        if (Ascii.IsValid(text))
            return text;

        var composed = new StringBuilder(text.Length);
        var starter = -1;
        var lastClass = 0;
        foreach (var letter in InOrder(text))
        {
            var letterClass = ClassOf(letter);
            // A mark composes with the last letter unless one of its own class or a higher one stands between; a letter only right behind another.
            var isNext = lastClass < letterClass || (lastClass == 0 && starter == composed.Length - 1);
            if (starter >= 0 && isNext && One(composed[starter], letter) is { } one)
            {
                composed[starter] = one;
                continue;
            }

            (starter, lastClass) = letterClass == 0 ? (composed.Length, 0) : (starter, letterClass);
            composed.Append(letter);
        }

        return composed.ToString();
    }

    // Letters apart from their marks, and the marks of each letter in the order of their classes.
    private static List<char> InOrder(string text)
    {
        var letters = new List<char>(text.Length);
        foreach (var letter in text)
            Divide(Single(letter), letters);
        for (var i = 1; i < letters.Count; i++)
            for (var j = i; j > 0 && ClassOf(letters[j]) is > 0 and var mark && mark < ClassOf(letters[j - 1]); j--)
                (letters[j - 1], letters[j]) = (letters[j], letters[j - 1]);
        return letters;
    }

    private static void Divide(char letter, List<char> into)
    {
        if (Compositions.Divide(letter) is not { } parts)
        {
            into.Add(letter);
            return;
        }

        Divide(parts.Letter, into);
        into.Add(parts.Mark);
    }

    // Signs that are another spelling of a letter.
    private static char Single(char letter) => letter switch
    {
        '\u2126' => '\u03A9',
        '\u212A' => 'K',
        '\u212B' => '\u00C5',
        _ => letter,
    };

    private static char? One(char first, char second)
    {
        if (first - FirstLead is >= 0 and < Leads && second - FirstVowel is >= 0 and < Vowels)
            return (char)(FirstSyllable + ((((first - FirstLead) * Vowels) + (second - FirstVowel)) * Tails));
        if (first - FirstSyllable is >= 0 and < Leads * Vowels * Tails && (first - FirstSyllable) % Tails == 0 && second - FirstTail is > 0 and < Tails)
            return (char)(first + (second - FirstTail));
        return Compositions.Compose(first, second);
    }

    // Marks that compose with nothing get the class of most marks.
    private static int ClassOf(char letter) => letter < '\u0300'
        ? 0
        : Compositions.ClassOf(letter) ?? (CharUnicodeInfo.GetUnicodeCategory(letter) is UnicodeCategory.NonSpacingMark ? 230 : 0);
}
