using System.Threading.Channels;
using Planlane.Runs;

namespace Planlane.Budgets;

/// <summary>What runs of all processes spend, so that they keep to the caps that they share. Thread-safe; those who ask at once share one write.</summary>
/// <param name="place">The file.</param>
/// <param name="repository">The repository, by its git common directory.</param>
/// <param name="time">Tells the local date.</param>
public sealed class SpendLedger(SpendPlace place, string repository, TimeProvider time) : IAsyncDisposable
{
    private readonly SpendFile _file = new(place.Path);
    private readonly Channel<Asked> _asked = Channel.CreateUnbounded<Asked>(new UnboundedChannelOptions { SingleReader = true });
    private readonly HashSet<string> _own = [];
    private readonly Lock _lock = new();
    private Task? _writing;

    /// <summary>Asks for a call's worst case, and writes the reservation down when it is granted.</summary>
    /// <param name="call">Names the reservation; never used before.</param>
    /// <param name="caps">The caps that hold.</param>
    /// <param name="most">The worst case.</param>
    /// <exception cref="PlanlaneException">The ledger cannot be read or written, so that nobody knows what is spent.</exception>
    internal Task<SpendVerdict> ReserveAsync(string call, SharedBudgets caps, Cost most) => ReachAsync(book =>
    {
        var today = Today;
        var verdict = SpendRules.Ask(book.Levels(caps, place.Account, repository, today, _own.Contains), most);
        if (verdict is not SpendVerdict.Granted)
            return (verdict, null);
        _own.Add(call);
        return (verdict, new SpendLine { Day = today, Account = place.Account, Repository = repository, Call = call, Reserved = most.Usd });
    });

    private async Task<SpendVerdict> ReachAsync(Func<SpendBook, (SpendVerdict, SpendLine?)> what)
    {
        try
        {
            return await AskAsync(what).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new PlanlaneException(
                FaultKind.Failed,
                $"What runs have spent cannot be read or written, so the caps on money cannot be kept: {exception.Message}",
                $"Make {place.Path} writable, or take the caps away.",
                exception);
        }
    }

    /// <summary>What is known here of a run whose earlier process may have been killed: what its settled calls cost, and what those were to cost at most that nobody has settled.</summary>
    /// <param name="run">The run.</param>
    /// <exception cref="PlanlaneException">The ledger cannot be read or written.</exception>
    internal async Task<(Cost Settled, Cost Lost)> OfRunAsync(string run)
    {
        (Cost, Cost) known = default;
        await ReachAsync(book =>
        {
            known = book.OfRun(repository, run, _own.Contains);
            return (new SpendVerdict.Granted(), null);
        }).ConfigureAwait(false);
        return known;
    }

    /// <summary>Writes down what a reserved call cost; what it did not use is free again.</summary>
    internal void Settle(string call, Cost cost) => Post(_ =>
    {
        _own.Remove(call);
        return (new SpendVerdict.Granted(), new SpendLine { Call = call, Spent = cost.Usd });
    });

    /// <summary>Writes down what a call cost that reserved nothing, as no cap is shared.</summary>
    internal void Spend(Cost cost)
    {
        var today = Today;
        if (cost > Cost.Zero)
            Post(_ => (new SpendVerdict.Granted(), new SpendLine { Day = today, Account = place.Account, Repository = repository, Spent = cost.Usd }));
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _asked.Writer.TryComplete();
        if (Volatile.Read(ref _writing) is { } writing)
            await writing.ConfigureAwait(false);
    }

    private DateOnly Today => DateOnly.FromDateTime(time.GetLocalNow().DateTime);

    // Nobody waits for it. When it cannot be written, a reservation stays as it is, which is the safe side; without one no cap hangs on it.
    private void Post(Func<SpendBook, (SpendVerdict, SpendLine?)> what) =>
        _ = AskAsync(what).ContinueWith(failed => _ = failed.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);

    private Task<SpendVerdict> AskAsync(Func<SpendBook, (SpendVerdict, SpendLine?)> what)
    {
        var asked = new Asked(what, new TaskCompletionSource<SpendVerdict>(TaskCreationOptions.RunContinuationsAsynchronously));
        if (!_asked.Writer.TryWrite(asked))
            return Task.FromException<SpendVerdict>(new OperationCanceledException("The run has ended."));
        lock (_lock)
            _writing ??= Task.Run(WriteAsync);
        return asked.Answer.Task;
    }

    private async Task WriteAsync()
    {
        while (await _asked.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            var batch = new List<Asked>();
            while (_asked.Reader.TryRead(out var next))
                batch.Add(next);
            var verdicts = new List<SpendVerdict>();
            try
            {
                await _file.UpdateAsync(Today, book => Decide(book, batch, verdicts)).ConfigureAwait(false);
                foreach (var (asked, verdict) in batch.Zip(verdicts))
                    asked.Answer.TrySetResult(verdict);
            }
            catch (Exception exception)
            {
                // Whoever asked must not wait for ever, whatever went wrong.
                batch.ForEach(asked => asked.Answer.TrySetException(exception));
            }
        }
    }

    // Each is decided on the book as those before it leave it.
    private static List<SpendLine> Decide(SpendBook book, List<Asked> batch, List<SpendVerdict> verdicts)
    {
        var lines = new List<SpendLine>();
        foreach (var asked in batch)
        {
            var (verdict, line) = asked.What(book);
            verdicts.Add(verdict);
            if (line is null)
                continue;
            lines.Add(line);
            book.Add(line);
        }

        return lines;
    }

    private sealed record Asked(Func<SpendBook, (SpendVerdict, SpendLine?)> What, TaskCompletionSource<SpendVerdict> Answer);
}
