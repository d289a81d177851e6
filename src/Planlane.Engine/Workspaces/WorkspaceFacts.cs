namespace Planlane.Workspaces;

/// <summary>How the workspaces of commands are made on this machine, for this repository.</summary>
/// <param name="Kind">The way.</param>
/// <param name="Reason">Why this way and no better one, as a sentence for the user.</param>
public sealed record WorkspaceFacts(WorkspaceKind Kind, string Reason);

/// <summary>A way to make a workspace on disk, the best first.</summary>
public enum WorkspaceKind
{
    /// <summary>A mount over one frozen base: born in milliseconds, and only what is written takes space.</summary>
    Overlay,

    /// <summary>A folder whose tracked files are second names of the base's: a name each to be made, and little space; a write in place is found and put right after the command.</summary>
    HardLinks,

    /// <summary>A folder of real copies.</summary>
    Copies,
}
