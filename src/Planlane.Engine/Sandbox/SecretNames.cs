using Planlane.Values;

namespace Planlane.Sandbox;

/// <summary>Tells variables that hold a secret from others, by name and by value.</summary>
internal static class SecretNames
{
    private static readonly string[] Parts =
        ["KEY", "TOKEN", "SECRET", "PASSWORD", "PASSWD", "PASSPHRASE", "CREDENTIAL", "AUTH", "COOKIE", "PRIVATE", "SESSION", "BEARER", "SIGNING", "CONNECTIONSTRING", "CONNECTION_STRING", "DATABASE_URL", "_DSN", "_PAT", "_PWD", "WEBHOOK"];

    /// <summary>Whether a variable looks as if it held a key, a token, a password or an address with one in it. Rather too often than too seldom.</summary>
    public static bool Matches(string name, string value) =>
        Parts.Any(part => name.Contains(part, StringComparison.OrdinalIgnoreCase))
        || SecretShapes.Beginnings.Any(beginning => value.StartsWith(beginning, StringComparison.Ordinal))
        || HasUserInAddress(value);

    private static bool HasUserInAddress(string value)
    {
        var scheme = value.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0)
            return false;
        var rest = value[(scheme + 3)..];
        var end = rest.IndexOfAny(['/', '?', '#', ' ']);
        return (end < 0 ? rest : rest[..end]).Contains('@');
    }
}
