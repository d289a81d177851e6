using Planlane.Values;

namespace Planlane.Sandbox.Linux;

/// <summary>Prepares the mounts of layers: what a script needs to do them, all in one process.</summary>
/// <remarks>
/// The options of a mount are one string in which commas, colons and backslashes have meanings, twice over, and which may not be longer than a page. So they name links
/// with plain names that lead to the layers. Each mount of the command is made at a seat of its own in the box's folder, and shown in its place later: so none covers what another is made of. What is written into caches lies in the box's own folder and is forgotten with it.
/// </remarks>
/// <param name="folder">A private folder of the box.</param>
internal sealed class OverlayMounts(string folder)
{
    private readonly List<string> _lines = [];
    private readonly List<string> _works = [];
    private readonly Dictionary<BoxMount.Overlay, string> _seats = [];

    /// <summary>Mounts, then becomes the rest of its words. The first is the box's folder, the second the program that mounts.</summary>
    public const string Script = """
        cd "$1" || exit 125
        "$2" -n -i -a -T "$1/layers" || { echo "planlane: the layers could not be mounted"; exit 125; }
        shift 2
        cd /
        exec "$@"
        """;

    /// <summary>Whether there is anything to mount.</summary>
    public bool Any => _lines.Count > 0;

    /// <summary>The box's folder. What is hidden of a mount would be seen at its seat.</summary>
    public string Folder => folder;

    /// <summary>Where a mount of the command is made.</summary>
    public string SeatOf(BoxMount.Overlay overlay) => _seats[overlay];

    /// <summary>Adds a mount of the command.</summary>
    public void Add(BoxMount.Overlay overlay)
    {
        Directory.CreateDirectory(overlay.Upper);
        Directory.CreateDirectory(overlay.Work);
        _seats[overlay] = Directory.CreateDirectory(Path.Combine(folder, $"seat{_seats.Count}")).FullName;
        Add(_seats[overlay], overlay.Lowers, overlay.Upper, overlay.Work);
    }

    /// <summary>Makes a cache copy-on-write at its own path.</summary>
    public void AddCache(string cache)
    {
        string Folder(string name) => Directory.CreateDirectory(Path.Combine(folder, $"cache{_lines.Count}", name)).FullName;
        Add(cache, [cache], Folder("upper"), Folder("work"));
    }

    /// <summary>Writes what the script reads.</summary>
    public void Save() => File.WriteAllLines(Path.Combine(folder, "layers"), _lines);

    /// <summary>Makes the folders of the kernel removable: it leaves one in each that nobody but root may open.</summary>
    public void Release()
    {
        if (OperatingSystem.IsWindows())
            return;
        foreach (var inner in _works.Select(work => Path.Combine(work, "work")).Where(Directory.Exists))
            File.SetUnixFileMode(inner, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private void Add(string target, ValueList<string> lowers, string upper, string work)
    {
        var name = $"m{_lines.Count}";
        var links = Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
        for (var i = 0; i < lowers.Count; i++)
            File.CreateSymbolicLink(Path.Combine(links, $"l{i}"), lowers[i]);
        File.CreateSymbolicLink(Path.Combine(links, "u"), upper);
        File.CreateSymbolicLink(Path.Combine(links, "w"), work);
        _works.Add(work);
        var layers = string.Join(':', Enumerable.Range(0, lowers.Count).Select(i => $"{name}/l{i}"));
        // The name must be new at this place, or mount takes it for done.
        _lines.Add($"planlane-{Path.GetFileName(folder)}-{name} {Escaped(target)} overlay lowerdir={layers},upperdir={name}/u,workdir={name}/w,userxattr 0 0");
    }

    // The form of fstab: what would end a word is written in octal.
    private static string Escaped(string path) => string.Concat(path.Select(letter => letter is ' ' or '\t' or '\n' or '\\' or '#' or '"' ? $"\\{Convert.ToString(letter, 8).PadLeft(3, '0')}" : letter.ToString()));
}
