using System.Runtime.InteropServices;
using System.Text;
using Planlane.Cli.Output;
using Planlane.Runs;

namespace Planlane.Cli.Live;

/// <summary>Shows a run in a region at the end of the terminal, at most ten times a second; what others write scrolls away above it. One thread writes, and reads the keys.</summary>
internal sealed class LiveView : IDisposable
{
    private static readonly TimeSpan FrameTime = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan EndTime = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly Lock _switch = new();
    private readonly StringBuilder _above = new();
    private readonly ActivityBoard _board = new();
    private readonly LiveTerminal _terminal;
    private readonly Func<DateTimeOffset> _now;
    private readonly LiveKeys? _keys;
    private readonly List<PosixSignalRegistration> _signals = [];
    private readonly LiveTitle _title = new();
    private ManualResetEventSlim? _ending;
    private Thread? _thread;
    private RunState _state;
    private bool _isStopping;
    private volatile bool _isWanted;

    /// <param name="terminal">Where it is drawn.</param>
    /// <param name="state">The run before the first event.</param>
    /// <param name="now">The time that ages are counted to.</param>
    /// <param name="controls">What keys can do; null for no keys.</param>
    public LiveView(LiveTerminal terminal, RunState state, Func<DateTimeOffset> now, ILiveControls? controls)
    {
        (_terminal, _state, _now) = (terminal, state, now);
        _keys = controls is null ? null : new LiveKeys(controls);
        AppDomain.CurrentDomain.ProcessExit += Leave;
        AppDomain.CurrentDomain.UnhandledException += Leave;
        if (OperatingSystem.IsWindows())
            return;
        // A stopped process must leave a usable terminal to the shell.
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGTSTP, TakeStop));
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGCONT, _ => Reveal()));
    }

    /// <summary>Takes what was recorded.</summary>
    public void Show(RunUpdate update)
    {
        lock (_gate)
        {
            _state = update.State;
            _board.Take(update.Recorded, update.State);
        }
    }

    /// <summary>Takes what is told of this moment.</summary>
    public void Show(AgentActivity activity)
    {
        lock (_gate)
            _board.Take(activity, _now());
    }

    /// <summary>Says that the run is to stop.</summary>
    public void SayStopping()
    {
        lock (_gate)
            _isStopping = true;
    }

    /// <summary>Shows the region, unless it is there.</summary>
    public void Continue()
    {
        _isWanted = true;
        Reveal();
    }

    /// <summary>Takes the region away, so that the terminal is free for a question; all lines that were given are on it then.</summary>
    public void Suspend()
    {
        _isWanted = false;
        Hide(() => _title.Show(_state));
    }

    /// <summary>Takes the region away for good.</summary>
    public void Dispose()
    {
        _signals.ForEach(signal => signal.Dispose());
        AppDomain.CurrentDomain.ProcessExit -= Leave;
        AppDomain.CurrentDomain.UnhandledException -= Leave;
        End();
    }

    private void Leave(object? sender, EventArgs arguments) => End();

    private void End()
    {
        _isWanted = false;
        Hide(_title.Restore);
    }

    // The runtime leaves a signal that it has told of at that, so that it would not stop.
    private void TakeStop(PosixSignalContext context)
    {
        context.Cancel = true;
        Hide(_title.Restore);
        TerminalKeys.StopProcess();
    }

    private void Reveal()
    {
        lock (_switch)
        {
            if (!_isWanted || _thread is not null || !TerminalKeys.IsInForeground())
                return;
            var ending = _ending = new ManualResetEventSlim();
            _terminal.LeadLinesTo(Above);
            _thread = new Thread(() => Draw(ending)) { IsBackground = true, Name = "live view" };
            _thread.Start();
        }
    }

    // When nobody else writes any more, the title says what holds until the region is back.
    private void Hide(Func<string> title)
    {
        lock (_switch)
        {
            _ending?.Set();
            // A thread that a stopped terminal holds is left behind; it ends with the process.
            if (_thread is not null && !_thread.Join(EndTime))
                title = () => "";
            else
                _ending?.Dispose();
            (_thread, _ending) = (null, null);
            _terminal.Send(title());
        }
    }

    private void Above(string text)
    {
        lock (_above)
            _above.Append(text);
    }

    private string TakeAbove()
    {
        lock (_above)
        {
            var text = _above.ToString();
            _above.Clear();
            return text;
        }
    }

    private void Draw(ManualResetEventSlim ending)
    {
        var region = _terminal.NewRegion();
        using var keys = _keys is null ? null : TerminalKeys.TryBegin();
        try
        {
            do
                Frame(region, keys);
            while (!ending.Wait(FrameTime));
        }
        catch (Exception exception)
        {
            // Work that is paid for must not end with a fault of its picture: from here on lines tell it.
            Above($"The live view failed and is left out: {exception.GetType().Name}: {SafeText.Of(exception.Message)}\n");
        }
        finally
        {
            // From here on what others write goes to the terminal itself, behind all that was given before.
            _terminal.Send(region.Erase(LiveTerminal.Size));
            _terminal.LeadLinesBack(TakeAbove);
        }
    }

    private void Frame(LiveRegion region, TerminalKeys? keys)
    {
        var (above, pressed) = (TakeAbove(), keys?.Read() ?? []);
        List<DrawnLine> lines;
        TerminalSize size;
        string title;
        lock (_gate)
        {
            size = LiveTerminal.Size;
            title = _title.Show(_state);
            var scene = new LiveScene(_state, _board, _now(), size, _terminal.Glyphs) { IsStopping = _isStopping };
            if (keys is not null && _keys is not null)
            {
                foreach (var key in pressed)
                    _keys.Press(key, _keys.Of(scene));
                scene = _keys.Of(scene);
            }

            lines = [.. LiveLayout.Of(scene).Select(_terminal.Drawn)];
        }

        _terminal.Send(title + region.Draw(above, lines, size));
    }
}
