namespace Planlane.Models;

/// <summary>What all calls of one provider share: after some failures in a row everybody waits and one goes ahead; after a fault that no waiting helps, nobody sends anything more.</summary>
/// <remarks>Thread-safe. Once tripped it stays so: the run pauses, and a resumed one has a breaker of its own.</remarks>
internal sealed class CircuitBreaker(RetryRules rules, TimeProvider time)
{
    /// <summary>From so many failures in a row on, none of which was an answer, it opens.</summary>
    public const int Failures = 3;

    private readonly ModelGate _gate = new(time);
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _tripped = new();
    private ModelException? _final;
    private int _inARow;

    /// <summary>Cancelled when nothing may be sent any more.</summary>
    public CancellationToken Tripped => _tripped.Token;

    /// <summary>Waits until a request may be sent.</summary>
    /// <exception cref="ModelException">It has tripped: the fault that did it.</exception>
    public async Task<ModelGate.Pass> EnterAsync(CancellationToken cancellationToken)
    {
        ThrowIfTripped();
        return await _gate.EnterAsync(0, cancellationToken);
    }

    /// <summary>Nothing may be sent any more.</summary>
    /// <exception cref="ModelException">The fault that did it.</exception>
    public void ThrowIfTripped()
    {
        if (Volatile.Read(ref _final) is { } fault)
            throw fault.ForOthers();
    }

    /// <summary>An answer began.</summary>
    public void Answered(ModelGate.Pass pass)
    {
        lock (_lock)
            _inARow = 0;
        pass.Passed();
    }

    /// <summary>A try failed in a way that concerns all; whether those that went ahead have failed so often that nobody should try again.</summary>
    /// <param name="pass">Its pass.</param>
    /// <param name="retries">How often one may go ahead.</param>
    /// <param name="retryAfter">How long the vendor asks to wait, or null.</param>
    /// <param name="jitter">From 0 to 1.</param>
    public bool Failed(ModelGate.Pass pass, int retries, TimeSpan? retryAfter, double jitter)
    {
        TimeSpan period;
        lock (_lock)
        {
            // Those that were on their way when it opened say nothing new.
            if (pass.IsOld || ++_inARow < Failures)
                return false;
            if (_inARow >= Failures + retries)
                return true;
            period = retryAfter ?? rules.Delay(_inARow - Failures, jitter);
        }

        pass.Close(period);
        return false;
    }

    /// <summary>Ends all sending because of a fault; the first one counts.</summary>
    public void Trip(ModelException fault)
    {
        Interlocked.CompareExchange(ref _final, fault, null);
        _tripped.Cancel();
    }
}
