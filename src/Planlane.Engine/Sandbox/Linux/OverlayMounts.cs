using Planlane.Values;

namespace Planlane.Sandbox.Linux;

/// <summary>Prepares the mounts of layers: what a program needs to do them, all in one process.</summary>
/// <remarks>
/// The options of a mount are one string in which commas, colons and backslashes have meanings, twice over, and which may not be longer than a page. So they name links
/// with plain names that lead to the layers. Each mount of the command is made at a seat of its own in the box's folder, and shown in its place later: so none covers what another is made of.
/// An overlay that ends writes everything that waits in the whole file system to the disk, unless it is volatile; on a busy machine that takes longer than most commands. So all are, but those that last.
/// </remarks>
/// <param name="folder">A private folder of the box.</param>
/// <param name="file">The name of the file in it that says what is mounted.</param>
internal sealed class OverlayMounts(string folder, string file)
{
    private readonly List<string> _lines = [];
    private readonly List<string> _works = [];
    private readonly Dictionary<BoxMount.Overlay, string> _seats = [];

    /// <summary>The shell words that mount what the file says.</summary>
    /// <param name="program">The program that mounts.</param>
    public string Line(string program) => _lines.Count == 0 ? "" : $"cd {Quoted(folder)} && {Quoted(program)} -n -i -a -T {file} || {{ echo 'planlane: the layers could not be mounted'; exit 125; }}; cd /";

    /// <summary>Where a mount of the command is made.</summary>
    public string SeatOf(BoxMount.Overlay overlay) => _seats[overlay];

    /// <summary>Adds a mount of the command.</summary>
    public void Add(BoxMount.Overlay overlay)
    {
        Directory.CreateDirectory(overlay.Upper);
        Directory.CreateDirectory(overlay.Work);
        // A process that was killed leaves it, and the kernel mounts no layer a second time that was volatile.
        Clear(overlay.Work);
        _seats[overlay] = Directory.CreateDirectory(Path.Combine(folder, $"seat{_seats.Count}")).FullName;
        Add(_seats[overlay], overlay.Lowers, overlay.Upper, overlay.Work, overlay.IsLasting);
    }

    /// <summary>Makes a cache copy-on-write at its own path. What is written lies in the box's folder and is forgotten with it.</summary>
    public void AddCache(string cache)
    {
        string Folder(string name) => Directory.CreateDirectory(Path.Combine(folder, $"cache{_lines.Count}", name)).FullName;
        Add(cache, [cache], Folder("upper"), Folder("work"), isLasting: false);
    }

    /// <summary>Writes what the program reads.</summary>
    public void Save() => File.WriteAllLines(Path.Combine(folder, file), _lines);

    /// <summary>Removes what the kernel leaves: folders that nobody but root may open, and the mark that a layer was volatile.</summary>
    public void Release()
    {
        foreach (var work in _works)
            Clear(work);
    }

    /// <summary>A word as the shell reads it.</summary>
    public static string Quoted(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static void Clear(string work)
    {
        var inner = Path.Combine(work, "work");
        if (OperatingSystem.IsWindows() || !Directory.Exists(inner))
            return;
        foreach (var closed in new[] { inner, Path.Combine(inner, "incompat"), Path.Combine(inner, "incompat", "volatile") }.Where(Directory.Exists))
            File.SetUnixFileMode(closed, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Directory.Delete(inner, recursive: true);
    }

    private void Add(string target, ValueList<string> lowers, string upper, string work, bool isLasting)
    {
        var name = $"{file}{_lines.Count}";
        var links = Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
        for (var i = 0; i < lowers.Count; i++)
            File.CreateSymbolicLink(Path.Combine(links, $"l{i}"), lowers[i]);
        File.CreateSymbolicLink(Path.Combine(links, "u"), upper);
        File.CreateSymbolicLink(Path.Combine(links, "w"), work);
        _works.Add(work);
        var layers = string.Join(':', Enumerable.Range(0, lowers.Count).Select(i => $"{name}/l{i}"));
        // The name must be new at this place, or mount takes it for done.
        _lines.Add($"planlane-{Path.GetFileName(folder)}-{name} {Escaped(target)} overlay lowerdir={layers},upperdir={name}/u,workdir={name}/w,userxattr{(isLasting ? "" : ",volatile")} 0 0");
    }

    // The form of fstab: what would end a word is written in octal.
    private static string Escaped(string path) => string.Concat(path.Select(letter => letter is ' ' or '\t' or '\n' or '\\' or '#' or '"' ? $"\\{Convert.ToString(letter, 8).PadLeft(3, '0')}" : letter.ToString()));
}
