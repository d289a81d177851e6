using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Shop.Auth;

/// <summary>Signs and verifies JSON Web Tokens with HMAC-SHA256 and nothing else.</summary>
public sealed class JwtTokens
{
    private const string Algorithm = "HS256";
    private const int MinimumKeyBytes = 32;
    private const int MaximumTokenLength = 4096;

    // Strict also refuses header members that we never write, "crit" among them (RFC 7515, section 4.1.11).
    private static readonly JsonSerializerOptions HeaderJson = JsonSerializerOptions.Strict;
    private static readonly JsonSerializerOptions PayloadJson = new(JsonSerializerOptions.Strict)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };
    private static readonly string EncodedHeader = Encode(new Header(Algorithm, "JWT"), HeaderJson);

    private readonly byte[] _key;
    private readonly JwtOptions _options;
    private readonly TimeProvider _clock;

    public JwtTokens(JwtOptions options, TimeProvider clock)
    {
        if (options.SigningKey.Length < MinimumKeyBytes)
            throw new ArgumentException($"The signing key needs at least {MinimumKeyBytes} bytes.", nameof(options));

        _key = options.SigningKey.ToArray();
        _options = options;
        _clock = clock;
    }

    public string Sign(JwtClaims claims)
    {
        var payload = new Payload(
            _options.Issuer,
            claims.Subject,
            claims.Audience,
            claims.NotBefore.ToUnixTimeSeconds(),
            claims.ExpiresAt.ToUnixTimeSeconds(),
            claims.Session);
        var signed = $"{EncodedHeader}.{Encode(payload, PayloadJson)}";
        return $"{signed}.{SignatureOf(signed)}";
    }

    public JwtVerification Verify(string token, string audience)
    {
        if (token.Length > MaximumTokenLength || token.Split('.') is not [var header, var payload, var signature])
            return new JwtVerification.Invalid(JwtError.Malformed);
        if (Decode<Header>(header, HeaderJson) is not { } head)
            return new JwtVerification.Invalid(JwtError.Malformed);
        // The token must not choose how it is verified: "none" and the public-key algorithms end here.
        if (head.Algorithm != Algorithm)
            return new JwtVerification.Invalid(JwtError.UnsupportedAlgorithm);
        if (!IsSignature(signature, $"{header}.{payload}"))
            return new JwtVerification.Invalid(JwtError.BadSignature);
        return Decode<Payload>(payload, PayloadJson) is { } body
            ? Judge(body, audience)
            : new JwtVerification.Invalid(JwtError.Malformed);
    }

    private JwtVerification Judge(Payload payload, string audience)
    {
        var now = _clock.GetUtcNow();
        var claims = new JwtClaims(
            payload.Subject,
            payload.Audience,
            DateTimeOffset.FromUnixTimeSeconds(payload.NotBefore),
            DateTimeOffset.FromUnixTimeSeconds(payload.ExpiresAt),
            payload.Session);

        if (payload.Issuer != _options.Issuer)
            return new JwtVerification.Invalid(JwtError.WrongIssuer);
        if (claims.Audience != audience)
            return new JwtVerification.Invalid(JwtError.WrongAudience);
        if (now + _options.ClockSkew < claims.NotBefore)
            return new JwtVerification.Invalid(JwtError.NotYetValid);
        if (now - _options.ClockSkew >= claims.ExpiresAt)
            return new JwtVerification.Invalid(JwtError.Expired);
        return new JwtVerification.Valid(claims);
    }

    private string SignatureOf(string signed) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(signed)));

    // The encoded forms are compared, so that each token has one spelling only.
    private bool IsSignature(string signature, string signed) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(signature), Encoding.UTF8.GetBytes(SignatureOf(signed)));

    private static string Encode<T>(T part, JsonSerializerOptions json) =>
        Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part, json));

    private static T? Decode<T>(string part, JsonSerializerOptions json) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(Base64Url.DecodeFromChars(part), json);
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            return null;
        }
    }

    private sealed record Header(
        [property: JsonPropertyName("alg")] string Algorithm,
        [property: JsonPropertyName("typ")] string? Type = null);

    private sealed record Payload(
        [property: JsonPropertyName("iss")] string Issuer,
        [property: JsonPropertyName("sub")] string Subject,
        [property: JsonPropertyName("aud")] string Audience,
        [property: JsonPropertyName("nbf")] long NotBefore,
        [property: JsonPropertyName("exp")] long ExpiresAt,
        [property: JsonPropertyName("sid")] string? Session = null);
}
