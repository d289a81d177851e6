using Microsoft.Extensions.AI;
using Planlane.Approval;
using Planlane.Budgets;
using Planlane.Hosting;
using Planlane.Planning;
using Planlane.Requests;
using Planlane.Reviews;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Testing;

/// <summary>Runs whole runs in a real repository on a model of one's own; decisions are taken by functions.</summary>
/// <param name="repository">The repository.</param>
/// <param name="model">The model.</param>
/// <param name="time">The clock; the system's when null.</param>
public sealed class RunHarness(TempRepository repository, IChatClient model, TimeProvider? time = null)
{
    /// <summary>Two models with prices that are easy to reckon with; the work is divided however small it is, as plans of tests mostly are.</summary>
    public static RunSettings Settings { get; } = new(Facts("test-planner", "Planner", 3, 15), Facts("test-agent", "Agent", 1, 5), Mode: RunMode.Forced)
    {
        Models = [Facts("test-planner", "Planner", 3, 15), Facts("test-agent", "Agent", 1, 5)],
    };

    /// <summary>Where it is written down what runs spend; a file of the repository's own when null.</summary>
    public SpendPlace? Spending { get; init; }

    /// <summary>The run that each request follows, or null.</summary>
    public RunId? After { get; init; }

    /// <summary>What to say to a plan; approves by default.</summary>
    public Func<RunState, PlanDecision?> OnPlan { get; init; } = _ => new PlanDecision.Approved();

    /// <summary>What to say to the work; approves by default.</summary>
    public Func<RunState, ReviewDecision?> OnReview { get; init; } = _ => new ReviewDecision.Approved([]);

    /// <summary>What to say to the work after a look at it, in place of <see cref="OnReview"/>; null to use that.</summary>
    public Func<RunState, ReviewDoor, Task<ReviewDecision?>>? Reviewing { get; init; }

    /// <summary>Opens the service on the repository.</summary>
    public Task<RunService> OpenAsync(CancellationToken cancellationToken) => RunService.OpenAsync(
        repository.Folder,
        new EngineOptions { Seed = 1, Models = () => model, Time = time ?? TimeProvider.System, Spending = Spending },
        cancellationToken);

    /// <summary>Starts a run and goes on until it has ended, stands still, or waits for a decision that nobody takes.</summary>
    public async Task<RunState> RunAsync(string request, RunSettings? settings = null, PlanFile? plan = null, CancellationToken cancellationToken = default)
    {
        var service = await OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var run = await service.StartAsync(RequestText.Parse(request) with { After = After }, settings ?? Settings, plan, cancellationToken).ConfigureAwait(false);
        return await DriveAsync(service, run, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Goes on with a run.</summary>
    public Task<RunState> ResumeAsync(RunId id, Cost? budget = null, CancellationToken cancellationToken = default) => ResumeAsync(new RunResumed(budget), id, cancellationToken);

    /// <summary>Goes on with a run, with what is said otherwise from now on.</summary>
    public async Task<RunState> ResumeAsync(RunResumed resumed, RunId id, CancellationToken cancellationToken)
    {
        var service = await OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var run = await service.ResumeAsync(resumed, id, cancellationToken).ConfigureAwait(false);
        return await DriveAsync(service, run, cancellationToken).ConfigureAwait(false);
    }

    private async Task<RunState> DriveAsync(RunService service, ActiveRun run, CancellationToken cancellationToken)
    {
        await foreach (var update in run.Updates.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            // An update may be older than the state; only the newest says whom the run waits for.
            if (update.State.Sequence != run.State.Sequence)
                continue;
            if (update.State.Waiting is RunWait.PlanDecision)
            {
                if (OnPlan(update.State) is not { } decision)
                    return update.State;
                await run.DecideAsync(decision, "user").ConfigureAwait(false);
            }
            else if (update.State.Waiting is RunWait.ReviewDecision)
            {
                if (await ReviewAsync(service, update.State).ConfigureAwait(false) is not { } decision)
                    return update.State;
                await run.DecideAsync(decision, "user").ConfigureAwait(false);
            }
        }

        return await run.Completion.ConfigureAwait(false);
    }

    private async Task<ReviewDecision?> ReviewAsync(RunService service, RunState state)
    {
        if (Reviewing is null)
            return OnReview(state);
        await using var door = service.OpenReviews();
        return await Reviewing(state, door).ConfigureAwait(false);
    }

    private static ModelFacts Facts(string id, string family, decimal input, decimal output) => new(
        new ModelId(id),
        family,
        [new ModelPrice(new DateOnly(2026, 1, 1), input, output, input / 10, input * 1.25m, input * 2)],
        200_000,
        64_000,
        4_096,
        100,
        1);
}
