using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Planlane.Values;

namespace Planlane.Git;

/// <summary>The ids that git gives to contents, computed here: no process, no filter, and nothing is stored.</summary>
internal static class BlobIds
{
    private const int LongestHeader = 32;
    private const int Whole = 1 << 20;
    private const int Part = 1 << 16;

    /// <summary>The id of bytes.</summary>
    /// <param name="bytes">The content.</param>
    /// <param name="objectFormat"><c>sha1</c> or <c>sha256</c>.</param>
    public static ObjectId Of(ReadOnlySpan<byte> bytes, string objectFormat)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(bytes.Length + LongestHeader);
        var header = WriteHeader(bytes.Length, buffer);
        bytes.CopyTo(buffer.AsSpan(header));
        var id = Hash(buffer.AsSpan(0, header + bytes.Length), objectFormat);
        ArrayPool<byte>.Shared.Return(buffer);
        return id;
    }

    /// <summary>The id of a file's bytes as they are.</summary>
    /// <exception cref="IOException">It cannot be read, or is written meanwhile.</exception>
    public static ObjectId OfFile(string path, string objectFormat)
    {
        // No lock: others may read and write it.
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var length = RandomAccess.GetLength(file);
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(length, Whole) + LongestHeader);
        try
        {
            var header = WriteHeader(length, buffer);
            if (length <= Whole)
            {
                Fill(file, buffer.AsSpan(header, (int)length), 0);
                return Hash(buffer.AsSpan(0, header + (int)length), objectFormat);
            }

            using var hash = IncrementalHash.CreateHash(objectFormat == "sha256" ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA1);
            hash.AppendData(buffer, 0, header);
            for (var at = 0L; at < length; at += Part)
            {
                var part = buffer.AsSpan(0, (int)Math.Min(Part, length - at));
                Fill(file, part, at);
                hash.AppendData(part);
            }

            return new ObjectId(Convert.ToHexStringLower(hash.GetHashAndReset()));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static int WriteHeader(long length, byte[] buffer) => Encoding.ASCII.GetBytes($"blob {length}\0", buffer);

    /// <summary>The id of an object.</summary>
    /// <param name="whole">Its header and its content.</param>
    /// <param name="objectFormat"><c>sha1</c> or <c>sha256</c>.</param>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5350", Justification = "It names an object as git does; nothing relies on its strength.")]
    public static ObjectId Hash(ReadOnlySpan<byte> whole, string objectFormat) =>
        new(Convert.ToHexStringLower(objectFormat == "sha256" ? SHA256.HashData(whole) : SHA1.HashData(whole)));

    private static void Fill(Microsoft.Win32.SafeHandles.SafeFileHandle file, Span<byte> bytes, long at)
    {
        for (var done = 0; done < bytes.Length;)
        {
            var read = RandomAccess.Read(file, bytes[done..], at + done);
            if (read == 0)
                throw new IOException("The file became shorter while it was read.");
            done += read;
        }
    }
}
