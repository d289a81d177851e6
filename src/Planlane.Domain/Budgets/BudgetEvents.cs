using Planlane.Runs;

namespace Planlane.Budgets;

/// <summary>A call brought no answer that counts after tokens were reported, as it failed for good or the other call of a hedged turn was faster: they are probably billed, so they count.</summary>
/// <param name="Call">What it used.</param>
[WireName("call.lost")]
public sealed record CallLost(ModelCall Call) : RunEvent
{
    /// <inheritdoc />
    internal override RunState ApplyTo(RunState state) => state with { Calls = state.Calls.Add(Call) };
}
