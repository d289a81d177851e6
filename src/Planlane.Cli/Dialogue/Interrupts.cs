using System.Runtime.InteropServices;
using Planlane.Cli.Output;

namespace Planlane.Cli.Dialogue;

/// <summary>Ctrl-C, the terminate signal and the end of the terminal: the first asks to stop, the second ends the process now. Ctrl-\ ends it now at once.</summary>
/// <remarks>The end of the terminal may be told twice, by the shell and by the system, and is one signal still.</remarks>
internal sealed class Interrupts : IDisposable
{
    private static readonly TimeSpan KillTime = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stop = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private Func<Task>? _kill;

    private Interrupts()
    {
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>The exit code of the first signal; 0 before it.</summary>
    public int ExitCode { get; private set; }

    public static Interrupts Listen()
    {
        var (interrupts, streams) = (new Interrupts(), new TerminalStreams());
        interrupts.On(PosixSignal.SIGINT, context => interrupts.Take(context, ExitCodes.Interrupted));
        interrupts.On(PosixSignal.SIGTERM, context => interrupts.Take(context, ExitCodes.Terminated));
        interrupts.On(PosixSignal.SIGHUP, context =>
        {
            streams.LetGoOfAClosedOne();
            interrupts.Take(context, ExitCodes.HungUp);
        });
        interrupts.On(PosixSignal.SIGQUIT, context => interrupts.Take(context, ExitCodes.Quit, atOnce: true));
        return interrupts;
    }

    /// <summary>Names what has to be killed when a second signal comes.</summary>
    public void OnSecond(Func<Task>? kill) => _kill = kill;

    /// <summary>Asks to stop, as the first Ctrl-C does; nothing when that was asked before.</summary>
    public void AskToStop()
    {
        if (_stop.IsCancellationRequested)
            return;
        ExitCode = ExitCodes.Interrupted;
        _stop.Cancel();
    }

    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _stop.Dispose();
    }

    private void On(PosixSignal signal, Action<PosixSignalContext> take) => _registrations.Add(PosixSignalRegistration.Create(signal, take));

    private void Take(PosixSignalContext context, int code, bool atOnce = false)
    {
        context.Cancel = true;
        if (code == ExitCodes.HungUp && ExitCode == ExitCodes.HungUp)
            return;
        if (atOnce || _stop.IsCancellationRequested)
        {
            // What was started is killed with its children; a kill that hangs does not keep the process.
            _kill?.Invoke().Wait(KillTime);
            Environment.Exit(code);
        }

        ExitCode = code;
        _stop.Cancel();
    }
}
