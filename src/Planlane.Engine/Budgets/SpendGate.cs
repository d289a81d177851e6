using System.Globalization;
using Planlane.Runs;

namespace Planlane.Budgets;

/// <summary>Lets the model calls of one run pass as its own budget and the shared caps cover them. Thread-safe.</summary>
/// <remarks>With any cap, what a call may cost at most is in the ledger before it is sent: a run that goes on after a kill finds there what was in flight.</remarks>
/// <param name="ledger">What all runs spend.</param>
public sealed class SpendGate(SpendLedger ledger)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _settled = NewSignal();
    private string? _name;
    private int _calls;
    private Cost _spent;
    private Cost _reserved;
    private Cost _lost;

    /// <summary>Waits until a call is covered by all caps, and reserves what it can cost at most. Settle it, whatever comes of it.</summary>
    /// <param name="inbox">The run.</param>
    /// <param name="most">What the call can cost at most.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="PlanlaneException">A cap does not cover it, even when all calls in flight have given back what they do not use.</exception>
    /// <exception cref="OperationCanceledException">The run stops or stands still.</exception>
    internal async Task<Reservation> ReserveAsync(RunInbox inbox, Cost most, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var state = inbox.State;
            // What stopped the run would meet this call too.
            if (state.Halt is not null)
                throw new OperationCanceledException();
            if (_name is null)
                await BeginAsync(state).ConfigureAwait(false);
            var (verdict, settled, call) = AskOwn(state, most);
            if (verdict is SpendVerdict.Granted)
            {
                if (state.Settings is { Budget: null, SharedBudgets.AreNone: true })
                    return new Reservation(most, null);
                verdict = await AskSharedAsync(call, state.Settings.SharedBudgets, most).ConfigureAwait(false);
                if (verdict is SpendVerdict.Granted)
                    return new Reservation(most, call);
            }

            if (verdict is SpendVerdict.Refused refused)
                throw BudgetRules.Exhausted(state, refused.Level).ToFault();
            await settled.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Books what a call cost; the rest of its reservation is free again.</summary>
    internal void Settle(Reservation reservation, Cost cost)
    {
        // First, so that whoever is woken finds it there.
        if (reservation.Call is { } call)
            ledger.Settle(call, cost);
        else
            ledger.Spend(cost);
        lock (_lock)
        {
            _spent += cost;
            _reserved -= reservation.Most;
            Signal();
        }
    }

    // An answer may be paid for and not in the journal, or not even paid for yet: whatever was begun and is not known counts in full.
    private async Task BeginAsync(RunState state)
    {
        var (settled, lost) = state.Settings.Budget is null ? default : await ledger.OfRunAsync(state.Id.Value).ConfigureAwait(false);
        lock (_lock)
        {
            if (_name is not null)
                return;
            var recorded = BudgetRules.Spent(state);
            (_spent, _lost) = (settled > recorded ? settled : recorded, lost);
            _name = string.Create(CultureInfo.InvariantCulture, $"{state.Id}/{state.Sequence}");
        }
    }

    // The run's own budget; what is granted is reserved at once, so that nobody else gets it meanwhile.
    private (SpendVerdict Verdict, Task Settled, string Call) AskOwn(RunState state, Cost most)
    {
        lock (_lock)
        {
            var verdict = SpendRules.Ask(state.Settings.Budget is { } budget ? [new SpendLevel(SpendScope.Run, budget, _spent, _reserved, _lost)] : [], most);
            if (verdict is SpendVerdict.Granted)
                _reserved += most;
            return (verdict, _settled.Task, string.Create(CultureInfo.InvariantCulture, $"{_name}/{++_calls}"));
        }
    }

    private async Task<SpendVerdict> AskSharedAsync(string call, SharedBudgets caps, Cost most)
    {
        SpendVerdict? verdict = null;
        try
        {
            return verdict = await ledger.ReserveAsync(call, caps, most).ConfigureAwait(false);
        }
        finally
        {
            if (verdict is not SpendVerdict.Granted)
                GiveBack(most, signal: verdict is not SpendVerdict.Wait);
        }
    }

    // Who has to wait for the shared caps waits for a call in flight; a signal of its own would only wake it again.
    private void GiveBack(Cost most, bool signal)
    {
        lock (_lock)
        {
            _reserved -= most;
            if (signal)
                Signal();
        }
    }

    private void Signal()
    {
        _settled.SetResult();
        _settled = NewSignal();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>What a call in flight may cost at most.</summary>
/// <param name="Most">The amount.</param>
/// <param name="Call">Its name in the shared ledger, or null when no cap is shared.</param>
internal sealed record Reservation(Cost Most, string? Call);
