namespace Planlane.Sandbox;

/// <summary>One thing that a sandbox holds on this machine, or does not.</summary>
/// <param name="Aspect">What it is about.</param>
/// <param name="Degree">How far it is held.</param>
/// <param name="Words">What holds, in words for the user.</param>
public sealed record SandboxHold(BoxAspect Aspect, HoldDegree Degree, string Words);

/// <summary>What a command could do harm with.</summary>
public enum BoxAspect
{
    /// <summary>Writing files.</summary>
    FilesWritten,

    /// <summary>Reading files.</summary>
    FilesRead,

    /// <summary>The network, the machine's own services included.</summary>
    Network,

    /// <summary>Other processes, and its own that would outlive it.</summary>
    Processes,

    /// <summary>Memory, processes and disk that it takes.</summary>
    Resources,

    /// <summary>How long it runs.</summary>
    Time,

    /// <summary>Keys in the environment.</summary>
    Environment,
}

/// <summary>How far something is held.</summary>
public enum HoldDegree
{
    /// <summary>It is.</summary>
    Held,

    /// <summary>With gaps, which the words name.</summary>
    Partly,

    /// <summary>It is not.</summary>
    Open,
}
