namespace Catalog.Caching;

/// <summary>Decides whether a failing cache is worth another try; safe for concurrent use.</summary>
public sealed class CacheCircuit(CacheOptions options, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private int _failures;
    private long _restingSince;

    /// <summary>Whether the cache is left alone, apart from the trials.</summary>
    public bool IsOpen
    {
        get
        {
            lock (_gate)
                return _failures >= options.FailureThreshold;
        }
    }

    /// <summary>Whether a call may use the cache. In an open circuit that is one call for each cool-down.</summary>
    public bool TryEnter()
    {
        lock (_gate)
        {
            if (_failures < options.FailureThreshold)
                return true;
            if (clock.GetElapsedTime(_restingSince) < options.CoolDown)
                return false;

            // The next cool-down starts with the trial, so a trial that never reports cannot block the ones after it.
            _restingSince = clock.GetTimestamp();
            return true;
        }
    }

    public void RecordSuccess()
    {
        lock (_gate)
            _failures = 0;
    }

    public void RecordFailure()
    {
        lock (_gate)
        {
            _failures = Math.Min(_failures + 1, options.FailureThreshold);
            _restingSince = clock.GetTimestamp();
        }
    }
}
