using Planlane.Values;
using Planlane.Workspaces.Disk;

namespace Planlane.Workspaces;

/// <summary>Files that a command is given beside its tree, and that are taken back from it: <c>$TMPDIR/exchange</c>.</summary>
internal static class ExchangeFiles
{
    /// <summary>The most bytes of a file that is taken back.</summary>
    public const long Most = 256 << 20;

    private const string Folder = "exchange";

    /// <summary>Lays files into a command's folder for temporary files, in the place of those of the command before.</summary>
    /// <exception cref="IOException">They cannot be written.</exception>
    public static void Give(string temp, IReadOnlyList<GivenFile> files)
    {
        var root = Path.Combine(temp, Folder);
        DiskFiles.Remove(root);
        if (files.Count == 0)
            return;
        Directory.CreateDirectory(root);
        foreach (var file in files)
        {
            var path = Path.Combine(root, file.Name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, file.Bytes);
            if (file.IsExecutable && !OperatingSystem.IsWindows())
                File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Reads files that a command left there; those that are missing, links, or too large are left out.</summary>
    public static IReadOnlyDictionary<string, byte[]> Take(string temp, IReadOnlyList<string> names)
    {
        var taken = new Dictionary<string, byte[]>();
        foreach (var name in names)
        {
            try
            {
                using var file = DiskFiles.OpenBeneath(temp, new RepoPath($"{Folder}/{name}"));
                if (file.Length > Most)
                    continue;
                var bytes = new byte[file.Length];
                file.ReadExactly(bytes);
                taken[name] = bytes;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
            {
                // The command did not write it, or something else stands at its name.
            }
        }

        return taken;
    }
}
