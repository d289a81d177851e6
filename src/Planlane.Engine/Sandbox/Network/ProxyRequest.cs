using Planlane.Workspaces;

namespace Planlane.Sandbox.Network;

/// <summary>What a client asks of the proxy: a tunnel to a target, or one plain request that is passed on.</summary>
/// <param name="Target">Where to.</param>
/// <param name="Forwarded">The head as the target gets it; null for a tunnel.</param>
internal sealed record ProxyRequest(HostTarget Target, string? Forwarded)
{
    private const string Plain = "http://";

    // How much of a body follows; these are never dropped, whatever a Connection header says.
    private static readonly string[] Lengths = ["Content-Length", "Transfer-Encoding"];

    // Of one connection and not of the request, RFC 9110 section 7.6.1; Host is written anew, as a proxy must (RFC 9112 section 3.2.2).
    private static readonly string[] OfConnection = ["Host", "Connection", "Proxy-Connection", "Keep-Alive", "Proxy-Authorization", "Proxy-Authenticate", "TE", "Trailer", "Upgrade"];

    /// <summary>Reads the head of a request.</summary>
    /// <exception cref="InvalidDataException">It is not the form in which a proxy is asked; what the client and the target could read differently is not guessed at.</exception>
    public static ProxyRequest Parse(string head)
    {
        var lines = head.Split("\r\n");
        if (lines[0].Split(' ') is not [var method, var target, "HTTP/1.1" or "HTTP/1.0"] || method.Length == 0 || !method.All(IsTokenLetter))
            throw new InvalidDataException("The first line is no request.");
        if (!target.All(letter => letter is > ' ' and < '\x7f'))
            throw new InvalidDataException("The address has characters that do not belong in it.");
        var headers = lines[1..].Select(ParseHeader).ToList();
        if (method == "CONNECT")
            return new ProxyRequest(HostTarget.Parse(target, port: null) ?? throw new InvalidDataException("A tunnel is asked for by host:port."), null);
        if (!target.StartsWith(Plain, StringComparison.OrdinalIgnoreCase))
            throw new InvalidDataException("The address must be whole and begin with http://.");
        var rest = target[Plain.Length..];
        var end = rest.IndexOfAny(['/', '?', '#']);
        var (authority, path) = end < 0 ? (rest, "") : (rest[..end], rest[end..]);
        if (path.Contains('#'))
            throw new InvalidDataException("The address has a fragment.");
        var place = HostTarget.Parse(authority, port: 80) ?? throw new InvalidDataException("The address names no host.");
        return new ProxyRequest(place, Forward(method, path, lines[0][^8..], place, headers));
    }

    // One request a connection: a second one would have to be read and judged as well.
    private static string Forward(string method, string path, string version, HostTarget target, List<(string Name, string Value)> headers)
    {
        if (headers.Count(header => Lengths.Contains(header.Name, StringComparer.OrdinalIgnoreCase)) > 1)
            throw new InvalidDataException("The request has two lengths.");
        var named = headers.Where(header => header.Name.Equals("Connection", StringComparison.OrdinalIgnoreCase)).SelectMany(header => header.Value.Split(',', StringSplitOptions.TrimEntries));
        var left = named.Except(Lengths, StringComparer.OrdinalIgnoreCase).Concat(OfConnection).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var host = target.Port == 80 ? target.Host.ToString() : target.ToString();
        var kept = headers.Where(header => !left.Contains(header.Name)).Select(header => $"{header.Name}: {header.Value}\r\n");
        return $"{method} {(path.StartsWith('/') ? path : $"/{path}")} {version}\r\nHost: {host}\r\n{string.Concat(kept)}Connection: close\r\n\r\n";
    }

    private static (string Name, string Value) ParseHeader(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || !line[..colon].All(IsTokenLetter) || line[colon..].Any(letter => letter is < ' ' and not '\t' or '\x7f'))
            throw new InvalidDataException("A header is not right.");
        return (line[..colon], line[(colon + 1)..].Trim(' ', '\t'));
    }

    private static bool IsTokenLetter(char letter) => char.IsAsciiLetterOrDigit(letter) || "!#$%&'*+-.^_`|~".Contains(letter, StringComparison.Ordinal);
}
