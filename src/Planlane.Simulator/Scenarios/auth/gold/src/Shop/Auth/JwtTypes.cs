namespace Shop.Auth;

/// <param name="SigningKey">At least 256 bits (RFC 7518, section 3.2).</param>
public sealed record JwtOptions(ReadOnlyMemory<byte> SigningKey, string Issuer)
{
    /// <summary>By how much the clocks of two servers may differ.</summary>
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromSeconds(30);
}

/// <summary>The claims of a token; times have a resolution of one second.</summary>
public sealed record JwtClaims(
    string Subject,
    string Audience,
    DateTimeOffset NotBefore,
    DateTimeOffset ExpiresAt,
    string? Session = null);

public enum JwtError
{
    Malformed,
    UnsupportedAlgorithm,
    BadSignature,
    WrongIssuer,
    WrongAudience,
    NotYetValid,
    Expired,
}

public abstract record JwtVerification
{
    private JwtVerification() { }

    public sealed record Valid(JwtClaims Claims) : JwtVerification;

    public sealed record Invalid(JwtError Error) : JwtVerification;
}
