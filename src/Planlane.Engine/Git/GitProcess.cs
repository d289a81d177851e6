using System.Diagnostics;
using System.Text;

namespace Planlane.Git;

/// <summary>A running git command that is asked and answers over its pipes.</summary>
/// <remarks>Not thread-safe. Disposing closes its input, which ends the command, and kills what is left of it.</remarks>
public sealed class GitProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task<string> _error;
    private readonly BufferedStream _output;

    internal GitProcess(Process process)
    {
        _process = process;
        _error = process.StandardError.ReadToEndAsync();
        _output = new BufferedStream(process.StandardOutput.BaseStream, 1 << 16);
    }

    /// <summary>The system's number of the process.</summary>
    public int Id => _process.Id;

    /// <summary>Sends bytes and flushes them.</summary>
    /// <exception cref="IOException">The command has ended.</exception>
    public async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var input = _process.StandardInput.BaseStream;
        await input.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        await input.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends a line of text.</summary>
    /// <exception cref="IOException">The command has ended.</exception>
    public Task WriteLineAsync(string line, CancellationToken cancellationToken) => WriteAsync(Encoding.UTF8.GetBytes(line + "\n"), cancellationToken);

    /// <summary>Tells the command that no more input comes.</summary>
    public void CloseInput() => _process.StandardInput.Close();

    /// <summary>The bytes up to the next line end, without it; null at the end of the output.</summary>
    public Task<byte[]?> ReadLineAsync(CancellationToken cancellationToken) => ReadToAsync((byte)'\n', cancellationToken);

    /// <summary>The bytes up to the next one of a kind, without it; null at the end of the output.</summary>
    public async Task<byte[]?> ReadToAsync(byte end, CancellationToken cancellationToken)
    {
        using var line = new MemoryStream();
        var one = new byte[1];
        while (await _output.ReadAsync(one, cancellationToken).ConfigureAwait(false) == 1)
        {
            if (one[0] == end)
                return line.ToArray();
            line.WriteByte(one[0]);
        }

        return line.Length == 0 ? null : line.ToArray();
    }

    /// <summary>Exactly so many bytes.</summary>
    /// <exception cref="EndOfStreamException">The command ended before.</exception>
    public async Task<byte[]> ReadBytesAsync(int count, CancellationToken cancellationToken)
    {
        var bytes = new byte[count];
        await _output.ReadExactlyAsync(bytes, cancellationToken).ConfigureAwait(false);
        return bytes;
    }

    /// <summary>Waits for the end of the command: its exit code and what it wrote on standard error.</summary>
    public async Task<(int ExitCode, string Error)> WaitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        return (_process.ExitCode, await _error.WaitAsync(cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Kills the command and its children now.</summary>
    public void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended already, which is what was asked for.
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // A command that has ended cannot take the last bytes of a buffer.
        }

        // A command that still writes would wait for a reader for ever.
        await _process.StandardOutput.BaseStream.CopyToAsync(Stream.Null).ConfigureAwait(false);
        await _process.WaitForExitAsync().ConfigureAwait(false);
        _process.Dispose();
    }
}
