using System.Security.Cryptography;

namespace Planlane.Requests;

/// <summary>Files that are written whole, checked when they are read, and worth nothing when they are damaged: what a cache is made of.</summary>
internal static class SealedFile
{
    private const int SealLength = 32;

    /// <summary>The bytes that were written, or null when the file is not there, cannot be read, or is not as it was written.</summary>
    public static ArraySegment<byte>? Read(string path)
    {
        try
        {
            var bytes = File.ReadAllBytes(path);
            if (bytes.Length < SealLength)
                return null;
            var content = new ArraySegment<byte>(bytes, SealLength, bytes.Length - SealLength);
            return SHA256.HashData(content).AsSpan().SequenceEqual(bytes.AsSpan(0, SealLength)) ? (ArraySegment<byte>?)content : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Writes a file whole: another process sees all of it or none. A cache that cannot be written is done without.</summary>
    /// <param name="folder">Made when it is not there.</param>
    /// <param name="name">Names the file after the first digits of its seal.</param>
    /// <param name="content">What it holds.</param>
    public static string? Write(string folder, Func<string, string> name, ReadOnlySpan<byte> content)
    {
        var seal = SHA256.HashData(content);
        var path = Path.Combine(folder, name(Convert.ToHexStringLower(seal.AsSpan(0, 8))));
        var part = Path.Combine(folder, Path.GetRandomFileName() + ".part");
        try
        {
            Directory.CreateDirectory(folder);
            using (var file = File.Create(part))
            {
                file.Write(seal);
                file.Write(content);
            }

            File.Move(part, path, overwrite: true);
            return path;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Delete(part);
            return null;
        }
    }

    /// <summary>Removes a file; one that somebody reads now, or that is gone, is left to the next time.</summary>
    public static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return;
        }
    }

    /// <summary>The files of a folder whose names match, the newest first.</summary>
    public static IReadOnlyList<FileInfo> List(string folder, string pattern)
    {
        try
        {
            return [.. new DirectoryInfo(folder).EnumerateFiles(pattern).OrderByDescending(file => file.LastWriteTimeUtc).ThenBy(file => file.Name, StringComparer.Ordinal)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
