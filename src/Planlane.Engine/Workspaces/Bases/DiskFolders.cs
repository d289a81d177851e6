namespace Planlane.Workspaces.Bases;

/// <summary>Removes folders that commands wrote in.</summary>
internal static class DiskFolders
{
    /// <summary>Removes a folder with all in it; links are removed and not followed. What cannot be removed is left to the next time.</summary>
    /// <returns>Whether it is gone.</returns>
    public static bool Remove(string folder)
    {
        try
        {
            try
            {
                if (Directory.Exists(folder))
                    Directory.Delete(folder, recursive: true);
            }
            catch (UnauthorizedAccessException)
            {
                // The work folder of an overlay, and caches of some tools, have no rights for anybody.
                Open(folder);
                Directory.Delete(folder, recursive: true);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return !Directory.Exists(folder);
        }

        return true;
    }

    private static void Open(string folder)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (var inner in Directory.EnumerateDirectories(folder).Where(inner => FileStamp.Of(inner).Kind == EntryKind.Folder))
            Open(inner);
    }
}
