using System.Diagnostics;
using Planlane.Reports;

namespace Planlane.Sandbox;

/// <summary>Follows one boxed command from its start until no process of it is left: the part that all sandboxes share.</summary>
internal sealed class BoxRun
{
    /// <summary>Begins to start the process that becomes the box.</summary>
    public required Func<BoxProcess> Start { get; init; }

    /// <summary>The command.</summary>
    public required BoxedCommand Command { get; init; }

    /// <summary>Measures it, and tells when its time is over.</summary>
    public required TimeProvider Time { get; init; }

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
        using var box = Start();
        if (await box.Started.ConfigureAwait(false) is { } fault)
            return new BoxResult(CommandEnd.NotStarted, -1, Seconds(begun), fault + "\n");

        var (process, exited) = (box.Process, box.Exited);
        var pump = PumpAsync(process, output);
        var (end, why) = await EndAsync(box, cancellationToken).ConfigureAwait(false);
        if (Reap is not null)
            await Reap(process).ConfigureAwait(false);
        // What is left of the box, if anything, could hold the pipe open for ever.
        await Task.WhenAny(pump, Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System, CancellationToken.None)).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        // Only now: what the box had still written stands before it.
        if (why is not null)
            output.AddLine(why);
        return new BoxResult(end, end is CommandEnd.Exited ? await exited.ConfigureAwait(false) : -1, Seconds(begun), output.ToString());
    }

    private double Seconds(long begun) => Time.GetElapsedTime(begun).TotalSeconds;

    // How it ended, and why it was killed if it was.
    private async Task<(CommandEnd End, string? Why)> EndAsync(BoxProcess box, CancellationToken cancellationToken)
    {
        var exited = box.Exited;
        box.Process.StandardInput.Close();
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
            await KillAsync(box).ConfigureAwait(false);
            return (CommandEnd.TimedOut, $"The command was killed after {Command.Limit.TotalSeconds:0.#} seconds.");
        }

        await either.CancelAsync().ConfigureAwait(false);
        if (watch is null || await watch.ConfigureAwait(false) is not { } excess)
            return (CommandEnd.Exited, null);
        await KillAsync(box).ConfigureAwait(false);
        return (CommandEnd.OverLimit, excess);
    }

    private async Task KillAsync(BoxProcess box)
    {
        Kill?.Invoke(box.Process);
        box.Kill(withTree: Kill is null);
        await box.Exited.ConfigureAwait(false);
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
