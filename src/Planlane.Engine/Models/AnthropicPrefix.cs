using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace Planlane.Models;

/// <summary>What the bytes of a request up to its first cache mark hash to, as they are sent: the prompt cache gives nothing to a request in which one of them differs.</summary>
internal static class AnthropicPrefix
{
    // Enough to tell the few prefixes of a run apart.
    private const int Digits = 16;

    // In the order in which the API reads them.
    private static readonly string[] Parts = ["model", "tools", "system", "messages"];

    /// <summary>The hash in hexadecimal digits, or null when nothing is marked.</summary>
    public static string? KeyOf(IReadOnlyDictionary<string, JsonElement> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in Parts)
            if (body.TryGetValue(part, out var element) && Ends(hash, element))
                return Convert.ToHexStringLower(hash.GetHashAndReset())[..Digits];
        return null;
    }

    // Whether the first mark is in here.
    private static bool Ends(IncrementalHash hash, JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Array)
        {
            hash.AppendData(JsonMarshal.GetRawUtf8Value(element));
            return element.ValueKind == JsonValueKind.Object && element.TryGetProperty("cache_control", out _);
        }

        foreach (var item in element.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.Object && item.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.Array)
            {
                if (item.TryGetProperty("role", out var role))
                    hash.AppendData(JsonMarshal.GetRawUtf8Value(role));
                if (Ends(hash, content))
                    return true;
            }
            else if (Ends(hash, item))
            {
                return true;
            }
        }

        return false;
    }
}
