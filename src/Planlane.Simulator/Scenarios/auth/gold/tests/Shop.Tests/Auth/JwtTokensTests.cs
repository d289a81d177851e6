using System.Buffers.Text;
using System.Text;
using Shop.Auth;

namespace Shop.Tests.Auth;

public sealed class JwtTokensTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);
    private static readonly JwtOptions Jwt = new(Enumerable.Repeat((byte)7, 32).ToArray(), "shop-tests");
    private static readonly JwtClaims Claims = new("ada", "shop", Noon, Noon.AddMinutes(15), "first");

    private readonly ManualClock _clock = new(Noon);
    private readonly JwtTokens _tokens;

    public JwtTokensTests() => _tokens = new(Jwt, _clock);

    [Fact]
    public void JwtTokens_SignedClaims_ReadBackUnchanged() =>
        Assert.Equal(new JwtVerification.Valid(Claims), _tokens.Verify(_tokens.Sign(Claims), "shop"));

    [Fact]
    public void JwtTokens_TamperedPayload_FailsTheSignature()
    {
        var mallory = _tokens.Sign(Claims with { Subject = "mallory" }).Split('.');
        var ada = _tokens.Sign(Claims).Split('.');

        Assert.Equal(Invalid(JwtError.BadSignature), _tokens.Verify($"{ada[0]}.{mallory[1]}.{ada[2]}", "shop"));
        Assert.Equal(Invalid(JwtError.BadSignature), _tokens.Verify($"{ada[0]}.{ada[1]}.", "shop"));
    }

    [Fact]
    public void JwtTokens_AlgorithmOtherThanHs256_IsRefused()
    {
        var parts = _tokens.Sign(Claims).Split('.');

        Assert.All(["none", "HS512", "RS256", "hs256"], algorithm =>
        {
            var header = Base64Url.EncodeToString(Encoding.UTF8.GetBytes($$"""{"alg":"{{algorithm}}","typ":"JWT"}"""));
            Assert.Equal(Invalid(JwtError.UnsupportedAlgorithm), _tokens.Verify($"{header}.{parts[1]}.{parts[2]}", "shop"));
            Assert.Equal(Invalid(JwtError.UnsupportedAlgorithm), _tokens.Verify($"{header}.{parts[1]}.", "shop"));
        });
    }

    [Fact]
    public void JwtTokens_ExpiryAndSkewPassed_IsExpired()
    {
        var token = _tokens.Sign(Claims);

        _clock.Now = Claims.ExpiresAt + Jwt.ClockSkew - TimeSpan.FromSeconds(1);
        Assert.Equal(new JwtVerification.Valid(Claims), _tokens.Verify(token, "shop"));

        _clock.Now = Claims.ExpiresAt + Jwt.ClockSkew;
        Assert.Equal(Invalid(JwtError.Expired), _tokens.Verify(token, "shop"));
    }

    [Fact]
    public void JwtTokens_BeforeNotBefore_IsNotYetValid()
    {
        var token = _tokens.Sign(Claims);

        _clock.Now = Claims.NotBefore - Jwt.ClockSkew;
        Assert.Equal(new JwtVerification.Valid(Claims), _tokens.Verify(token, "shop"));

        _clock.Now -= TimeSpan.FromSeconds(1);
        Assert.Equal(Invalid(JwtError.NotYetValid), _tokens.Verify(token, "shop"));
    }

    private static JwtVerification Invalid(JwtError error) => new JwtVerification.Invalid(error);

    private sealed class ManualClock(DateTimeOffset start) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = start;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
