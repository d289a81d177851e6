using Planlane.Runs;

namespace Planlane.Models;

/// <summary>Where the Messages API is and who we are there. Its text never shows the key.</summary>
public sealed class ModelConnection
{
    private static readonly Uri Production = new("https://api.anthropic.com");

    /// <summary>Makes a connection with a key or a token, not both.</summary>
    /// <param name="baseUrl">The address before <c>/v1/messages</c>; http or https.</param>
    /// <param name="apiKey">An API key, or null.</param>
    /// <param name="authToken">A bearer token, such as a gateway gives out, or null. A key goes before it.</param>
    public ModelConnection(Uri baseUrl, string? apiKey, string? authToken = null)
    {
        BaseUrl = baseUrl;
        ApiKey = apiKey;
        AuthToken = apiKey is null ? authToken : null;
    }

    /// <summary>The address before <c>/v1/messages</c>.</summary>
    public Uri BaseUrl { get; }

    /// <summary>Whether the address is on this machine: the simulator, or a gateway of the user's own.</summary>
    public bool IsLocal => BaseUrl.IsLoopback;

    internal string? ApiKey { get; }

    internal string? AuthToken { get; }

    /// <summary>Reads <c>ANTHROPIC_API_KEY</c>, <c>ANTHROPIC_AUTH_TOKEN</c> and <c>ANTHROPIC_BASE_URL</c>; blank counts as not set.</summary>
    /// <param name="variable">Looks up an environment variable; null when it is not set.</param>
    /// <exception cref="PlanlaneException">No key and no token, while the address is not on this machine; or the address is none.</exception>
    public static ModelConnection FromEnvironment(Func<string, string?> variable)
    {
        string? Read(string name) => variable(name)?.Trim() is { Length: > 0 } value ? value : null;
        var address = Read("ANTHROPIC_BASE_URL") is { } text ? AddressOf(text) : Production;
        var (key, token) = (Read("ANTHROPIC_API_KEY"), Read("ANTHROPIC_AUTH_TOKEN"));
        if (key is null && token is null && !address.IsLoopback)
            throw new PlanlaneException(FaultKind.Usage, "No API key: ANTHROPIC_API_KEY is not set.", "Set ANTHROPIC_API_KEY, or try `planlane demo`.");
        // A server on this machine decides itself what it lets in, and the package sends nothing without a key.
        return new ModelConnection(address, key ?? (token is null ? "local" : null), token);
    }

    /// <summary>A text without the key and the token, should they be in it.</summary>
    public string Redact(string text)
    {
        foreach (var secret in new[] { ApiKey, AuthToken })
        {
            if (secret is { Length: > 5 })
                text = text.Replace(secret, "[key]", StringComparison.Ordinal);
        }
        return text;
    }

    /// <inheritdoc />
    public override string ToString() => $"{BaseUrl} ({(ApiKey is not null ? "API key" : "bearer token")})";

    private static Uri AddressOf(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new PlanlaneException(FaultKind.Usage, "ANTHROPIC_BASE_URL is not an http or https address.", "Set it to an address such as https://api.anthropic.com, or unset it.");
}
