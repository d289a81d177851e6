using System.Text;

namespace Planlane.Sandbox.Network;

/// <summary>The head of a request as it came, and what came behind it.</summary>
/// <param name="Text">The lines, without the empty one that ends them.</param>
/// <param name="Rest">Bytes of the body, or of what goes through a tunnel.</param>
internal sealed record ProxyHead(string Text, ReadOnlyMemory<byte> Rest)
{
    /// <summary>The most bytes of a head.</summary>
    public const int MostBytes = 32 * 1024;

    /// <summary>Reads a head, in however many pieces it comes; null when the client ends before it does.</summary>
    /// <exception cref="InvalidDataException">It has no end within <see cref="MostBytes"/>.</exception>
    public static async Task<ProxyHead?> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var buffer = new byte[MostBytes];
        var count = 0;
        while (count < buffer.Length)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(count), cancellationToken).ConfigureAwait(false);
            if (read == 0)
                return null;
            // The end may be cut between two pieces.
            var from = Math.Max(0, count - 3);
            count += read;
            var end = buffer.AsSpan(from, count - from).IndexOf("\r\n\r\n"u8);
            if (end >= 0)
                return new ProxyHead(Encoding.Latin1.GetString(buffer, 0, from + end), buffer.AsMemory((from + end + 4)..count));
        }

        throw new InvalidDataException($"The head of the request has more than {MostBytes} bytes.");
    }
}
