using System.Collections.Concurrent;
using Microsoft.Extensions.AI;
using Planlane.Budgets;
using Planlane.Values;

namespace Planlane.Models;

/// <summary>Calls models: sends a request, puts its streamed answer together, and waits or replays when that can help.</summary>
/// <remarks>
/// Thread-safe; one for all agents, so that they share what is known of a model's limits. A try is replayed from its start, and nothing of a broken try
/// reaches the caller but activity.
/// </remarks>
/// <param name="client">What sends a request once. Not disposed of here.</param>
/// <param name="time">The clock of delays and measurements.</param>
/// <param name="random">Spreads delays; used under a lock.</param>
/// <param name="rules">What is retried; <see cref="RetryRules.Default"/> when null.</param>
public sealed class ModelCaller(IChatClient client, TimeProvider time, Random random, RetryRules? rules = null)
{
    private readonly ConcurrentDictionary<ModelId, ModelGate> _gates = new();
    private readonly RetryRules _rules = rules ?? RetryRules.Default;
    private readonly CircuitBreaker _breaker = new(rules ?? RetryRules.Default, time);

    /// <summary>Calls a model until it answers or nothing helps.</summary>
    /// <param name="request">What to send.</param>
    /// <param name="observe">Told of progress, on any thread; must be quick and must not throw. May be null.</param>
    /// <param name="cancellationToken">Ends the call and its connection.</param>
    /// <exception cref="ModelException">
    /// The model did not answer and no retry is left, or none would help; its usage is that of all the tries. After one that concerns the whole run (<see cref="ModelException.EndsRun"/>)
    /// every other call fails with the same and is not sent.
    /// </exception>
    public Task<ModelAnswer> CallAsync(ModelRequest request, Action<ModelActivity>? observe, CancellationToken cancellationToken) => CallAsync(request, observe, null, cancellationToken);

    internal async Task<ModelAnswer> CallAsync(ModelRequest request, Action<ModelActivity>? observe, CallMeter? meter, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        var gate = _gates.GetOrAdd(request.Model, _ => new ModelGate(time));
        var faults = new List<ModelException>();
        // What only waits ends when nothing may be sent any more; what is being paid for does not.
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _breaker.Tripped, meter?.Stopping ?? CancellationToken.None);
        while (true)
        {
            Task pause;
            using (var pass = await WaitAsync(() => gate.EnterAsync(meter?.InputTokens ?? 0, waiting.Token), cancellationToken))
            using (var turn = await WaitAsync(() => _breaker.EnterAsync(waiting.Token), cancellationToken))
            {
                try
                {
                    if (meter is not null)
                        await WaitAsync(async () => { await meter.BeginAsync(waiting.Token); return true; }, cancellationToken);
                    var answer = await TryAsync(request, pass, turn, observe, meter, cancellationToken);
                    return answer with { Total = time.GetElapsedTime(begun), Tries = faults.Count + 1, Lost = LostIn(faults) };
                }
                catch (ModelException fault) when (!fault.WasNotSent)
                {
                    var retry = Failed(fault, faults, pass, turn);
                    pause = fault is { Fault: ModelFault.RateLimited, IsOfCallsAtOnce: false } ? Task.CompletedTask : Task.Delay(retry, time, waiting.Token);
                    observe?.Invoke(new ModelActivity.Waiting(fault.Fault, retry));
                }
            }

            await WaitAsync(async () => { await pause; return true; }, cancellationToken);
        }
    }

    // How long to wait before the next try; throws when there is to be none.
    private TimeSpan Failed(ModelException fault, List<ModelException> faults, ModelGate.Pass pass, ModelGate.Pass turn)
    {
        var (rule, jitter) = (_rules.RuleOf(fault.Fault), Jitter());
        var retry = _rules.DelayBefore(fault, faults.Select(earlier => earlier.Fault), jitter);
        faults.Add(fault);
        if (fault.IsOfCallsAtOnce)
            pass.Refuse();
        else if (rule.Reach is FaultReach.Model)
            pass.Close(retry ?? fault.RetryAfter ?? TimeSpan.Zero);
        var isBroken = rule.Reach is FaultReach.Provider && retry is not null && _breaker.Failed(turn, rule.Retries, fault.RetryAfter, jitter);
        if (retry is { } delay && !isBroken)
            return delay;

        var last = fault.After(faults.Count, LostIn(faults));
        if (rule.EndsRun)
            _breaker.Trip(last);
        throw last;
    }

    // A wait that ends because another call's fault concerns all ends with that fault.
    private async Task<T> WaitAsync<T>(Func<Task<T>> wait, CancellationToken cancellationToken)
    {
        try
        {
            return await wait();
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            _breaker.ThrowIfTripped();
            throw;
        }
    }

    private async Task<ModelAnswer> TryAsync(
        ModelRequest request, ModelGate.Pass pass, ModelGate.Pass turn, Action<ModelActivity>? observe, CallMeter? meter, CancellationToken cancellationToken)
    {
        var sent = time.GetTimestamp();
        TimeSpan? first = null;
        var builder = new AnswerBuilder();
        Usage used = default;
        observe?.Invoke(new ModelActivity.Sent());
        try
        {
            _breaker.ThrowIfTripped();
            await foreach (var update in client.GetStreamingResponseAsync(ChatShapes.MessagesOf(request), ChatShapes.OptionsOf(request), cancellationToken))
            {
                if (first is null)
                {
                    first = time.GetElapsedTime(sent);
                    pass.Passed(update.AdditionalProperties?.GetValueOrDefault(ChatKeys.Limits) as ModelLimits);
                    _breaker.Answered(turn);
                    observe?.Invoke(new ModelActivity.FirstByte());
                }

                if (update.AdditionalProperties?.GetValueOrDefault(ChatKeys.UsageSoFar) is Usage soFar)
                    used = soFar;
                if (update.AdditionalProperties?.GetValueOrDefault(ChatKeys.HoldBack) is TimeSpan period)
                    pass.Close(period);
                Tell(update, observe);
                builder.Add(update);
            }

            var answer = builder.Build(request, first ?? TimeSpan.Zero)
                ?? throw new ModelException(ModelFault.CutStream, "The model's answer ended before its end.") { RequestId = builder.RequestId, Usage = used };
            // A refusal before any output is not billed.
            used = answer is { Stop: StopReason.Refusal, Usage.Output: 0 } ? default : answer.Usage;
            return answer;
        }
        catch (ModelException fault)
        {
            used = fault.Usage;
            throw;
        }
        finally
        {
            pass.Used = used;
            meter?.End(used);
        }
    }

    private static void Tell(ChatResponseUpdate update, Action<ModelActivity>? observe)
    {
        if (observe is null)
            return;
        if (update.AdditionalProperties?.GetValueOrDefault(ChatKeys.ToolStarted) is string tool)
            observe(new ModelActivity.ToolStarted(tool));
        foreach (var text in update.Contents.OfType<TextContent>())
            observe(new ModelActivity.Text(text.Text));
    }

    private static Usage LostIn(IEnumerable<ModelException> faults) => faults.Aggregate(default(Usage), (sum, fault) => sum + fault.Usage);

    private double Jitter()
    {
        lock (random)
            return random.NextDouble();
    }
}
