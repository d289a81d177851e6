using Planlane.Workspaces;

namespace Planlane.Sandbox.Linux;

/// <summary>What bubblewrap is told: which namespaces, and which files are seen where.</summary>
internal sealed class BubblewrapArguments
{
    private static readonly string[] RootsSettings = ["/proc/sys", "/proc/sysrq-trigger", "/proc/irq", "/proc/bus", "/proc/fs", "/proc/acpi", "/proc/scsi"];

    private readonly BoxHost _host;
    private readonly BoxedCommand _command;
    private readonly OverlayMounts _layers;
    private readonly string _folder;
    private readonly List<string> _words = [];
    private readonly IReadOnlyList<string> _homes;
    private readonly string? _temporary;
    private readonly BoxView _view;

    private BubblewrapArguments(BoxHost host, BoxedCommand command, OverlayMounts layers, string folder)
    {
        (_host, _command, _layers, _folder) = (host, command, layers, folder);
        _homes = [.. HiddenPaths.HomesWith(host.Home).Where(Directory.Exists).Select(PhysicalPath.Of).Distinct()];
        IReadOnlyList<string> empty = [.. _homes, "/run", "/tmp", "/var/tmp", "/dev", "/proc"];
        var temporary = PhysicalPath.Of(host.Temporary);
        _temporary = temporary == "/" || !Directory.Exists(temporary) || empty.Any(folder => PathOrder.IsAtOrBelow(temporary, folder)) ? null : temporary;
        _view = new BoxView(_temporary is null ? empty : [.. empty, _temporary]);
    }

    /// <summary>The words, for a command whose layers are mounted at their seats.</summary>
    /// <param name="host">The user.</param>
    /// <param name="command">The command.</param>
    /// <param name="caches">The caches over which layers are mounted at their own paths, to be written; null when there are no layers, and all are only read.</param>
    /// <param name="layers">The seats.</param>
    /// <param name="folder">The box's own folder. What is hidden of a mount would be seen at its seat.</param>
    public static IReadOnlyList<string> Of(BoxHost host, BoxedCommand command, IEnumerable<string>? caches, OverlayMounts layers, string folder)
    {
        var arguments = new BubblewrapArguments(host, command, layers, folder);
        arguments.Namespaces();
        arguments.System();
        arguments.Home(caches);
        arguments.Workspace();
        arguments.Masks();
        arguments.Environment();
        return arguments._words;
    }

    private void Namespaces()
    {
        Say("--unshare-user", "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try");
        // For named hosts the box is made in a network of its own already.
        if (_command.Network is NetworkAccess.None)
            Say("--unshare-net");
        // Inside the namespace that mounts the layers we are root; in the box we are the user again.
        Say("--uid", $"{Libc.EffectiveUser()}", "--gid", $"{Libc.EffectiveGroup()}");
        Say("--hostname", "planlane", "--die-with-parent", "--new-session", "--cap-drop", "ALL");
    }

    private void System()
    {
        Say("--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc", "--tmpfs", "/run", "--tmpfs", "/var/tmp");
        // Settings of the kernel belong to root's number, whatever its rights are; bubblewrap takes them for read-only because their folder is.
        foreach (var settings in Libc.EffectiveUser() == 0 ? RootsSettings : [])
            Say("--ro-bind-try", settings, settings);
        Say("--ro-bind-try", "/run/current-system", "/run/current-system");
        // Names are resolved by a file that often lies in /run.
        if (_command.Network is NetworkAccess.Open && PhysicalPath.Of("/etc/resolv.conf") is var resolver && PathOrder.IsAtOrBelow(resolver, "/run"))
            Say("--ro-bind-try", resolver, resolver);
        if (_temporary is not null)
            Say("--tmpfs", _temporary);
        // A temporary folder that everybody shares is nobody's own.
        if (SharesTemp)
            Say("--tmpfs", "/tmp");
        else
            Say("--bind", _command.TempFolder, "/tmp");
    }

    private bool SharesTemp => _command.TempFolder.TrimEnd('/') is "/tmp" or "/var/tmp" || _command.TempFolder.TrimEnd('/') == _temporary;

    private void Home(IEnumerable<string>? caches)
    {
        foreach (var home in _homes)
            Say("--tmpfs", home);
        Say("--dir", PhysicalPath.Of(_host.Home));
        var tools = HomeFolders.ToolsOf(_host).Select(PhysicalPath.Of).Distinct().ToList();
        // Every mount costs; what lies in another one is there already.
        foreach (var tool in tools.Where(tool => !tools.Any(other => other != tool && PathOrder.IsAtOrBelow(tool, other))))
            Bind(tool, tool, isWritable: false);
        foreach (var cache in caches ?? HomeFolders.CachesOf(_host).Select(PhysicalPath.Of).Distinct())
            Bind(cache, cache, isWritable: caches is not null);
    }

    private void Workspace()
    {
        if (!SharesTemp)
            Bind(_command.TempFolder, _command.TempFolder, isWritable: true);
        if (!_command.Mounts.Any(mount => PathOrder.IsAtOrBelow(_command.Folder, mount.Target)))
            Bind(_command.Folder, _command.Folder, isWritable: true);
        foreach (var mount in _command.Mounts)
            Show(mount);

        Say("--chdir", _command.Folder);
    }

    private void Show(BoxMount mount)
    {
        if (mount is BoxMount.Bind bind)
        {
            Bind(bind.Source, bind.Target, bind.IsWritable);
        }
        else if (mount is BoxMount.Overlay overlay)
        {
            Say("--bind", _layers.SeatOf(overlay), overlay.Target);
            _view.Show(overlay.Target, [overlay.Upper, .. overlay.Lowers]);
        }
    }

    private void Bind(string source, string target, bool isWritable)
    {
        Say(isWritable ? "--bind" : "--ro-bind", source, target);
        _view.Show(target, source);
    }

    private void Masks()
    {
        // What the user's rights do not open is closed without a mount.
        var hidden = HiddenPaths.OfSystem().Where(path => Libc.Access(path, 4) == 0 || Libc.Access(path, 1) == 0)
            .Concat(LocalSockets.Bound().Where(path => _view.PlaceOf(path) is not null))
            .Concat(HiddenPaths.InHome(_host.Home)).Concat(_command.Hidden).Append(_folder);
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
