using Planlane.Budgets;
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
    /// <param name="observe">Told of progress; may be null.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ModelException">The model did not answer.</exception>
    public async Task<(ModelAnswer Answer, ModelCall Call)> CallAsync(
        ModelRequest request, ModelFacts model, AgentId? agent, Action<ModelActivity>? observe, CancellationToken cancellationToken)
    {
        var answer = await caller.CallAsync(request, observe, cancellationToken).ConfigureAwait(false);
        var usage = answer.Usage + answer.Lost;
        var cost = model.PriceOn(DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime)).Of(usage);
        return (answer, new ModelCall(model.Id, agent, usage, cost, answer.FirstByte.TotalSeconds, answer.Total.TotalSeconds));
    }
}
