using System.Diagnostics;
using Planlane.Budgets;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Models;

/// <summary>Where phases call models: each answer comes back with what it used and cost. Thread-safe.</summary>
/// <param name="caller">Sends requests.</param>
/// <param name="spending">Keeps them within the caps on money.</param>
/// <param name="time">Tells the day whose prices hold.</param>
public sealed class ModelDesk(ModelCaller caller, SpendGate spending, TimeProvider time)
{
    /// <summary>Calls a model.</summary>
    /// <param name="request">What to send.</param>
    /// <param name="model">The facts of the model that is asked.</param>
    /// <param name="agent">For whom, or null for the planner.</param>
    /// <param name="inbox">The run, which books the tokens of a call that fails.</param>
    /// <param name="observe">Told of progress; may be null.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ModelException">The model did not answer.</exception>
    /// <exception cref="PlanlaneException">A cap on money does not cover the call; it was not sent.</exception>
    public async Task<(ModelAnswer Answer, ModelCall Call)> CallAsync(
        ModelRequest request, ModelFacts model, AgentId? agent, RunInbox inbox, Action<ModelActivity>? observe, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        var meter = new CallMeter(spending, inbox, model, request.MaxOutputTokens, TokensOf(request), IsLong(request), time);
        try
        {
            var answer = await caller.CallAsync(request, observe, meter, cancellationToken).ConfigureAwait(false);
            return (answer, new ModelCall(model.Id, agent, meter.Usage, meter.Cost, answer.FirstByte.TotalSeconds, answer.Total.TotalSeconds) { Prefix = agent is null ? null : answer.Prefix });
        }
        catch (Exception exception) when (meter.Usage.Total > 0 && exception is PlanlaneException or OperationCanceledException)
        {
            // A run that is stopped at once takes no more events; the ledger of spending has the cost all the same.
            await ((Task)inbox.PostAsync(new CallLost(new ModelCall(model.Id, agent, meter.Usage, meter.Cost, 0, time.GetElapsedTime(begun).TotalSeconds))))
                .ConfigureAwait(exception is OperationCanceledException ? ConfigureAwaitOptions.SuppressThrowing : ConfigureAwaitOptions.None);
            throw;
        }
    }

    private static bool IsLong(ModelRequest request) => request.Messages.Any(message => message.Blocks.Any(block => block.Cache is CacheLifetime.OneHour));

    /// <summary>Estimated tokens of a request.</summary>
    public static int TokensOf(ModelRequest request) => request.System.Sum(block => TokenCount.Of(block.Value))
        + request.Tools.Sum(tool => TokenCount.Of(tool.Description + tool.InputSchema))
        + request.Messages.SelectMany(message => message.Blocks).Sum(block => TokenCount.Of(block switch
        {
            ModelBlock.Text text => text.Value,
            ModelBlock.Thinking thinking => thinking.Signature,
            ModelBlock.ToolCall call => call.Arguments,
            ModelBlock.ToolResult result => result.Content,
            _ => throw new UnreachableException(),
        }));
}
