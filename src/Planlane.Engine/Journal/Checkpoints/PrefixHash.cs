using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Planlane.Journal.Checkpoints;

/// <summary>The hash of a journal's beginning, which grows with it: no byte is read twice. Not thread-safe.</summary>
internal sealed class PrefixHash : IDisposable
{
    private const int BytesAtATime = 1 << 18;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>How many bytes it is of.</summary>
    public long Length { get; private set; }

    /// <summary>The hash of the first bytes of a file.</summary>
    /// <param name="file">The file; its first bytes never change.</param>
    /// <param name="length">How many; at least <see cref="Length"/>.</param>
    /// <returns>32 bytes; null when the file is shorter.</returns>
    public byte[]? Of(SafeFileHandle file, long length)
    {
        var buffer = new byte[(int)Math.Min(BytesAtATime, length - Length)];
        while (Length < length)
        {
            var read = RandomAccess.Read(file, buffer.AsSpan(0, (int)Math.Min(buffer.Length, length - Length)), Length);
            if (read == 0)
                return null;
            _hash.AppendData(buffer, 0, read);
            Length += read;
        }

        return _hash.GetCurrentHash();
    }

    /// <inheritdoc />
    public void Dispose() => _hash.Dispose();
}
