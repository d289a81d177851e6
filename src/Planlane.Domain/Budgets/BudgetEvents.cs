using Planlane.Runs;

namespace Planlane.Budgets;

/// <summary>A call failed for good after tokens were reported: they are probably billed, so they count.</summary>
/// <param name="Call">What it used.</param>
[WireName("call.lost")]
public sealed record CallLost(ModelCall Call) : RunEvent
{
    /// <inheritdoc />
    internal override RunState ApplyTo(RunState state) => state with { Calls = state.Calls.Add(Call) };
}
