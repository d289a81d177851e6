using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane.Cli.Settings;

/// <summary>What one source says of the workspaces in which commands run; null where it says nothing.</summary>
internal sealed record WorkspaceSettings
{
    public static WorkspaceSettings Empty { get; } = new();

    /// <summary>Patterns of ignored files that are given although they look like secrets.</summary>
    public ValueList<string>? Include { get; init; }

    /// <summary>The commands that prepare the base, in their order.</summary>
    public ValueList<string>? Setup { get; init; }

    public ValueList<Variable>? Environment { get; init; }

    public NetworkSetting? Network { get; init; }

    public bool? IsSandboxed { get; init; }

    /// <summary>The network that the repository's file asks for and cannot give itself.</summary>
    public NetworkSetting? AskedNetwork { get; init; }

    /// <summary>Whether the repository's file asks for no sandbox, which it cannot decide.</summary>
    public bool AsksForNoSandbox { get; init; }

    /// <summary>These settings, and the other's where these give none.</summary>
    public WorkspaceSettings Over(WorkspaceSettings other) => new()
    {
        Include = Include ?? other.Include,
        Setup = Setup ?? other.Setup,
        Environment = Environment ?? other.Environment,
        Network = Network ?? other.Network,
        IsSandboxed = IsSandboxed ?? other.IsSandboxed,
        AskedNetwork = AskedNetwork ?? other.AskedNetwork,
        AsksForNoSandbox = AsksForNoSandbox || other.AsksForNoSandbox,
    };

    /// <summary>These settings as those of a repository's file, which whoever commits to the repository writes: it may take from what the user gives, and gives nothing.</summary>
    /// <param name="user">What the user's own file says.</param>
    public WorkspaceSettings Under(WorkspaceSettings user) => this with
    {
        Network = Network?.Within(user.Network ?? NetworkSetting.None),
        IsSandboxed = IsSandboxed is true ? true : null,
        AskedNetwork = Network,
        AsksForNoSandbox = IsSandboxed is false,
    };

    /// <summary>The policy of a run.</summary>
    public WorkspacePolicy ToPolicy() => new()
    {
        Include = Include ?? [],
        Setup = Setup ?? [],
        Environment = Environment ?? [],
        Network = Network?.Access ?? NetworkAccess.None,
        Hosts = Network?.Hosts ?? [],
        IsSandboxed = IsSandboxed ?? true,
    };
}
