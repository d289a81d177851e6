using Planlane.Values;

namespace Planlane.Sandbox.Linux;

/// <summary>What Landlock holds by design, by its version in the kernel.</summary>
internal static class LandlockFacts
{
    /// <summary>The facts.</summary>
    /// <param name="version">The version.</param>
    /// <param name="holdsSignals">Whether signals to processes outside are refused.</param>
    /// <param name="canCount">Whether control groups can be made.</param>
    public static SandboxFacts Of(int version, bool holdsSignals, bool canCount)
    {
        ValueList<SandboxHold> holds =
        [
            new(BoxAspect.FilesWritten, HoldDegree.Partly, version >= 3
                ? "only the workspace and a temporary folder can be written; permissions and times of the user's other files can still be changed"
                : "only the workspace and a temporary folder can be written; the user's other files can still be cut to nothing (Linux before 6.2), and their permissions changed"),
            new(BoxAspect.FilesRead, HoldDegree.Held, "only system folders, tools and package caches; names and sizes of other files can be seen"),
            new(BoxAspect.Network, HoldDegree.Held, "no sockets at all unless it is opened, so that tests which talk over a local port or socket fail; opened, the system's own services are open as well"),
            new(BoxAspect.Processes, holdsSignals && canCount ? HoldDegree.Held : HoldDegree.Partly, (holdsSignals ? "other processes are seen, but not reached" : "the user's other processes are seen and can be killed")
                + (canCount ? "; what a command leaves behind is killed" : "; what a command leaves behind is killed unless it hides")),
            new(BoxAspect.Resources, canCount ? HoldDegree.Held : HoldDegree.Partly, canCount
                ? "memory and processes of a command together (control group), size of a file"
                : "memory of each process and size of a file; processes together with all others of yours, and root's not at all"),
            new(BoxAspect.Time, HoldDegree.Held, "a command is killed at its limit"),
            new(BoxAspect.Environment, HoldDegree.Held, "an allow-list; what looks like a key is never passed"),
        ];
        return new SandboxFacts(SandboxKind.Landlock) { Holds = holds };
    }
}
