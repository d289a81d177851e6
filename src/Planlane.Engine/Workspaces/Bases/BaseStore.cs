using Planlane.Hosting;
using Planlane.Values;
using Planlane.Workspaces.Disk;

namespace Planlane.Workspaces.Bases;

/// <summary>The bases on disk, their names, and which runs use them. Processes may work on it at once.</summary>
/// <remarks>
/// A base is made aside and renamed into place, so that one that is there is whole. What is being made has a lock file, which the system frees when its process dies. A run
/// says which base it uses before it looks whether the base is there; who removes one renames it first and looks then who uses it: one of the two sees the other.
/// </remarks>
/// <param name="folders">Where they lie.</param>
/// <param name="time">Tells how old a claim is.</param>
internal sealed class BaseStore(RunFolders folders, TimeProvider time)
{
    private const string Part = ".part";
    private const string Gone = ".gone";
    private const string Claim = "base";

    // A run that nobody goes on with for so long makes its base anew, which costs a copy and loses nothing.
    private static readonly TimeSpan LongestClaim = TimeSpan.FromDays(30);

    /// <summary>The folder of a base.</summary>
    public string FolderOf(string name) => Path.Combine(folders.Bases, name);

    /// <summary>The base that a run has claimed, or null.</summary>
    public string? ClaimOf(RunId id) => ReadClaim(ClaimPath(id));

    /// <summary>Says that a run uses a base.</summary>
    public void SetClaim(RunId id, string name)
    {
        Directory.CreateDirectory(folders.BaseOf(id));
        var aside = Path.Combine(folders.BaseOf(id), Path.GetRandomFileName());
        File.WriteAllText(aside, name);
        File.Move(aside, ClaimPath(id), overwrite: true);
    }

    /// <summary>A whole base, marked as used now; null when there is none of that name. A damaged one is removed.</summary>
    public BaseManifest? Open(string name)
    {
        var folder = FolderOf(name);
        // Asked first: what comes into its place from now on is another process's and whole.
        if (!Directory.Exists(folder))
            return null;
        if (BaseManifest.Read(folder) is { } manifest && manifest.IsWhole())
        {
            BaseManifest.Touch(folder, time.GetUtcNow());
            return manifest;
        }

        Discard(folder);
        return null;
    }

    /// <summary>The base that was used last, or null.</summary>
    public BaseManifest? Newest() => Names().OrderByDescending(name => BaseManifest.UsedAt(FolderOf(name))).Select(name => BaseManifest.Read(FolderOf(name))).FirstOrDefault(manifest => manifest is not null);

    /// <summary>A folder in which a base is made; disposing it removes what was not moved into place.</summary>
    public BaseUnderWay Begin()
    {
        Directory.CreateDirectory(folders.Bases);
        return new BaseUnderWay(FolderOf(Path.GetRandomFileName() + Part));
    }

    /// <summary>Removes what killed processes left half-made, and every base that no run uses. Called when a run has just claimed the newest one.</summary>
    public void Sweep()
    {
        foreach (var part in Directory.EnumerateDirectories(folders.Bases, "*" + Part).Where(BaseUnderWay.IsAbandoned))
            DiskFiles.TryRemove(part);
        foreach (var gone in Directory.EnumerateDirectories(folders.Bases, "*" + Gone))
            DiskFiles.TryRemove(gone);
        foreach (var name in Names().Except(Claimed()).ToList())
            Release(name);
    }

    private void Release(string name)
    {
        var (folder, gone) = (FolderOf(name), FolderOf(name) + Gone);
        try
        {
            Directory.Move(folder, gone);
            if (Claimed().Contains(name))
                Directory.Move(gone, folder);
            else
                DiskFiles.TryRemove(gone);
        }
        catch (IOException)
        {
            // Another process removes it, or made it again meanwhile; the next sweep ends it.
        }
    }

    private void Discard(string folder)
    {
        var gone = FolderOf(Path.GetRandomFileName() + Gone);
        Directory.Move(folder, gone);
        DiskFiles.TryRemove(gone);
    }

    private HashSet<string> Claimed()
    {
        var oldest = (time.GetUtcNow() - LongestClaim).UtcDateTime;
        var runs = new DirectoryInfo(folders.BaseOf(new RunId("any"))).Parent!;
        return runs.Exists ? [.. runs.EnumerateDirectories().Select(run => new FileInfo(Path.Combine(run.FullName, Claim))).Where(claim => claim.Exists && claim.LastWriteTimeUtc > oldest).Select(claim => ReadClaim(claim.FullName)).OfType<string>()] : [];
    }

    // Another process may end a run, and remove its claim, at any moment.
    private static string? ReadClaim(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private IEnumerable<string> Names() => Directory.Exists(folders.Bases)
        ? Directory.EnumerateDirectories(folders.Bases).Select(folder => Path.GetFileName(folder)!).Where(name => !name.EndsWith(Part, StringComparison.Ordinal) && !name.EndsWith(Gone, StringComparison.Ordinal) && File.Exists(Path.Combine(FolderOf(name), "manifest")))
        : [];

    private string ClaimPath(RunId id) => Path.Combine(folders.BaseOf(id), Claim);
}
