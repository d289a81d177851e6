using Planlane.Budgets;

namespace Planlane.Simulator.Caching;

/// <summary>The prompt cache of the Messages API: explicit breakpoints, a look-back of 20 blocks, lifetimes that each use renews.</summary>
/// <remarks>
/// Thread-safe. Rules after the vendor's page on prompt caching (read November 2026): entries are written at breakpoints only; a breakpoint looks
/// for earlier entries at its own block and the 19 before it, then the next breakpoint towards the start does; an entry can be
/// read only from the first byte of the response that writes it.
/// </remarks>
/// <param name="time">Tells when an entry dies.</param>
public sealed class PromptCache(TimeProvider time)
{
    private const int LookBack = 20;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _entries = [];

    /// <summary>What a prompt reads now and would write; renews the lifetime of what is read. Nothing is written before <see cref="Write"/>.</summary>
    public CacheUse Look(Prompt prompt)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            var breakpoints = Breakpoints(prompt);
            var hit = breakpoints.Select(at => Hit(prompt, at, now)).FirstOrDefault(found => found >= 0, -1);
            if (hit >= 0)
                Renew(prompt.KeyThrough(hit), now);
            foreach (var at in breakpoints.Where(at => at < hit))
                Renew(prompt.KeyThrough(at), now);
            return new CacheUse(prompt, hit, breakpoints, UsageOf(prompt, hit, breakpoints));
        }
    }

    /// <summary>Makes what a look found to write readable for others; to be called when the first byte of the response is sent.</summary>
    public void Write(CacheUse use)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            foreach (var at in use.Breakpoints)
            {
                var key = use.Prompt.KeyThrough(at);
                if (!Alive(key, now))
                    _entries[key] = new Entry(Span(use.Prompt.Blocks[at].Breakpoint!.Value), now);
            }
        }
    }

    // From the last to the first, as the search goes; those below the minimum are as if they were not there.
    private static int[] Breakpoints(Prompt prompt) =>
        [.. Enumerable.Range(0, prompt.Blocks.Count).Reverse()
            .Where(at => prompt.Blocks[at].Breakpoint is not null && prompt.TokensThrough(at) >= prompt.MinimumTokens)];

    private static Usage UsageOf(Prompt prompt, int hit, int[] breakpoints)
    {
        if (breakpoints.Length == 0)
            return new Usage(prompt.Tokens, 0, 0, 0);

        var read = prompt.TokensThrough(hit);
        var last = prompt.TokensThrough(breakpoints[0]);
        var lastLong = breakpoints.FirstOrDefault(at => prompt.Blocks[at].Breakpoint == CacheLifetime.OneHour, -1);
        var throughLong = Math.Max(read, prompt.TokensThrough(lastLong));
        return new Usage(prompt.Tokens - Math.Max(last, read), 0, read, Math.Max(0, last - throughLong), throughLong - read);
    }

    private static TimeSpan Span(CacheLifetime lifetime) => lifetime == CacheLifetime.OneHour ? TimeSpan.FromHours(1) : TimeSpan.FromMinutes(5);

    private int Hit(Prompt prompt, int breakpoint, DateTimeOffset now)
    {
        for (var at = breakpoint; at > breakpoint - LookBack && at >= 0; at--)
        {
            if (Alive(prompt.KeyThrough(at), now))
                return at;
        }

        return -1;
    }

    private bool Alive(string key, DateTimeOffset now) => _entries.TryGetValue(key, out var entry) && now < entry.UsedAt + entry.Lifetime;

    private void Renew(string key, DateTimeOffset now)
    {
        if (Alive(key, now))
            _entries[key] = _entries[key] with { UsedAt = now };
    }

    private sealed record Entry(TimeSpan Lifetime, DateTimeOffset UsedAt);
}

/// <summary>What one request reads from the prompt cache and writes to it.</summary>
/// <param name="Prompt">The prompt that was looked up.</param>
/// <param name="Hit">The last block that is read from the cache; -1 for none.</param>
/// <param name="Breakpoints">The breakpoints that count, from the last to the first block.</param>
/// <param name="Usage">The input tokens by kind; no output yet.</param>
public sealed record CacheUse(Prompt Prompt, int Hit, IReadOnlyList<int> Breakpoints, Usage Usage);
