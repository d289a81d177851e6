namespace Planlane.Models;

/// <summary>Where all callers of one model wait when it limits one of them; afterwards one goes ahead, and the others follow when its answer begins.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class ModelGate(TimeProvider time)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _changed = NewSignal();
    private Task _open = Task.CompletedTask;
    private bool _mustTest;
    private Pass? _ahead;

    /// <summary>Waits until a request may be sent; dispose of the pass when it has been.</summary>
    public async Task<Pass> EnterAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Task obstacle;
            lock (_lock)
            {
                if (_open.IsCompleted && _ahead is null)
                {
                    var pass = new Pass(this);
                    _ahead = _mustTest ? pass : null;
                    return pass;
                }
                obstacle = _open.IsCompleted ? _changed.Task : _open;
            }
            await obstacle.WaitAsync(cancellationToken);
        }
    }

    private void Close(TimeSpan period)
    {
        lock (_lock)
        {
            _open = Task.WhenAll(_open, Task.Delay(period, time));
            _mustTest = true;
            _ahead = null;
            Signal();
        }
    }

    private void Settle(Pass pass, bool passed)
    {
        lock (_lock)
        {
            if (_ahead != pass)
                return;
            _ahead = null;
            _mustTest &= !passed;
            Signal();
        }
    }

    private void Signal()
    {
        _changed.SetResult();
        _changed = NewSignal();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The right to send one request.</summary>
    internal sealed class Pass(ModelGate gate) : IDisposable
    {
        /// <summary>The answer began: whoever waits for this one may follow.</summary>
        public void Passed() => gate.Settle(this, passed: true);

        /// <summary>The model limits us: nobody enters for a time; a longer one that already holds stays.</summary>
        public void Close(TimeSpan period) => gate.Close(period);

        /// <summary>Done, whatever came of it: when the answer never began, the next one goes ahead.</summary>
        public void Dispose() => gate.Settle(this, passed: false);
    }
}
