using Planlane.Values;

namespace Planlane.Sandbox.Linux;

/// <summary>Prepares the mounts of layers: what a script needs to do them.</summary>
/// <remarks>
/// The options of a mount are one string in which commas, colons and backslashes have meanings, twice over, and which may not be longer than a page. So each mount is done in a
/// folder of its own that has links with plain names to the layers.
/// </remarks>
/// <param name="folder">A private folder of the box.</param>
internal sealed class OverlayMounts(string folder)
{
    private const string CacheFolder = "caches";

    private readonly List<string> _words = [];
    private readonly List<string> _cacheFolders = [];
    private int _count;

    /// <summary>Mounts, makes folders and mounts again, then becomes the rest of its words. What is written into caches is kept in memory and forgotten.</summary>
    public const string Script = """
        box=$1; mount=$2; shift 2
        if [ "$1" != -- ]; then
          "$mount" -n -i -t tmpfs -o mode=0700 tmpfs "$box/caches" || exit 125
          dirs=
          cd "$box/caches" || exit 125
          while [ "$1" != -- ]; do dirs="$dirs $1"; shift; done
          mkdir -p $dirs || exit 125
        fi
        shift
        while [ "$1" != -- ]; do
          cd "$box/$1" || exit 125
          "$mount" -n -i -t overlay overlay -o "$2" "$3" || { echo "planlane: the layers could not be mounted at $3"; exit 125; }
          shift 3
        done
        shift
        cd /
        exec "$@"
        """;

    /// <summary>Adds a mount of the command.</summary>
    public void Add(BoxMount.Overlay overlay)
    {
        Directory.CreateDirectory(overlay.Upper);
        Directory.CreateDirectory(overlay.Work);
        Add(overlay.Target, overlay.Lowers, overlay.Upper, overlay.Work);
    }

    /// <summary>Makes a cache copy-on-write at its own path.</summary>
    public void AddCache(string cache)
    {
        var name = $"c{_count}";
        _cacheFolders.AddRange([$"{name}/upper", $"{name}/work"]);
        var caches = Path.Combine(folder, CacheFolder);
        Directory.CreateDirectory(caches);
        Add(cache, [cache], Path.Combine(caches, name, "upper"), Path.Combine(caches, name, "work"));
    }

    /// <summary>The words of <see cref="Script"/>, up to those of the program that it becomes.</summary>
    public IReadOnlyList<string> Words(string mount) => [folder, mount, .. _cacheFolders, "--", .. _words, "--"];

    /// <summary>Whether there is anything to mount.</summary>
    public bool Any => _count > 0;

    private void Add(string target, ValueList<string> lowers, string upper, string work)
    {
        var links = Directory.CreateDirectory(Path.Combine(folder, $"m{_count}")).FullName;
        for (var i = 0; i < lowers.Count; i++)
            File.CreateSymbolicLink(Path.Combine(links, $"l{i}"), lowers[i]);
        File.CreateSymbolicLink(Path.Combine(links, "u"), upper);
        File.CreateSymbolicLink(Path.Combine(links, "w"), work);
        _words.AddRange([$"m{_count}", $"lowerdir={string.Join(':', Enumerable.Range(0, lowers.Count).Select(i => $"l{i}"))},upperdir=u,workdir=w,userxattr", target]);
        _count++;
    }
}
