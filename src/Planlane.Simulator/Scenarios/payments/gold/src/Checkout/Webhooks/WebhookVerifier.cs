using System.Security.Cryptography;

namespace Checkout.Webhooks;

public sealed class WebhookVerifier(WebhookOptions options, TimeProvider time)
{
    public WebhookVerdict Verify(ReadOnlySpan<byte> payload, string? header)
    {
        if (!WebhookSignature.TryParse(header, out var signature))
            return WebhookVerdict.Malformed;

        if (!IsGenuine(signature, payload))
            return WebhookVerdict.Forged;

        return IsRecent(signature) ? WebhookVerdict.Genuine : WebhookVerdict.Stale;
    }

    private bool IsGenuine(WebhookSignature signature, ReadOnlySpan<byte> payload)
    {
        var genuine = false;
        foreach (var secret in options.Secrets)
        {
            var expected = WebhookSignature.Compute(secret.AsSpan(), signature.UnixSeconds, payload);
            foreach (var candidate in signature.Candidates)
                genuine |= CryptographicOperations.FixedTimeEquals(expected, candidate);
        }

        return genuine;
    }

    private bool IsRecent(WebhookSignature signature)
    {
        var ageInSeconds = time.GetUtcNow().ToUnixTimeSeconds() - signature.UnixSeconds;
        return Math.Abs(ageInSeconds) <= options.Tolerance.TotalSeconds;
    }
}
