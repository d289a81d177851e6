using Checkout.Webhooks;

namespace Checkout.Tests.Webhooks;

public sealed class WebhookVerifierTests
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);
    private static readonly byte[] Payload = """{"event":"charge.settled"}"""u8.ToArray();
    private static readonly byte[] Secret = "whsec_current"u8.ToArray();
    private static readonly byte[] RetiringSecret = "whsec_retiring"u8.ToArray();

    private readonly ManualTime _time = new();
    private readonly WebhookVerifier _verifier;

    public WebhookVerifierTests() =>
        _verifier = new WebhookVerifier(new WebhookOptions([[.. Secret], [.. RetiringSecret]], Tolerance), _time);

    [Fact]
    public void Compute_KnownVector_MatchesHmacSha256() =>
        Assert.Equal(
            "b8569b78799ff9e3cbff0fc2d63a33a2b57f3282abd07c37ae5e8e7d79a5f163",
            Convert.ToHexStringLower(WebhookSignature.Compute("secret"u8, 1_700_000_000, "{}"u8)));

    [Fact]
    public void Verify_OwnSignature_IsGenuine() =>
        Assert.Equal(WebhookVerdict.Genuine, _verifier.Verify(Payload, SignedWith(Secret)));

    [Fact]
    public void Verify_RetiringSecret_IsGenuine() =>
        Assert.Equal(WebhookVerdict.Genuine, _verifier.Verify(Payload, SignedWith(RetiringSecret)));

    [Fact]
    public void Verify_SeveralSignatures_OneMatchIsEnough()
    {
        var header = $"{SignedWith("other"u8)},{SignedWith(Secret).Split(',')[1]},v0=ignored";

        Assert.Equal(WebhookVerdict.Genuine, _verifier.Verify(Payload, header));
    }

    [Fact]
    public void Verify_UnknownSecret_IsForged() =>
        Assert.Equal(WebhookVerdict.Forged, _verifier.Verify(Payload, SignedWith("other"u8)));

    [Fact]
    public void Verify_ChangedPayload_IsForged() =>
        Assert.Equal(WebhookVerdict.Forged, _verifier.Verify([.. Payload, (byte)' '], SignedWith(Secret)));

    [Fact]
    public void Verify_ChangedTimestamp_IsForged()
    {
        var unixSeconds = _time.GetUtcNow().ToUnixTimeSeconds();
        var header = SignedWith(Secret).Replace($"t={unixSeconds}", $"t={unixSeconds + 1}");

        Assert.Equal(WebhookVerdict.Forged, _verifier.Verify(Payload, header));
    }

    [Theory]
    [InlineData(300, WebhookVerdict.Genuine)]
    [InlineData(301, WebhookVerdict.Stale)]
    [InlineData(-300, WebhookVerdict.Genuine)]
    [InlineData(-301, WebhookVerdict.Stale)]
    public void Verify_AroundTheTolerance_JudgesTheAge(int ageInSeconds, WebhookVerdict expected)
    {
        var signedAt = _time.GetUtcNow() - TimeSpan.FromSeconds(ageInSeconds);

        Assert.Equal(expected, _verifier.Verify(Payload, WebhookSignature.Sign(Secret, Payload, signedAt)));
    }

    [Fact]
    public void Verify_CapturedAndReplayedLater_IsStale()
    {
        var header = SignedWith(Secret);

        _time.Advance(Tolerance + TimeSpan.FromSeconds(1));

        Assert.Equal(WebhookVerdict.Stale, _verifier.Verify(Payload, header));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("t=1700000000")]
    [InlineData("v1=00")]
    [InlineData("t=1700000000,v1=not-hex")]
    [InlineData("t=-1,v1=b8569b78799ff9e3cbff0fc2d63a33a2b57f3282abd07c37ae5e8e7d79a5f163")]
    [InlineData("t=1,t=2,v1=b8569b78799ff9e3cbff0fc2d63a33a2b57f3282abd07c37ae5e8e7d79a5f163")]
    public void Verify_HeaderOutsideTheFormat_IsMalformed(string? header) =>
        Assert.Equal(WebhookVerdict.Malformed, _verifier.Verify(Payload, header));

    private string SignedWith(ReadOnlySpan<byte> secret) => WebhookSignature.Sign(secret, Payload, _time.GetUtcNow());
}
