namespace Planlane.Values;

/// <summary>Which environment variables hold values that are masked wherever they are written.</summary>
/// <remarks>Stricter than what is withheld from commands: a variable too many costs a command little there, a common word that is masked everywhere would cost much.</remarks>
public static class SecretVariables
{
    private const int Shortest = 8;

    private static readonly string[] Names = ["KEY", "TOKEN", "SECRET", "PASSWORD", "PASSWD", "PASSPHRASE", "CREDENTIAL"];

    /// <summary>The values that are secrets, in no order.</summary>
    /// <param name="variables">Names and values.</param>
    public static IEnumerable<string> ValuesOf(IEnumerable<KeyValuePair<string, string>> variables) => variables
        .Where(variable => Names.Any(name => variable.Key.Contains(name, StringComparison.OrdinalIgnoreCase)) && !variable.Key.Contains("PUBLIC", StringComparison.OrdinalIgnoreCase))
        .Select(variable => variable.Value.Trim()).Where(IsSecret).Distinct(StringComparer.Ordinal);

    // No words, numbers, paths, switches or addresses: they stand in many texts and tell nothing.
    private static bool IsSecret(string value) => value.Length >= Shortest
        && !IsWord(value)
        && !(value.Length < 2 * Shortest && value.All(char.IsAsciiDigit))
        && value[0] is not ('/' or '~' or '.' or '$')
        && !(value.Length > 2 && value[1] == ':' && value[2] is '\\' or '/')
        && !value.Contains("://", StringComparison.Ordinal);

    private static bool IsWord(string value) => value.Length < 3 * Shortest && (value.All(IsSmall) || value.All(IsLarge) || (char.IsAsciiLetterUpper(value[0]) && value.Skip(1).All(char.IsAsciiLetterLower)));

    private static bool IsSmall(char letter) => char.IsAsciiLetterLower(letter) || letter is '-' or '_' or '.' or ' ';

    private static bool IsLarge(char letter) => char.IsAsciiLetterUpper(letter) || letter is '-' or '_' or '.' or ' ';
}
