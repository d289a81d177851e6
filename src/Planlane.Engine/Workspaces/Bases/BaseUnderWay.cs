using Planlane.Workspaces.Disk;

namespace Planlane.Workspaces.Bases;

/// <summary>A folder in which a base is being made. Its lock tells other processes that somebody lives who makes it.</summary>
internal sealed class BaseUnderWay : IDisposable
{
    private readonly FileStream _lock;

    public BaseUnderWay(string folder)
    {
        _lock = new FileStream(LockOf(folder), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        Folder = folder;
        Directory.CreateDirectory(BaseManifest.FilesIn(folder));
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>Whether nobody makes it any more.</summary>
    public static bool IsAbandoned(string folder)
    {
        try
        {
            // Opened, not made: where there is no lock, its maker has just ended.
            using var stream = new FileStream(LockOf(folder), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            File.Delete(LockOf(folder));
            return true;
        }
        catch (FileNotFoundException)
        {
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Puts it in its place.</summary>
    /// <returns>False when another process was first.</returns>
    public bool TryMoveTo(string place)
    {
        try
        {
            Directory.Move(Folder, place);
            return true;
        }
        catch (IOException) when (Directory.Exists(place))
        {
            return false;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        DiskFiles.TryRemove(Folder);
        File.Delete(LockOf(Folder));
        _lock.Dispose();
    }

    private static string LockOf(string folder) => folder + ".lock";
}
