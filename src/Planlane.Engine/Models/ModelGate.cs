using Planlane.Budgets;

namespace Planlane.Models;

/// <summary>Where all callers of one model wait when it limits one of them, or would: afterwards one goes ahead, and the others follow in growing numbers as answers begin.</summary>
/// <remarks>
/// Thread-safe. A limit on calls at once is in no header: it is learned from a refusal, at which as many others were open as may be. From then on no more are sent together; one more is tried after a
/// time without a refusal, and that time doubles with each that was refused.
/// </remarks>
internal sealed class ModelGate(TimeProvider time)
{
    // From so many at once on, nobody is held any more.
    private const int WideOpen = 64;
    private static readonly TimeSpan FirstProbe = TimeSpan.FromMinutes(1);
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _turnstile = new(1);
    private readonly ModelQuota _quota = new();
    private readonly long _epoch = time.GetTimestamp();
    private TimeSpan _probeAfter = FirstProbe;
    private TimeSpan _probed;
    private int _most = int.MaxValue;
    private bool _isProbing;
    private int _calls;
    private int _answering;
    private int _proven;
    private TaskCompletionSource _changed = NewSignal();
    private Task _open = Task.CompletedTask;
    private int _width = int.MaxValue;
    private int _starting;
    private int _closings;

    /// <summary>Waits until a request may be sent; dispose of the pass when it has ended.</summary>
    /// <param name="inputTokens">Estimated tokens of its prompt.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<Pass> EnterAsync(double inputTokens, CancellationToken cancellationToken)
    {
        // One at a time looks whether it may go, in the order in which they came.
        await _turnstile.WaitAsync(cancellationToken);
        try
        {
            while (true)
            {
                var (pass, obstacle, period) = TryEnter(inputTokens);
                if (pass is not null)
                    return pass;
                await WaitAsync(obstacle, period, cancellationToken);
            }
        }
        finally
        {
            _turnstile.Release();
        }
    }

    private (Pass? Pass, Task Obstacle, TimeSpan? Period) TryEnter(double inputTokens)
    {
        lock (_lock)
        {
            if (!_open.IsCompleted)
                return (null, _open, null);
            if (_starting >= _width)
                return (null, _changed.Task, null);
            var now = Now;
            if (Room(now) is { } until)
                return (null, _changed.Task, until);
            if (_quota.Wait(inputTokens, now) is var wait && wait > TimeSpan.Zero)
                return (null, _changed.Task, wait);
            _quota.Take(inputTokens, now);
            _starting++;
            _calls++;
            return (new Pass(this, inputTokens, now, _closings), Task.CompletedTask, null);
        }
    }

    // Until the obstacle is gone, or the period is over: what answers tell meanwhile may shorten it.
    private async Task WaitAsync(Task obstacle, TimeSpan? period, CancellationToken cancellationToken)
    {
        if (period is not { } some)
        {
            await obstacle.WaitAsync(cancellationToken);
            return;
        }

        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(obstacle, Task.Delay(some, time, enough.Token));
        await enough.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    private void Close(TimeSpan period)
    {
        lock (_lock)
        {
            _open = Task.WhenAll(_open, Task.Delay(period, time));
            // Those that are still on their way no longer count: the one that goes ahead must not wait for them.
            (_width, _starting) = (1, 0);
            _closings++;
            Signal();
        }
    }

    // How long to look away while as many calls are open as may be, or null when there is room for one more.
    private TimeSpan? Room(TimeSpan now)
    {
        if (_most < int.MaxValue && now - _probed >= _probeAfter)
            (_most, _probed, _isProbing) = (_most + 1, now, true);
        return _calls < _most ? null : _probed + _probeAfter - now;
    }

    // Of calls that were sent together each refusal says one less, until only those that were let in are left.
    private void Refuse()
    {
        lock (_lock)
        {
            if (_isProbing)
                _probeAfter = 2 * _probeAfter;
            var most = Math.Max(1, Math.Min(_calls - 1, _most));
            // As many have been answered at once. The service counts a call a little longer than we do, so that one refusal below that says nothing; a second one does.
            if (most < _proven)
                (most, _proven) = (Math.Min(_proven, _most), most);
            (_most, _probed, _isProbing) = (most, Now, false);
        }
    }

    // Time that has passed: the clock of the day may be set meanwhile.
    private TimeSpan Now => time.GetElapsedTime(_epoch);

    private bool HasClosedSince(int closings)
    {
        lock (_lock)
            return closings != _closings;
    }

    private void Started(Pass pass, bool passed, ModelLimits? limits)
    {
        lock (_lock)
        {
            if (limits is not null)
                _quota.Learn(limits, pass.SentAt);
            if (passed && !pass.IsAnswering)
            {
                pass.IsAnswering = true;
                _proven = Math.Max(_proven, ++_answering);
            }

            if (!pass.HasStarted && pass.Closings == _closings)
            {
                _starting--;
                if (passed && _width < int.MaxValue)
                    _width = _width >= WideOpen ? int.MaxValue : _width + 1;
            }

            pass.HasStarted = true;
            Signal();
        }
    }

    private void End(Pass pass)
    {
        lock (_lock)
        {
            _quota.Ended(pass.InputTokens, pass.Used, Now);
            _calls--;
            if (pass.IsAnswering)
                _answering--;
        }

        Started(pass, passed: false, limits: null);
    }

    private void Signal()
    {
        _changed.SetResult();
        _changed = NewSignal();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The right to send one request.</summary>
    internal sealed class Pass(ModelGate gate, double inputTokens, TimeSpan sentAt, int closings) : IDisposable
    {
        public double InputTokens => inputTokens;

        public TimeSpan SentAt => sentAt;

        public int Closings => closings;

        /// <summary>Whether the gate was closed since it was let in.</summary>
        public bool IsOld => gate.HasClosedSince(closings);

        /// <summary>Whether its answer began, or never will.</summary>
        public bool HasStarted { get; set; }

        /// <summary>Whether its answer began.</summary>
        public bool IsAnswering { get; set; }

        /// <summary>What the request used, once that is known.</summary>
        public Usage? Used { get; set; }

        /// <summary>The answer began: those who wait for this one may follow.</summary>
        /// <param name="limits">What it told of the model's limits, or null.</param>
        public void Passed(ModelLimits? limits = null) => gate.Started(this, passed: true, limits);

        /// <summary>The model limits us: nobody enters for a time; a longer one that already holds stays.</summary>
        public void Close(TimeSpan period) => gate.Close(period);

        /// <summary>It was refused because too many calls are open at once; the others are not held up by that.</summary>
        public void Refuse() => gate.Refuse();

        /// <summary>The request has ended, whatever came of it: when its answer never began, the next one goes ahead.</summary>
        public void Dispose() => gate.End(this);
    }
}
