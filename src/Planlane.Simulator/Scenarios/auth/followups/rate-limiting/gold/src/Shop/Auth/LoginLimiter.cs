using System.Collections.Concurrent;

namespace Shop.Auth;

/// <summary>Lets so many attempts of a key through within a sliding window.</summary>
public sealed class LoginLimiter : ILoginLimiter
{
    private readonly ConcurrentDictionary<string, Queue<DateTimeOffset>> _attempts = new(StringComparer.Ordinal);
    private readonly LoginLimits _limits;
    private readonly TimeProvider _clock;

    public LoginLimiter(LoginLimits limits, TimeProvider clock)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limits.Attempts, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(limits.Window, TimeSpan.Zero);
        (_limits, _clock) = (limits, clock);
    }

    public bool TryEnter(string key)
    {
        var attempts = _attempts.GetOrAdd(key, _ => new Queue<DateTimeOffset>());
        // Of attempts at the same instant no more may come through than of those one after another.
        lock (attempts)
        {
            var now = _clock.GetUtcNow();
            while (attempts.TryPeek(out var oldest) && oldest <= now - _limits.Window)
                attempts.Dequeue();
            if (attempts.Count >= _limits.Attempts)
                return false;
            attempts.Enqueue(now);
            return true;
        }
    }

    public void Reset(string key) => _attempts.TryRemove(key, out _);
}
