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

    /// <summary>Calls a model until it answers or nothing helps.</summary>
    /// <param name="request">What to send.</param>
    /// <param name="observe">Told of progress, on any thread; must be quick and must not throw. May be null.</param>
    /// <param name="cancellationToken">Ends the call and its connection.</param>
    /// <exception cref="ModelException">The model did not answer and no retry is left, or none would help; its usage is that of all the tries.</exception>
    public async Task<ModelAnswer> CallAsync(ModelRequest request, Action<ModelActivity>? observe, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        var gate = _gates.GetOrAdd(request.Model, _ => new ModelGate(time));
        var faults = new List<ModelException>();
        while (true)
        {
            Task pause;
            using (var pass = await gate.EnterAsync(cancellationToken))
            {
                try
                {
                    var answer = await TryAsync(request, pass, observe, cancellationToken);
                    return answer with { Total = time.GetElapsedTime(begun), Tries = faults.Count + 1, Lost = LostIn(faults) };
                }
                catch (ModelException fault)
                {
                    var retry = _rules.DelayBefore(fault, faults.Select(earlier => earlier.Fault), Jitter());
                    faults.Add(fault);
                    if (fault.Fault == ModelFault.RateLimited)
                        pass.Close(retry ?? fault.RetryAfter ?? TimeSpan.Zero);
                    if (retry is null)
                        throw fault.After(faults.Count, LostIn(faults));
                    pause = fault.Fault == ModelFault.RateLimited ? Task.CompletedTask : Task.Delay(retry.Value, time, cancellationToken);
                    observe?.Invoke(new ModelActivity.Waiting(fault.Fault, retry.Value) { Lost = fault.Usage });
                }
            }
            await pause;
        }
    }

    private async Task<ModelAnswer> TryAsync(ModelRequest request, ModelGate.Pass pass, Action<ModelActivity>? observe, CancellationToken cancellationToken)
    {
        var sent = time.GetTimestamp();
        TimeSpan? first = null;
        var answer = new AnswerBuilder();
        observe?.Invoke(new ModelActivity.Sent());
        await foreach (var update in client.GetStreamingResponseAsync(ChatShapes.MessagesOf(request), ChatShapes.OptionsOf(request), cancellationToken))
        {
            if (first is null)
            {
                first = time.GetElapsedTime(sent);
                pass.Passed();
                observe?.Invoke(new ModelActivity.FirstByte(update.AdditionalProperties?.GetValueOrDefault(ChatKeys.Told) is Usage told ? told : default));
            }
            if (update.AdditionalProperties?.GetValueOrDefault(ChatKeys.HoldBack) is TimeSpan period)
                pass.Close(period);
            Tell(update, observe);
            answer.Add(update);
        }
        return answer.Build(request, first ?? TimeSpan.Zero)
            ?? throw new ModelException(ModelFault.CutStream, "The model's answer ended before its end.") { RequestId = answer.RequestId };
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
