using System.ComponentModel;
using System.Diagnostics;

namespace Planlane.Sandbox;

/// <summary>A process that a thread of its own starts and waits for.</summary>
/// <remarks>That thread lives as long as the process: on Linux a child that asked to die with its parent dies with the thread that started it, and threads of the pool end.</remarks>
internal sealed class BoxProcess : IDisposable
{
    private readonly TaskCompletionSource<string?> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<int> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private BoxProcess(ProcessStartInfo start) => Process = new Process { StartInfo = start };

    /// <summary>The process.</summary>
    public Process Process { get; }

    /// <summary>Ends when the process has started: with null, or with why it could not.</summary>
    public Task<string?> Started => _started.Task;

    /// <summary>Ends with its exit code when it has; never when it could not start.</summary>
    public Task<int> Exited => _exited.Task;

    /// <summary>Begins to start it.</summary>
    /// <param name="start">What is started.</param>
    /// <param name="before">Runs on the thread that starts the process, right before it does.</param>
    /// <param name="after">Runs when the process has started.</param>
    public static BoxProcess Start(ProcessStartInfo start, Action? before = null, Action<Process>? after = null)
    {
        var process = new BoxProcess(start);
        new Thread(() => process.Follow(before, after), 256 * 1024) { IsBackground = true, Name = "boxed command" }.Start();
        return process;
    }

    /// <summary>Kills it, as far as it has started and not ended.</summary>
    /// <param name="withTree">Whether what it started is killed as well.</param>
    public void Kill(bool withTree)
    {
        try
        {
            Process.Kill(withTree);
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception or NotSupportedException or AggregateException)
        {
            // It has ended meanwhile.
        }
    }

    /// <inheritdoc />
    public void Dispose() => Process.Dispose();

    private void Follow(Action? before, Action<Process>? after)
    {
        try
        {
            before?.Invoke();
            Process.Start();
            after?.Invoke(Process);
        }
        catch (Exception exception) when (exception is Win32Exception or IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            _started.SetResult($"The command could not be started: {exception.Message}");
            return;
        }

        _started.SetResult(null);
        Process.WaitForExit();
        _exited.SetResult(Process.ExitCode);
    }
}
