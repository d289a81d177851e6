using System.Diagnostics;
using System.Text.Json;

namespace Planlane.Trials.Processes;

/// <summary>Another process of this program. It answers in JSON, one object a line, and ends when its input is closed.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process _process;

    private ChildProcess(Process process) => _process = process;

    public static ChildProcess Start(params IEnumerable<string> arguments) => new(Launch(arguments));

    /// <summary>Starts the process; its streams are the caller's.</summary>
    public static Process Launch(IEnumerable<string> arguments)
    {
        var program = Environment.ProcessPath!;
        var isHost = Path.GetFileNameWithoutExtension(program) == "dotnet";
        var start = new ProcessStartInfo(program, isHost ? [Path.Combine(AppContext.BaseDirectory, "Planlane.Trials.dll"), .. arguments] : arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        return Process.Start(start)!;
    }

    /// <summary>Writes an answer of this process to the one that started it.</summary>
    public static void Answer<T>(T answer) => Console.Out.WriteLine(JsonSerializer.Serialize(answer));

    public async Task<T> ReadAsync<T>(CancellationToken cancellationToken) =>
        await _process.StandardOutput.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line
            ? JsonSerializer.Deserialize<T>(line)!
            : throw new InvalidOperationException("A process of the benchmark ended without an answer.");

    /// <summary>Waits until the process has ended by itself.</summary>
    public Task EndAsync(CancellationToken cancellationToken) => _process.WaitForExitAsync(cancellationToken);

    public void CloseInput() => _process.StandardInput.Close();

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }
}
