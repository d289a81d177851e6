using System.Text.RegularExpressions;

namespace Planlane.Simulator.Cassettes;

/// <summary>Takes keys out of what is written down.</summary>
internal static partial class Redaction
{
    private const string Instead = "[key]";
    private const int Shortest = 6;

    /// <summary>A text without the given secrets and without anything that looks like a key of a well-known kind.</summary>
    public static string Of(string text, params ReadOnlySpan<string> secrets)
    {
        foreach (var secret in secrets)
        {
            // What is shorter is a placeholder, and would be found in many places.
            if (secret.Length >= Shortest)
                text = text.Replace(secret, Instead, StringComparison.Ordinal);
        }

        return Keys().Replace(text, Instead);
    }

    // Anthropic, OpenAI and alike; GitHub; AWS; bearer tokens in quoted headers.
    [GeneratedRegex(@"\bsk-[A-Za-z0-9_-]{16,}|\bgh[pousr]_[A-Za-z0-9]{20,}|\bgithub_pat_[A-Za-z0-9_]{20,}|\bAKIA[0-9A-Z]{16}\b|(?<=\b[Bb]earer )[A-Za-z0-9._~+/-]{16,}=*", RegexOptions.CultureInvariant)]
    private static partial Regex Keys();
}
