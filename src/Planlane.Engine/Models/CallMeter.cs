using Planlane.Budgets;
using Planlane.Runs;

namespace Planlane.Models;

/// <summary>Takes the money for one call: each try reserves its worst case before it is sent and gives back what it did not use; tries that broke are priced each for itself.</summary>
/// <remarks>For one call at a time.</remarks>
internal sealed class CallMeter(SpendGate spending, RunInbox inbox, ModelFacts model, int answerTokens, int inputTokens, bool isLong, TimeProvider time)
{
    private Reservation? _reserved;
    private DateOnly _day;

    /// <summary>The tokens of all tries that have ended, as they are billed.</summary>
    public Usage Usage { get; private set; }

    /// <summary>What they cost.</summary>
    public Cost Cost { get; private set; }

    /// <summary>Estimated tokens of the prompt.</summary>
    public int InputTokens => inputTokens;

    /// <summary>Cancelled when no try may be begun any more.</summary>
    public CancellationToken Stopping => inbox.Stopping;

    /// <summary>Waits until a try is covered by all caps, and reserves its worst case.</summary>
    /// <exception cref="PlanlaneException">A cap does not cover it.</exception>
    /// <exception cref="OperationCanceledException">The run stops.</exception>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        _reserved = await spending.ReserveAsync(inbox, BudgetRules.MostOf(model, Today, answerTokens, inputTokens, isLong), cancellationToken).ConfigureAwait(false);
        // Midnight may have passed while it waited.
        _day = Today;
    }

    /// <summary>A try has ended.</summary>
    /// <param name="usage">What is billed of it, as far as it is known.</param>
    public void End(Usage usage)
    {
        var cost = model.CostOf(usage, _day);
        (Usage, Cost) = (Usage + usage, Cost + cost);
        if (_reserved is { } reserved)
            spending.Settle(reserved, cost);
        _reserved = null;
    }

    private DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
}
