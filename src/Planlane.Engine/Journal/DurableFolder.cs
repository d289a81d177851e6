using System.Runtime.InteropServices;

namespace Planlane.Journal;

/// <summary>Makes the names in a folder survive a crash of the machine; the bytes of a file are one thing, its name another.</summary>
internal static partial class DurableFolder
{
    private const int ReadOnlyFolder = 0;

    /// <summary>Flushes a folder and those above it, as many as are asked for; on Windows names are durable with their files.</summary>
    public static void Flush(string folder, int levels)
    {
        if (OperatingSystem.IsWindows())
            return;
        for (var at = folder; levels > 0 && !string.IsNullOrEmpty(at); levels--, at = Path.GetDirectoryName(at))
        {
            var descriptor = Open(at, ReadOnlyFolder);
            if (descriptor < 0)
                return;
            // A file system that cannot flush folders has nothing to add to the flush of the file.
            _ = Fsync(descriptor);
            _ = Close(descriptor);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
