namespace Planlane.Git;

/// <summary>A copy of the user's index in a temporary folder, deleted at disposal.</summary>
internal sealed class PrivateIndex : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("planlane-index-");

    private PrivateIndex()
    {
    }

    public string Path => System.IO.Path.Combine(_folder.FullName, "index");

    public static PrivateIndex Empty() => new();

    public static PrivateIndex CopyOf(string index)
    {
        var copy = new PrivateIndex();
        if (File.Exists(index))
            CopyKeepingTime(index, copy.Path);
        return copy;
    }

    // Git takes a file that is as young as the index for possibly changed; a younger copy would hide such a change.
    public static void CopyKeepingTime(string from, string to)
    {
        var time = File.GetLastWriteTimeUtc(from);
        File.Copy(from, to, overwrite: true);
        File.SetLastWriteTimeUtc(to, time);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
