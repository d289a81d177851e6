using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Checkout.Webhooks;

/// <summary>The header "t=UNIX_SECONDS,v1=HEX[,v1=HEX]"; each v1 is HMAC-SHA256 over "UNIX_SECONDS.PAYLOAD" with one secret.</summary>
public sealed class WebhookSignature
{
    private WebhookSignature(long unixSeconds, IReadOnlyList<byte[]> candidates)
    {
        UnixSeconds = unixSeconds;
        Candidates = candidates;
    }

    public long UnixSeconds { get; }

    public IReadOnlyList<byte[]> Candidates { get; }

    public static bool TryParse(string? header, [NotNullWhen(true)] out WebhookSignature? signature)
    {
        signature = null;
        long? timestamp = null;
        var candidates = new List<byte[]>();
        foreach (var field in (header ?? "").Split(',', StringSplitOptions.TrimEntries))
        {
            switch (field.Split('=', 2))
            {
                case ["t", var text] when timestamp is null && TryParseTimestamp(text, out var seconds):
                    timestamp = seconds;
                    break;
                case ["v1", { Length: 2 * HMACSHA256.HashSizeInBytes } hex] when hex.All(char.IsAsciiHexDigit):
                    candidates.Add(Convert.FromHexString(hex));
                    break;
                case ["t" or "v1", _] or not [_, _]:
                    return false;
            }
        }

        if (timestamp is not { } unixSeconds || candidates.Count == 0)
            return false;

        signature = new WebhookSignature(unixSeconds, candidates);
        return true;
    }

    public static string Sign(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> payload, DateTimeOffset at)
    {
        var unixSeconds = at.ToUnixTimeSeconds();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"t={unixSeconds},v1={Convert.ToHexStringLower(Compute(secret, unixSeconds, payload))}");
    }

    public static byte[] Compute(ReadOnlySpan<byte> secret, long unixSeconds, ReadOnlySpan<byte> payload)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        hmac.AppendData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{unixSeconds}.")));
        hmac.AppendData(payload);
        return hmac.GetHashAndReset();
    }

    private static bool TryParseTimestamp(string text, out long seconds) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out seconds);
}
