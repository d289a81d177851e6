using Planlane.Sandbox;

namespace Planlane.Workspaces.Bases;

/// <summary>Runs commands in a mount namespace of their own, which is all that overlays need; it holds nothing else.</summary>
internal sealed class MountSandbox : ISandbox
{
    private readonly OpenSandbox _open = new(TimeProvider.System);

    public SandboxFacts Facts { get; } = new(SandboxKind.None) { CanBind = true, CanOverlay = true };

    /// <summary>Why namespaces cannot be used here, or null.</summary>
    public static string? Hindrance { get; } = Probe();

    public Task<BoxResult> RunAsync(BoxedCommand command, CancellationToken cancellationToken)
    {
        // A mount hides what lies below it, which later mounts are made from: those are reached through a second view of the system.
        var stash = Directory.CreateDirectory(Path.Combine(command.TempFolder, "outside")).FullName;
        string Outside(string path) => stash + path;
        var mounts = command.Mounts.Select(mount => mount switch
        {
            BoxMount.Overlay overlay => $"mount -t overlay overlay -o {Quoted($"lowerdir={string.Join(':', overlay.Lowers.Select(Outside))},upperdir={Outside(overlay.Upper)},workdir={Outside(overlay.Work)},userxattr")} {Quoted(overlay.Target)}",
            BoxMount.Bind bind => $"mount --bind {Quoted(Outside(bind.Source))} {Quoted(bind.Target)}",
            _ => throw new InvalidOperationException($"{mount}"),
        });
        var script = string.Join(" && ", [$"mount --rbind / {Quoted(stash)}", .. mounts, $"cd {Quoted(command.Folder)}", command.Text]);
        return _open.RunAsync(command with { Text = $"unshare -Urm --propagation private /bin/sh -c {Quoted(script)}", Folder = command.TempFolder }, cancellationToken);
    }

    private static string Quoted(string text) => $"'{text.Replace("'", "'\\''")}'";

    private static string? Probe()
    {
        try
        {
            FrozenRepository.Run("unshare", "-Urm", "true");
            return null;
        }
        catch (Exception exception) when (exception is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return $"Namespaces cannot be used here: {exception.Message}";
        }
    }
}
