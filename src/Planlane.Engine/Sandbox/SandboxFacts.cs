using Planlane.Values;

namespace Planlane.Sandbox;

/// <summary>What a sandbox holds on this machine.</summary>
/// <param name="Kind">Which one it is.</param>
public sealed record SandboxFacts(SandboxKind Kind)
{
    /// <summary>Whether commands are held at all.</summary>
    public bool IsSandboxed => Kind is not SandboxKind.None;

    /// <summary>Its name for a reader; null when commands are not held.</summary>
    public string? Name => Kind switch
    {
        SandboxKind.None => null,
        SandboxKind.Bubblewrap => "bubblewrap",
        SandboxKind.Landlock => "Landlock",
        SandboxKind.Seatbelt => "sandbox-exec",
        _ => "a job object (files and network not held)",
    };

    /// <summary>Whether a folder can be shown at another path (<see cref="BoxMount.Bind"/>).</summary>
    public bool CanBind { get; init; }

    /// <summary>Whether layers can be mounted as one folder (<see cref="BoxMount.Overlay"/>).</summary>
    public bool CanOverlay { get; init; }

    /// <summary>Whether the network can be opened for named hosts alone (<see cref="Workspaces.NetworkAccess.Hosts"/>); where it cannot, such a command is not started. Whether it works here is found by <see cref="HostsTrial"/>.</summary>
    public bool CanAllowHosts { get; init; }

    /// <summary>What is held by design, and what is not; <see cref="SandboxProbe"/> tries it.</summary>
    public ValueList<SandboxHold> Holds { get; init; } = [];

    /// <summary>Why nothing better is there, or null when this is the best that there is.</summary>
    public string? Lack { get; init; }
}

/// <summary>A way to hold commands.</summary>
public enum SandboxKind
{
    /// <summary>None: commands run with the user's rights.</summary>
    None,

    /// <summary>bubblewrap, on Linux.</summary>
    Bubblewrap,

    /// <summary>Landlock and seccomp, on Linux.</summary>
    Landlock,

    /// <summary><c>sandbox-exec</c>, on macOS.</summary>
    Seatbelt,

    /// <summary>A job object, on Windows: processes and memory are held, files are not.</summary>
    JobObject,
}
