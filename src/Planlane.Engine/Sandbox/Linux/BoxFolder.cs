using Planlane.Hosting;

namespace Planlane.Sandbox.Linux;

/// <summary>The private folder of one box: what its programs read, seats of mounts, and what is written into caches. With it goes the list of caches that are copy-on-write.</summary>
internal sealed class BoxFolder
{
    private const string Prefix = "planlane-box-";
    private static readonly TimeSpan OrphanAge = TimeSpan.FromDays(1);

    private readonly OverlayMounts _mounts;
    private readonly IReadOnlyList<(string Path, DateTime Made)> _caches;

    private BoxFolder(string path, IReadOnlyList<(string Path, DateTime Made)> caches)
    {
        (Path, _caches) = (path, caches);
        _mounts = new OverlayMounts(path, "caches");
        foreach (var cache in caches)
            _mounts.AddCache(cache.Path);
        _mounts.Save();
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>The caches.</summary>
    public IEnumerable<string> Caches => _caches.Select(cache => cache.Path);

    /// <summary>Makes one; nobody else can look into it.</summary>
    /// <param name="host">The user.</param>
    /// <param name="withCaches">Whether caches can be made copy-on-write.</param>
    public static BoxFolder Create(BoxHost host, bool withCaches) =>
        new(Directory.CreateTempSubdirectory($"{Prefix}{ProcessMark.Current}-").FullName, withCaches ? CachesOf(host) : []);

    /// <summary>The shell words that mount the caches.</summary>
    /// <param name="program">The program that mounts.</param>
    public string MountLine(string program) => _mounts.Line(program);

    /// <summary>Whether the caches that are there are still those that were mounted: one that was removed and made again would be seen empty.</summary>
    public bool IsOf(BoxHost host) => _caches.Count == 0 || _caches.SequenceEqual(CachesOf(host));

    /// <summary>Removes it, when nothing is mounted in it any more.</summary>
    public void Remove()
    {
        try
        {
            _mounts.Release();
            Directory.Delete(Path, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It is in the temporary folder and holds nothing that matters; the next day's first box removes it.
        }
    }

    /// <summary>Removes what killed processes left.</summary>
    public static void RemoveOrphans()
    {
        foreach (var folder in Directory.EnumerateDirectories(System.IO.Path.GetTempPath(), $"{Prefix}*-*"))
        {
            // Whose owner cannot be seen from here is left for a day.
            if (ProcessMark.IsGone(System.IO.Path.GetFileName(folder)[Prefix.Length..]) ?? Directory.GetLastWriteTimeUtc(folder) < TimeProvider.System.GetUtcNow().UtcDateTime - OrphanAge)
                BoxEnd.Remove(folder);
        }
    }

    private static IReadOnlyList<(string Path, DateTime Made)> CachesOf(BoxHost host) => [.. HomeFolders.CachesOf(host).Select(PhysicalPath.Of).Distinct().Select(path => (path, Directory.GetCreationTimeUtc(path)))];
}
