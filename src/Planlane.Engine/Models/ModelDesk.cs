using System.Diagnostics;
using Planlane.Budgets;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Models;

/// <summary>Where phases call models: each answer comes back with what it used and cost. Thread-safe.</summary>
/// <param name="caller">Sends requests.</param>
/// <param name="time">Tells the day whose prices hold.</param>
public sealed class ModelDesk(ModelCaller caller, TimeProvider time)
{
    /// <summary>Calls a model.</summary>
    /// <param name="request">What to send.</param>
    /// <param name="model">The facts of the model that is asked.</param>
    /// <param name="agent">For whom, or null for the planner.</param>
    /// <param name="inbox">The run, which books the tokens of a call that fails.</param>
    /// <param name="observe">Told of progress; may be null.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ModelException">The model did not answer.</exception>
    public async Task<(ModelAnswer Answer, ModelCall Call)> CallAsync(
        ModelRequest request, ModelFacts model, AgentId? agent, RunInbox inbox, Action<ModelActivity>? observe, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        try
        {
            var answer = await caller.CallAsync(request, observe, cancellationToken).ConfigureAwait(false);
            var cost = CostOf(model, answer.Usage) + CostOf(model, answer.Lost);
            return (answer, new ModelCall(model.Id, agent, answer.Usage + answer.Lost, cost, answer.FirstByte.TotalSeconds, answer.Total.TotalSeconds));
        }
        catch (ModelException exception) when (exception.Usage.Total > 0)
        {
            await inbox.PostAsync(new CallLost(new ModelCall(model.Id, agent, exception.Usage, CostOf(model, exception.Usage), 0, time.GetElapsedTime(begun).TotalSeconds))).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>What a call that was given up counts: what the API had told of it. Null when that is nothing.</summary>
    public ModelCall? GivenUp(ModelFacts model, AgentId? agent, Usage told, TimeSpan took) =>
        told.Total == 0 ? null : new ModelCall(model.Id, agent, told, CostOf(model, told), 0, took.TotalSeconds);

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

    private Cost CostOf(ModelFacts model, Usage usage) => model.CostOf(usage, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime));
}
