namespace Planlane.Workspaces;

/// <summary>One entry of the list of hosts that commands may reach.</summary>
/// <param name="Host">The host; for <paramref name="IsBelow"/> the name above all that are meant.</param>
/// <param name="IsBelow">Whether all names below the host are meant, and not itself.</param>
/// <param name="Port">The only port, or null for the ports of the web, 80 and 443.</param>
public sealed record HostPattern(HostName Host, bool IsBelow, int? Port)
{
    private const string Below = "*.";

    /// <summary>Reads <c>example.org</c>, <c>*.example.org</c>, <c>10.0.0.1</c> or <c>[2001:db8::1]</c>, each also with <c>:port</c>; null when it is none of them.</summary>
    public static HostPattern? Parse(string text)
    {
        text = text.Trim();
        var isBelow = text.StartsWith(Below, StringComparison.Ordinal);
        var rest = isBelow ? text[Below.Length..] : text;
        var hasPort = rest.LastIndexOf(':') > rest.LastIndexOf(']');
        return HostTarget.Parse(rest, port: 443) is { } target && !(isBelow && target.Host.IsAddress) ? new HostPattern(target.Host, isBelow, hasPort ? target.Port : null) : null;
    }

    /// <summary>Whether it allows a target.</summary>
    public bool Matches(HostTarget target) => MatchesHost(target.Host) && MatchesPort(target.Port);

    /// <summary>Whether it means a host, whatever the port is.</summary>
    public bool MatchesHost(HostName host) =>
        IsBelow ? !host.IsAddress && host.Text.EndsWith($".{Host.Text}", StringComparison.Ordinal) : host == Host;

    /// <summary>Whether it allows all that another one allows.</summary>
    public bool Covers(HostPattern other) =>
        (other.IsBelow ? IsBelow && (other.Host == Host || MatchesHost(other.Host)) : MatchesHost(other.Host)) && (other.Port is { } port ? MatchesPort(port) : Port is null);

    /// <summary>It as it is written in settings.</summary>
    public override string ToString() => (IsBelow ? Below : "") + (Port is { } port ? new HostTarget(Host, port).ToString() : Host.ToString());

    private bool MatchesPort(int port) => Port is { } only ? port == only : port is 80 or 443;
}
