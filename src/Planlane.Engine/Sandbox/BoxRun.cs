using System.ComponentModel;
using System.Diagnostics;
using Planlane.Reports;

namespace Planlane.Sandbox;

/// <summary>Follows one boxed command from its start until no process of it is left: the part that all sandboxes share.</summary>
internal sealed class BoxRun
{
    /// <summary>What is started.</summary>
    public required ProcessStartInfo Start { get; init; }

    /// <summary>The command.</summary>
    public required BoxedCommand Command { get; init; }

    /// <summary>Measures it, and tells when its time is over.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Runs on the thread that starts the process, right before it does.</summary>
    public Action? Before { get; init; }

    /// <summary>Runs when the process has started.</summary>
    public Action<Process>? After { get; init; }

    /// <summary>Kills what the box holds. Beside that, the process that was started is killed.</summary>
    public Action<Process>? Kill { get; init; }

    /// <summary>Runs when the process has ended, and returns when nothing of the box is left.</summary>
    public Func<Process, Task>? Reap { get; init; }

    /// <summary>Ends when the command has taken more than it may; says what.</summary>
    public Func<CancellationToken, Task<string?>>? Watch { get; init; }

    /// <summary>Runs it.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled; nothing of it is left.</exception>
    public async Task<BoxResult> RunAsync(CancellationToken cancellationToken)
    {
        var begun = Time.GetTimestamp();
        var output = new BoxOutput();
        using var process = new Process { StartInfo = Start };
        var (started, exited) = Launch(process);
        if (await started.ConfigureAwait(false) is { } fault)
            return new BoxResult(CommandEnd.NotStarted, -1, Seconds(begun), fault + "\n");

        var pump = PumpAsync(process, output);
        var end = await EndAsync(process, exited, output, cancellationToken).ConfigureAwait(false);
        if (Reap is not null)
            await Reap(process).ConfigureAwait(false);
        // What is left of the box, if anything, could hold the pipe open for ever.
        await Task.WhenAny(pump, Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System, CancellationToken.None)).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return new BoxResult(end, end is CommandEnd.Exited ? await exited.ConfigureAwait(false) : -1, Seconds(begun), output.ToString());
    }

    private double Seconds(long begun) => Time.GetElapsedTime(begun).TotalSeconds;

    // A thread of its own that lives as long as the process: on Linux a child that asked to die with its parent dies with the thread that started it, and threads of the pool end.
    private (Task<string?> Started, Task<int> Exited) Launch(Process process)
    {
        var started = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var exited = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() => Follow(process, started, exited), 256 * 1024) { IsBackground = true, Name = "boxed command" }.Start();
        return (started.Task, exited.Task);
    }

    private void Follow(Process process, TaskCompletionSource<string?> started, TaskCompletionSource<int> exited)
    {
        try
        {
            Before?.Invoke();
            process.Start();
            After?.Invoke(process);
        }
        catch (Exception exception) when (exception is Win32Exception or IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            started.SetResult($"The command could not be started: {exception.Message}");
            return;
        }

        started.SetResult(null);
        process.WaitForExit();
        exited.SetResult(process.ExitCode);
    }

    private async Task<CommandEnd> EndAsync(Process process, Task<int> exited, BoxOutput output, CancellationToken cancellationToken)
    {
        process.StandardInput.Close();
        using var timer = new CancellationTokenSource(Command.Limit, Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        var watch = Watch is null ? null : Watch(either.Token);
        try
        {
            var first = watch is null ? exited : await Task.WhenAny(exited, watch).WaitAsync(either.Token).ConfigureAwait(false);
            await first.WaitAsync(either.Token).ConfigureAwait(false);
            // The watch ends with the time as well.
            if (!exited.IsCompleted)
                either.Token.ThrowIfCancellationRequested();
        }
        catch (OperationCanceledException)
        {
            await KillAsync(process, exited).ConfigureAwait(false);
            output.AddLine($"The command was killed after {Command.Limit.TotalSeconds:0.#} seconds.");
            return CommandEnd.TimedOut;
        }

        await either.CancelAsync().ConfigureAwait(false);
        if (watch is null || await watch.ConfigureAwait(false) is not { } excess)
            return CommandEnd.Exited;
        await KillAsync(process, exited).ConfigureAwait(false);
        output.AddLine(excess);
        return CommandEnd.OverLimit;
    }

    private async Task KillAsync(Process process, Task<int> exited)
    {
        Kill?.Invoke(process);
        try
        {
            process.Kill(entireProcessTree: Kill is null);
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception or NotSupportedException or AggregateException)
        {
            // It has ended meanwhile.
        }

        await exited.ConfigureAwait(false);
    }

    private static async Task PumpAsync(Process process, BoxOutput output)
    {
        var buffer = new byte[1 << 16];
        var stream = process.StandardOutput.BaseStream;
        try
        {
            while (await stream.ReadAsync(buffer).ConfigureAwait(false) is > 0 and var count)
                output.Add(buffer.AsSpan(0, count));
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // The box is gone and its pipe with it.
        }
    }
}
