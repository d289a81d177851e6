using Planlane.Hosting;
using Planlane.Reports;
using Planlane.Sandbox;
using Planlane.Workspaces.Disk;

namespace Planlane.Workspaces;

/// <summary>Finds the best way to make workspaces by trying it: what a system says that it can do is no proof that this file system can.</summary>
/// <param name="sandbox">Mounts.</param>
/// <param name="folders">Where workspaces may lie.</param>
internal sealed class WorkspaceProbe(ISandbox sandbox, RunFolders folders)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>Tries the ways, the best first.</summary>
    public async Task<WorkspacePlace> FindAsync(CancellationToken cancellationToken)
    {
        folders.MakeTemporary();
        var (near, far) = (ProbeIn(folders.Workspaces), ProbeIn(folders.TemporaryWorkspaces));
        try
        {
            var refusal = sandbox.Facts.CanOverlay ? await OverlayProblemAsync(near, near, cancellationToken).ConfigureAwait(false) : "commands run without a sandbox that can mount";
            if (refusal is null)
                return new WorkspacePlace(new WorkspaceFacts(WorkspaceKind.Overlay, "Overlays can be mounted here."), true);
            if (sandbox.Facts.CanOverlay && await OverlayProblemAsync(near, far, cancellationToken).ConfigureAwait(false) is null)
                return new WorkspacePlace(new WorkspaceFacts(WorkspaceKind.Overlay, "Overlays can be mounted here; what agents write lies in the temporary folder, as the repository's file system cannot hold it."), false);
            return CanLink(near, far)
                ? new WorkspacePlace(new WorkspaceFacts(WorkspaceKind.HardLinks, $"No overlay can be mounted: {refusal}."), false)
                : new WorkspacePlace(new WorkspaceFacts(WorkspaceKind.Copies, $"No overlay can be mounted: {refusal}. The temporary folder is on another file system than the repository, so that files must be copied."), false);
        }
        finally
        {
            DiskFiles.Remove(near);
            DiskFiles.Remove(far);
        }
    }

    private async Task<string?> OverlayProblemAsync(string near, string far, CancellationToken cancellationToken)
    {
        var (lower, target, temp) = (Path.Combine(near, "lower"), Path.Combine(near, "target"), Path.Combine(far, "temp"));
        var (upper, work) = (Path.Combine(far, "upper"), Path.Combine(far, "work"));
        foreach (var folder in new[] { lower, target, temp, upper, work })
            Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(lower, "seen"), "", cancellationToken).ConfigureAwait(false);
        var command = new BoxedCommand("test -f seen && rm seen && : > written", target, temp, Limit) { Mounts = [new BoxMount.Overlay(target, [lower], upper, work)] };
        var result = await sandbox.RunAsync(command, cancellationToken).ConfigureAwait(false);
        if (result is not { End: CommandEnd.Exited, ExitCode: 0 })
            return $"a trial ended with code {result.ExitCode}: {result.Output.Trim()}";
        if (DiskFiles.StatOf(Path.Combine(upper, "written")) is null || DiskFiles.KindOf(Path.Combine(upper, "seen")) is not EntryKind.Removal)
            return "what a trial wrote was not found";
        return MarksProblem(upper);
    }

    // We write such marks ourselves.
    private static string? MarksProblem(string upper)
    {
        try
        {
            OverlayMarks.MakeRemoval(Path.Combine(upper, "removal"));
            OverlayMarks.MakeOpaque(upper);
            return null;
        }
        catch (IOException exception)
        {
            return exception.Message.TrimEnd('.');
        }
    }

    private static bool CanLink(string near, string far)
    {
        Directory.CreateDirectory(near);
        Directory.CreateDirectory(far);
        File.WriteAllText(Path.Combine(near, "file"), "");
        return OperatingSystem.IsLinux() && DiskFiles.TryLink(Path.Combine(near, "file"), Path.Combine(far, "link"));
    }

    // Two processes may try at the same time.
    private static string ProbeIn(string root) => Path.Combine(root, $".probe-{Environment.ProcessId}-{Path.GetRandomFileName()}");
}
