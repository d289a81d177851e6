namespace Planlane.Workspaces;

/// <summary>Which kind of workspaces is made, and where.</summary>
/// <param name="Facts">The kind.</param>
/// <param name="IsUnderGit">Whether they lie under the git common directory; in the system's temporary folder otherwise.</param>
internal sealed record WorkspacePlace(WorkspaceFacts Facts, bool IsUnderGit)
{
    public WorkspaceKind Kind => Facts.Kind;
}
