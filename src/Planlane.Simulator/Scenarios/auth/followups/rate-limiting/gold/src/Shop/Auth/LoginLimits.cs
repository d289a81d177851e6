namespace Shop.Auth;

/// <param name="Attempts">How many logins of one key are let through within the window; at least 1.</param>
/// <param name="Window">How long an attempt counts.</param>
public sealed record LoginLimits(int Attempts, TimeSpan Window)
{
    public static LoginLimits Default { get; } = new(5, TimeSpan.FromMinutes(15));
}

/// <summary>Counts logins by key, such as an e-mail address. Thread-safe.</summary>
public interface ILoginLimiter
{
    /// <summary>Counts an attempt; false when it is one too many, which does not count.</summary>
    bool TryEnter(string key);

    /// <summary>Forgets the attempts of a key.</summary>
    void Reset(string key);
}
