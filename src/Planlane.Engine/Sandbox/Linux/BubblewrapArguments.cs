using Planlane.Workspaces;

namespace Planlane.Sandbox.Linux;

/// <summary>What bubblewrap is told: which namespaces, and which files are seen where.</summary>
internal sealed class BubblewrapArguments
{
    private readonly BoxHost _host;
    private readonly BoxedCommand _command;
    private readonly List<string> _words = [];
    private readonly IReadOnlyList<string> _homes;
    private readonly BoxView _view;

    private BubblewrapArguments(BoxHost host, BoxedCommand command)
    {
        (_host, _command) = (host, command);
        _homes = [.. HiddenPaths.HomesWith(host.Home).Where(Directory.Exists).Select(PhysicalPath.Of).Distinct()];
        _view = new BoxView([.. _homes, "/run", "/tmp", "/var/tmp", "/dev", "/proc"]);
    }

    /// <summary>The words, for a command whose layers and copy-on-write caches are mounted at their targets already.</summary>
    public static IReadOnlyList<string> Of(BoxHost host, BoxedCommand command, bool areCachesWritable, IReadOnlyList<BoxMount.Bind> extra)
    {
        var arguments = new BubblewrapArguments(host, command);
        arguments.Namespaces();
        arguments.System();
        arguments.Home(areCachesWritable);
        arguments.Workspace(extra);
        arguments.Masks();
        arguments.Environment();
        return arguments._words;
    }

    private void Namespaces()
    {
        Say("--unshare-user", "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try");
        if (_command.Network is not NetworkAccess.Open)
            Say("--unshare-net");
        // Inside the namespace that mounts the layers we are root; in the box we are the user again.
        Say("--uid", $"{Libc.EffectiveUser()}", "--gid", $"{Libc.EffectiveGroup()}");
        Say("--hostname", "planlane", "--die-with-parent", "--new-session", "--cap-drop", "ALL");
    }

    private void System()
    {
        Say("--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc", "--tmpfs", "/run", "--tmpfs", "/var/tmp");
        // Settings of the kernel belong to root's number, whatever its rights are; bubblewrap takes them for read-only because their folder is.
        foreach (var settings in new[] { "/proc/sys", "/proc/sysrq-trigger", "/proc/irq", "/proc/bus", "/proc/fs", "/proc/acpi", "/proc/scsi" })
            Say("--ro-bind-try", settings, settings);
        Say("--ro-bind-try", "/run/current-system", "/run/current-system");
        // Names are resolved by a file that often lies in /run.
        if (_command.Network is NetworkAccess.Open && PhysicalPath.Of("/etc/resolv.conf") is var resolver && PathOrder.IsAtOrBelow(resolver, "/run"))
            Say("--ro-bind-try", resolver, resolver);
        // A temporary folder that everybody shares is nobody's own.
        if (SharesTemp)
            Say("--tmpfs", "/tmp");
        else
            Say("--bind", _command.TempFolder, "/tmp");
    }

    private bool SharesTemp => _command.TempFolder.TrimEnd('/') is "/tmp" or "/var/tmp";

    private void Home(bool areCachesWritable)
    {
        foreach (var home in _homes)
            Say("--tmpfs", home);
        Say("--dir", PhysicalPath.Of(_host.Home));
        foreach (var tool in HomeFolders.ToolsOf(_host).Select(PhysicalPath.Of))
            Bind(tool, tool, isWritable: false);
        foreach (var cache in HomeFolders.CachesOf(_host).Select(PhysicalPath.Of))
            Bind(cache, cache, areCachesWritable);
    }

    private void Workspace(IReadOnlyList<BoxMount.Bind> extra)
    {
        if (!SharesTemp)
            Bind(_command.TempFolder, _command.TempFolder, isWritable: true);
        if (!_command.Mounts.Any(mount => PathOrder.IsAtOrBelow(_command.Folder, mount.Target)))
            Bind(_command.Folder, _command.Folder, isWritable: true);
        IReadOnlyList<BoxMount> mounts = [.. _command.Mounts, .. extra];
        foreach (var mount in mounts)
            Show(mount, mounts);

        Say("--chdir", _command.Folder);
    }

    // Layers that are mounted only to be shown elsewhere are not seen where they are mounted: what is hidden of them would be seen there.
    private void Show(BoxMount mount, IReadOnlyList<BoxMount> mounts)
    {
        if (mount is BoxMount.Overlay overlay)
        {
            if (mounts.OfType<BoxMount.Bind>().Any(bind => bind.Source == overlay.Target))
                return;
            Say("--bind", overlay.Target, overlay.Target);
            _view.Show(overlay.Target, [overlay.Upper, .. overlay.Lowers]);
        }
        else if (mount is BoxMount.Bind bind)
        {
            Bind(bind.Source, bind.Target, bind.IsWritable);
            if (mounts.OfType<BoxMount.Overlay>().FirstOrDefault(layers => layers.Target == bind.Source) is { } layered)
                _view.Show(bind.Target, [layered.Upper, .. layered.Lowers]);
        }
    }

    private void Bind(string source, string target, bool isWritable)
    {
        Say(isWritable ? "--bind" : "--ro-bind", source, target);
        _view.Show(target, source);
    }

    private void Masks()
    {
        var hidden = HiddenPaths.OfSystem().Concat(HiddenPaths.InHome(_host.Home)).Concat(_command.Hidden);
        // A link is hidden with what it leads to: a mount cannot cover a link.
        foreach (var path in hidden.Select(path => PhysicalPath.Of(path)).Distinct())
            if (_view.PlaceOf(path) is { } place)
                Mask(path, Directory.Exists(place));
    }

    private void Mask(string path, bool isFolder)
    {
        if (isFolder)
            Say("--tmpfs", path, "--remount-ro", path);
        else
            Say("--ro-bind", "/dev/null", path);
    }

    private void Environment()
    {
        Say("--clearenv");
        foreach (var (name, value) in BoxEnvironment.Of(_host, _command, "/tmp"))
            Say("--setenv", name, value);
    }

    private void Say(params ReadOnlySpan<string> words) => _words.AddRange(words);
}
