using Planlane.Requests;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Planning;

/// <summary>Makes the plan of a run of one agent, which asks no model.</summary>
/// <param name="survey">Knows the repository's commands.</param>
/// <param name="prover">Proves the plan.</param>
/// <param name="time">Tells the day whose prices hold.</param>
public sealed class SinglePlanner(RepositorySurvey survey, PlanProver prover, TimeProvider time)
{
    /// <summary>The plan, proven, as the event that gives it to a run.</summary>
    /// <param name="request">A request without problems.</param>
    /// <param name="settings">What the run may use.</param>
    /// <param name="start">Where it starts from.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="PlanlaneException">The rules refuse it; kind <see cref="FaultKind.Usage"/>.</exception>
    public async Task<PlanGiven> MakeAsync(RunRequest request, RunSettings settings, RunBase start, CancellationToken cancellationToken)
    {
        var day = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var checks = settings.Checks.Count > 0 ? settings.Checks : ChecksOf(await survey.CommandsAsync(start.Tree, cancellationToken).ConfigureAwait(false));
        var plan = SinglePlan.Of(request, settings, checks, day);
        var proof = await prover.ProveAsync(plan, request, settings, start, isFirstTry: false, cancellationToken).ConfigureAwait(false);
        if (!proof.Holds)
            throw new PlanlaneException(FaultKind.Usage, $"One agent cannot do this: {string.Join("; ", proof.Problems)}", "Mend what the message names, or put the request in other words.");
        return new PlanGiven(proof.Plan, SinglePlan.EstimateOf(proof.Plan, SinglePlan.SizeOf(request, settings, day))) { Notes = proof.Notes, Contracts = proof.Contracts, Verdict = proof.Verdict };
    }

    // The most telling toolchain's commands.
    private static ValueList<PlannedCheck> ChecksOf(ValueList<ProjectCommand> commands) => commands.Count == 0
        ? []
        : new[] { ("build", commands[0].Build), ("test", commands[0].Test) }.Where(check => check.Item2 is not null).Select(check => new PlannedCheck(check.Item1, check.Item2!)).ToValueList();
}
