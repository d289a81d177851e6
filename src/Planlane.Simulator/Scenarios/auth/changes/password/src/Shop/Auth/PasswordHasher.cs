using System.Globalization;
using System.Security.Cryptography;

namespace Shop.Auth;

/// <summary>Hashes passwords with PBKDF2-HMAC-SHA256, as <c>v1$pbkdf2-sha256$iterations$salt$hash</c>.</summary>
public sealed class PasswordHasher
{
    /// <summary>Above the 600 000 that the OWASP Password Storage Cheat Sheet asks for, with some years to spare.</summary>
    public const int DefaultIterations = 1_000_000;

    /// <summary>A stored count above this is refused, lest one bad row keep a server busy for minutes.</summary>
    public const int MaximumIterations = 10_000_000;

    private const string Version = "v1";
    private const string Scheme = "pbkdf2-sha256";
    private const int SaltBytes = 32;
    private const int MinimumSaltBytes = 16;
    private const int HashBytes = 32;

    private readonly int _iterations;
    private readonly Stored _decoy;

    public PasswordHasher(int iterations = DefaultIterations)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(iterations);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(iterations, MaximumIterations);
        _iterations = iterations;
        _decoy = new(iterations, RandomNumberGenerator.GetBytes(SaltBytes), RandomNumberGenerator.GetBytes(HashBytes));
    }

    public string Hash(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        var hash = Derive(password, salt, _iterations);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Version}${Scheme}${_iterations}${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}");
    }

    /// <summary>Whether a password belongs to a hash; without a readable hash it does the same work and says no.</summary>
    public bool Verify(string password, string? encoded)
    {
        var known = Parse(encoded);
        var stored = known ?? _decoy;
        var matches = CryptographicOperations.FixedTimeEquals(Derive(password, stored.Salt, stored.Iterations), stored.Hash);
        return matches && known is not null;
    }

    public bool NeedsRehash(string encoded) =>
        Parse(encoded) is not { } stored || stored.Iterations < _iterations || stored.Salt.Length < SaltBytes;

    private static byte[] Derive(string password, byte[] salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, HashAlgorithmName.SHA256, HashBytes);

    private static Stored? Parse(string? encoded)
    {
        if (encoded?.Split('$') is not [Version, Scheme, var count, var salt, var hash]
            || !int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var iterations)
            || iterations is < 1 or > MaximumIterations)
            return null;

        var saltBuffer = new byte[SaltBytes];
        var hashBuffer = new byte[HashBytes];
        return Convert.TryFromBase64String(salt, saltBuffer, out var saltLength) && saltLength >= MinimumSaltBytes
            && Convert.TryFromBase64String(hash, hashBuffer, out var hashLength) && hashLength == HashBytes
                ? new Stored(iterations, saltBuffer[..saltLength], hashBuffer)
                : null;
    }

    private sealed record Stored(int Iterations, byte[] Salt, byte[] Hash);
}
