using Planlane.Budgets;
using Planlane.Git;
using Planlane.Requests;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Planning;

/// <summary>Makes the plan of a run of one agent, which asks no model.</summary>
/// <param name="repository">The repository.</param>
/// <param name="time">Tells the day whose prices hold.</param>
public sealed class SinglePlanner(GitRepository repository, TimeProvider time)
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
        var files = await repository.ListTreeAsync(start.Tree, cancellationToken).ConfigureAwait(false);
        var plan = SinglePlan.Of(request, settings, settings.Checks.Count > 0 ? settings.Checks : ChecksOf(files.Keys), day);
        var proof = await new PlanProver(repository).ProveAsync(plan, request, settings, start, cancellationToken).ConfigureAwait(false);
        if (!proof.Holds)
            throw new PlanlaneException(FaultKind.Usage, $"One agent cannot do this: {string.Join("; ", proof.Problems)}", "Mend what the message names, or put the request in other words.");
        return new PlanGiven(proof.Plan, EstimateOf(proof.Plan, request, settings, files, day)) { Notes = proof.Notes, Contracts = proof.Contracts, Verdict = proof.Verdict };
    }

    // What one agent alone costs is here not what the plan is compared with but what it is: from half of the rule of thumb to twice as much.
    private PlanEstimate EstimateOf(Plan plan, RunRequest request, RunSettings settings, IReadOnlyDictionary<RepoPath, TreeEntry> files, DateOnly day)
    {
        var size = SinglePlan.SizeOf(request, settings, day);
        return Planner.EstimateOf(plan, settings, Cost.Zero, files, time) with
        {
            Low = new Cost(size.Cost.Usd / 2),
            High = new Cost(size.Cost.Usd * 2),
            MinutesLow = size.Seconds / 120,
            MinutesHigh = size.Seconds / 30,
            Alone = size,
        };
    }

    // The most telling toolchain's commands: "build; test", or the test alone.
    private static ValueList<PlannedCheck> ChecksOf(IEnumerable<RepoPath> files)
    {
        if (ProjectCommands.Of(files).FirstOrDefault() is not { } line)
            return [];
        var commands = line[(line.IndexOf(": ", StringComparison.Ordinal) + 2)..].Split(" (")[0].Split("; ");
        return commands.Length == 1
            ? [new PlannedCheck("test", commands[0])]
            : [new PlannedCheck("build", commands[0]), new PlannedCheck("test", commands[1])];
    }
}
