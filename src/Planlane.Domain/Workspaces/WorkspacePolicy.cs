using Planlane.Values;

namespace Planlane.Workspaces;

/// <summary>What the commands of agents and checks find and may do; fixed when a run begins.</summary>
public sealed record WorkspacePolicy
{
    /// <summary>Everything as it is when nobody says otherwise.</summary>
    public static WorkspacePolicy Default { get; } = new();

    /// <summary>Patterns, in the syntax of <c>.gitignore</c>, of ignored files that are given although they look like secrets; those of <c>.worktreeinclude</c> come first.</summary>
    public ValueList<string> Include { get; init; } = [];

    /// <summary>Shell commands that prepare the base once for a run, in their order; what they write is seen by every workspace.</summary>
    public ValueList<string> Setup { get; init; } = [];

    /// <summary>Variables that commands get beside those of the allow-list.</summary>
    public ValueList<Variable> Environment { get; init; } = [];

    /// <summary>Which network commands may use.</summary>
    public NetworkAccess Network { get; init; }

    /// <summary>The hosts that may be reached when <see cref="Network"/> is <see cref="NetworkAccess.Hosts"/>: each in the form of <see cref="HostPattern"/>.</summary>
    public ValueList<string> Hosts { get; init; } = [];

    /// <summary>Whether commands run in a sandbox where the system has one; the user may turn it off.</summary>
    public bool IsSandboxed { get; init; } = true;
}

/// <summary>A variable of a command's environment.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value.</param>
public sealed record Variable(string Name, string Value);

/// <summary>Which network a command may use.</summary>
public enum NetworkAccess
{
    /// <summary>None, not even the machine itself.</summary>
    None,

    /// <summary>Only named hosts, through a proxy of ours.</summary>
    Hosts,

    /// <summary>All of it.</summary>
    Open,
}
