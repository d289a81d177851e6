using Planlane.Runs;

namespace Planlane.Cli.Settings;

/// <summary>What the user's environment says of the workspaces in which commands run.</summary>
internal static class WorkspaceVariables
{
    private const string AllowNetwork = "PLANLANE_ALLOW_NETWORK", AllowHosts = "PLANLANE_ALLOW_HOSTS", NoSandbox = "PLANLANE_NO_SANDBOX";

    /// <exception cref="PlanlaneException">A value cannot be read, or two contradict each other; kind <see cref="FaultKind.Usage"/>.</exception>
    public static WorkspaceSettings Read(Func<string, string?> variable)
    {
        var network = Flag(variable, AllowNetwork) switch { true => NetworkSetting.Open, false => NetworkSetting.None, null => null };
        var hosts = Hosts(variable);
        if (network is not null && hosts is not null)
            throw new PlanlaneException(FaultKind.Usage, $"{AllowNetwork} and {AllowHosts} contradict each other: one says all or nothing, the other names hosts.", $"Unset one of them.");
        return new WorkspaceSettings { Network = network ?? hosts, IsSandboxed = !Flag(variable, NoSandbox) };
    }

    // Set to anything would be too little where "0" would open something.
    internal static bool? Flag(Func<string, string?> variable, string name) => variable(name)?.Trim().ToLowerInvariant() switch
    {
        null or "" => null,
        "1" or "true" or "yes" => true,
        "0" or "false" or "no" => false,
        var other => throw new PlanlaneException(FaultKind.Usage, $"{name} is '{other}'. It is 1 or 0."),
    };

    private static NetworkSetting? Hosts(Func<string, string?> variable) => variable(AllowHosts) is { Length: > 0 } text
        ? NetworkSetting.Only(text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(host => NetworkSetting.HostOf(host)
            ?? throw new PlanlaneException(FaultKind.Usage, $"{AllowHosts} names '{host}'. {NetworkSetting.HostRule}", "Several are separated by commas.")))
        : null;
}
