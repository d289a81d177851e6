using Planlane.Agents;
using Planlane.Budgets;
using Planlane.Models;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Scheduling;

/// <summary>Keeps the agents' shared prefix in each model's prompt cache while agents are at work and others are still to begin: when nobody has used it for long, it is read by itself. Thread-safe.</summary>
/// <param name="models">The models.</param>
/// <param name="time">Tells how long nobody has used it.</param>
public sealed class PrefixKeeper(ModelDesk models, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ModelId, Use> _uses = [];
    private readonly List<Task> _keeping = [];
    private CancellationTokenSource? _stop;
    private RunInbox? _inbox;
    private int _atWork;

    /// <summary>An agent is at work until this is disposed of; with the last one the keeping ends.</summary>
    public IAsyncDisposable Begin(RunInbox inbox, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_atWork++ == 0)
                (_inbox, _stop) = (inbox, CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, inbox.Stopping));
        }

        return new Work(this);
    }

    /// <summary>A call that reads or writes the prefix is sent.</summary>
    /// <param name="request">The call.</param>
    /// <param name="model">The model that is asked.</param>
    /// <param name="agent">Whose call it is.</param>
    public void Used(ModelRequest request, ModelFacts model, AgentId agent)
    {
        lock (_lock)
        {
            var isKept = _uses.ContainsKey(model.Id);
            _uses[model.Id] = new Use(request, model, agent, time.GetTimestamp(), 0);
            if (!isKept && _stop is { IsCancellationRequested: false })
                _keeping.Add(KeepAsync(model.Id, _inbox!, _stop.Token));
        }
    }

    private async Task KeepAsync(ModelId model, RunInbox inbox, CancellationToken cancellationToken)
    {
        // Not within the caller's lock.
        await Task.Yield();
        try
        {
            while (LastUse(model) is { } use)
            {
                var left = PrefixRules.RenewAfter - time.GetElapsedTime(use.At);
                if (left > TimeSpan.Zero)
                    await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)), time, cancellationToken).ConfigureAwait(false);
                else if (RenewalRules.Pays(inbox.State, use.Model, use.InARow))
                    await RenewAsync(use, inbox, cancellationToken).ConfigureAwait(false);
                else
                    Forget(model, use);
            }
        }
        catch (OperationCanceledException)
        {
            // No agent is at work any more, or the run stops.
            Forget(model, null);
        }
        catch (PlanlaneException)
        {
            // Nothing hangs on it: who comes next writes the prefix anew. A fault that concerns all meets the agents themselves.
            Forget(model, null);
        }
    }

    private async Task RenewAsync(Use use, RunInbox inbox, CancellationToken cancellationToken)
    {
        var sent = time.GetTimestamp();
        var (_, call) = await models.CallAsync(AgentPrompt.Renewal(use.Request), use.Model, use.Agent, inbox, null, cancellationToken).ConfigureAwait(false);
        await inbox.PostAsync(new PrefixRenewed(call)).ConfigureAwait(false);
        lock (_lock)
        {
            if (_uses.TryGetValue(use.Model.Id, out var last) && last.At == use.At)
                _uses[use.Model.Id] = use with { At = sent, InARow = use.InARow + 1 };
        }
    }

    private Use? LastUse(ModelId model)
    {
        lock (_lock)
            return _uses.GetValueOrDefault(model);
    }

    // The next use begins anew; one that came meanwhile stays.
    private void Forget(ModelId model, Use? use)
    {
        lock (_lock)
        {
            if (use is null || (_uses.TryGetValue(model, out var last) && last == use))
                _uses.Remove(model);
        }
    }

    private async ValueTask EndAsync()
    {
        CancellationTokenSource stop;
        Task[] keeping;
        lock (_lock)
        {
            if (--_atWork > 0)
                return;
            (stop, keeping) = (_stop!, [.. _keeping]);
            _keeping.Clear();
            _stop = null;
        }

        await stop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(keeping).ConfigureAwait(false);
        stop.Dispose();
    }

    private sealed record Use(ModelRequest Request, ModelFacts Model, AgentId Agent, long At, int InARow);

    private sealed class Work(PrefixKeeper keeper) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => keeper.EndAsync();
    }
}
