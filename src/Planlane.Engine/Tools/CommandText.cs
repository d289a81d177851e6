using System.Text.RegularExpressions;

namespace Planlane.Tools;

/// <summary>The output of a command as a model reads it.</summary>
internal static partial class CommandText
{
    // What a command is about stands at its beginning, how it went at its end.
    private const int HeadCharacters = 3_000;
    private const int TailCharacters = 7_000;

    /// <summary>The output without terminal escapes and with paths from the root; of a long one the head and the tail.</summary>
    public static string Shortened(string output, string root)
    {
        var text = Escapes().Replace(output, "").Replace("\r\n", "\n", StringComparison.Ordinal).Trim('\n');
        if (Path.TrimEndingDirectorySeparator(root) is { Length: > 1 } folder)
            text = text.Replace(folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);
        if (text.Length <= HeadCharacters + TailCharacters)
            return text;

        var (head, tail) = (text[..HeadCharacters], text[^TailCharacters..]);
        return $"{head}\n… {text.Length - HeadCharacters - TailCharacters} characters left out …\n{tail}";
    }

    // Colours and movements, titles of the window, and single letters that control.
    [GeneratedRegex(@"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[@-Z\\^_]|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")]
    private static partial Regex Escapes();
}
