using Planlane.Agents;
using Planlane.Budgets;
using Planlane.Runs;

namespace Planlane.Planning;

/// <summary>The agents' model was asked whether the request should be divided. A no ends the run; whatever else came of it, it is not asked again.</summary>
/// <param name="Text">The answer as it came; empty when none did.</param>
/// <param name="Stop">Why it ended; null when no answer came.</param>
/// <param name="Verdict">What it says.</param>
/// <param name="Call">What it used; null when no answer came.</param>
[WireName("request.triaged")]
public sealed record RequestTriaged(string Text, AnswerStop? Stop, TriageVerdict Verdict, ModelCall? Call) : RunEvent
{
    /// <inheritdoc />
    internal override RunState ApplyTo(RunState state)
    {
        var asked = state with { Triage = Verdict, Calls = Call is null ? state.Calls : state.Calls.Add(Call) };
        return Verdict.Divide is not TriageAnswer.No ? asked : asked with
        {
            PlanOrder = null,
            Verdict = new SuitabilityVerdict(false, [Verdict.Reason]),
            End = state.End ?? new RunEnd(RunOutcome.Unsuitable, Verdict.Reason),
        };
    }
}
