using System.Collections.Concurrent;
using CsCheck;
using Planlane.Agents;
using Planlane.Approval;
using Planlane.Budgets;
using Planlane.Commits;
using Planlane.Planning;
using Planlane.Requests;
using Planlane.Reviews;
using Planlane.Scheduling;
using Planlane.Values;

namespace Planlane.Runs;

public sealed class RunDeciderTests
{
    private static readonly Gen<Plan> Plans = Gen.Select(Gen.Int[0, 63], Gen.Bool, Gen.Bool).Array[1, 5].Select(tasks => Some.Plan([.. tasks.Select((task, index) => Some.Task(
        $"t{index}",
        after: [.. Enumerable.Range(0, index).Where(earlier => (task.Item1 >> earlier & 1) == 1).Select(earlier => $"t{earlier}")],
        check: task.Item2 ? "dotnet build" : null) with { Model = task.Item3 ? Some.Sonnet.Id : null })]));

    private static readonly Gen<RunSettings> Settings = Gen.Select(Gen.Int[1, 4], Gen.Int[0, 30], Gen.Int[0, 2]).Select((slots, dimes, repairs) =>
        Some.Settings with { Slots = slots, MaxRepairs = repairs, MaxTurns = 6, Budget = dimes < 10 ? null : new Cost(dimes / 10m), Triages = dimes % 2 == 1 });

    private static readonly Gen<RunSimulation> Simulations = Gen.Select(Plans, Settings, Gen.Int[0, 1_000_000].Array[0, 300], Gen.Bool)
        .Select((plan, settings, choices, cached) => new RunSimulation(plan, settings, choices, cached ? 5_000 : 0));

    [Fact]
    public void Next_AnyRun_NamesNoRunningStepAndNothingWhileItWaitsOrAfterTheEnd() => Always((_, _, state) =>
    {
        var next = RunDecider.Next(state).Select(step => step.Id).ToList();
        Assert.Equal(next.Distinct(), next);
        Assert.DoesNotContain(next, step => state.Running.Contains(step));
        Assert.True(next.Count == 0 || (state.End is null && state.Halt is null && state.Waiting is RunWait.Nobody));
    });

    [Fact]
    public void Next_AnyRun_KeepsSlotsDependenciesAndTheColdPrefix() => Always((before, happened, state) =>
    {
        Assert.True(Attempts(state).Count <= state.Settings.Slots, $"{state.Running}");
        if (happened is not StepBegun { Step: var step } || !step.Value.StartsWith("attempt:"))
            return;
        var task = before.Task(new(step.Value.Split(':')[1]));
        Assert.True(task.Turns.Count > 0 || task.Task.DependsOn.All(id => before.Task(id).IsComplete), $"{task.Id} has begun too early.");
        var model = BudgetRules.ModelOf(before, task);
        Assert.True(
            before.PrefixOf(model) is not (PrefixState.Cold or PrefixState.Expired)
                || before.Tasks.Where(before.IsRunning).All(other => BudgetRules.ModelOf(before, other).Id != model.Id || (before.PrefixOf(model) is PrefixState.Expired && other.CurrentTurns.Any())),
            $"{task.Id} has not waited for the prefix.");
        Assert.DoesNotContain(Attempts(before), running => running.Value.StartsWith($"attempt:{task.Id}:"));
    });

    [Fact]
    public void Apply_AnyRun_LanesNeverOverlap() => Always((_, happened, state) =>
    {
        if (happened is FileRequested)
            Assert.All(state.Tasks, left => Assert.All(state.Tasks.Where(right => right.Id != left.Id), right => Assert.DoesNotContain(left.Lane.Paths, a => right.Lane.Paths.Any(b => a.Intersects(b)))));
    });

    [Fact]
    public void Apply_AnyRun_NeverSpendsMoreThanTheBudget() => Always((_, _, state) =>
        Assert.False(state.Settings.Budget is { } budget && BudgetRules.Spent(state) > budget, $"{BudgetRules.Spent(state)} of {state.Settings.Budget}"));

    [Fact]
    public void Apply_AnyRun_StaysEndedAsItEnded() => Always((before, happened, state) =>
        Assert.True(before.End is null || before.End == state.End || happened is ChangesLanded, $"{happened} changed {before.End} to {state.End}"));

    [Fact]
    public void StandsStill_AnyRun_IsForTheBudgetOrAFaultOnly() => Always((_, _, state) =>
        Assert.True(state.Halt is not null || RunDecider.StandsStill(state) is null or { Kind: FaultKind.Budget } && (RunDecider.StandsStill(state) is null || state.Settings.Budget is not null), $"{RunDecider.StandsStill(state)}"));

    [Fact]
    public void Apply_AnyRun_EndsAndReplaysToTheSameState()
    {
        var seen = new ConcurrentDictionary<Type, bool>();
        Simulations.Sample(simulation => EndsAndReplays(simulation, seen), iter: 300);

        // Else the laws above would hold of less than they say.
        var missed = typeof(RunEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(RunEvent)) && !seen.ContainsKey(type));
        Assert.Equal([typeof(CommitRefused), typeof(CommitsMade), typeof(LandingRebased), typeof(PlanGiven), typeof(RunRedone), typeof(RunUndone)], missed.OrderBy(type => type.Name));
    }

    [Fact]
    public void Next_RunWithoutEvents_IsNothing() => Assert.Empty(RunDecider.Next(RunState.Empty));

    [Fact]
    public void Next_EachPoint_IsTheStepOfThatPhase()
    {
        var plan = Some.Plan(Some.Task("a"));
        var approved = Some.Planned(plan).After(new PlanDecided(new PlanDecision.Approved(), "user"));
        var worked = Some.Prepared(plan).Worked("a");
        var reviewed = worked.After(new WorkCombined(Some.Work(1, ["a"])));

        Assert.Equal([new RunStep.MakePlan(1)], RunDecider.Next(Some.Started()));
        Assert.Empty(RunDecider.Next(Some.Planned(plan)));
        Assert.Equal([new RunStep.Prepare()], RunDecider.Next(approved));
        Assert.Equal([new RunStep.Attempt(new("a"), 1)], RunDecider.Next(Some.Prepared(plan)));
        Assert.Equal([new RunStep.Combine(1)], RunDecider.Next(worked));
        Assert.Empty(RunDecider.Next(reviewed));
        Assert.Equal([new RunStep.Land()], RunDecider.Next(reviewed.After(new ReviewDecided(new ReviewDecision.Approved([]), "user"))));
    }

    [Fact]
    public void Next_PlannerBeyondTheBudget_IsNothingAndStandsStill()
    {
        var state = Some.Started(Some.Settings with { Budget = new Cost(0.01m) });

        Assert.Empty(RunDecider.Next(state));
        Assert.Equal(
            new RunHalt(FaultKind.Budget, "The budget of $0.010 does not cover what the next model call may cost; $0.00 is spent. All work is kept. Left to do: the plan and all of the work.", "Go on with a higher cap: planlane resume 7f3c2a --budget AMOUNT"),
            RunDecider.StandsStill(state));
        Assert.Null(RunDecider.StandsStill(state.After(new RunResumed(new Cost(5)))));
    }

    [Fact]
    public void Apply_PlanThatIsCheckedAfterTheEnd_DoesNotReviveTheRun()
    {
        var rejected = Some.Planned(Some.Plan(Some.Task("a"))).After(new PlanDecided(new PlanDecision.Rejected(), "user"));

        Assert.Equal(rejected.End, rejected.After(new PlanChecked(1, Some.Plan(), [], Some.Estimate)).End);
    }

    [Fact]
    public void StepFailed_Step_HaltsUntilTheRunIsResumed()
    {
        var failed = Some.Started().After(new StepBegun(new("plan:1")), new StepFailed(new("plan:1"), FaultKind.Failed, "No network.", "Try later."));

        Assert.Empty(RunDecider.Next(failed));
        Assert.Equal(new RunHalt(FaultKind.Failed, "No network.", "Try later."), RunDecider.StandsStill(failed));
        Assert.Equal([new RunStep.MakePlan(1)], RunDecider.Next(failed.After(new RunResumed(null))));
    }

    private static void Always(Action<RunState, RunEvent, RunState> law) => Simulations.Sample(
        simulation =>
        {
            simulation.Observe = law;
            simulation.Run();
        },
        iter: 200);

    private static List<StepId> Attempts(RunState state) => [.. state.Running.Where(step => step.Value.StartsWith("attempt:"))];

    private static void EndsAndReplays(RunSimulation simulation, ConcurrentDictionary<Type, bool> seen)
    {
        Assert.True(simulation.Run(), $"After {simulation.Recorded.Count} events the run has not ended: {string.Join(", ", simulation.Recorded.TakeLast(5).Select(recorded => recorded.Event))}");
        var replayed = simulation.Recorded.Aggregate(RunState.Empty, (state, recorded) => state.Apply(recorded));
        Assert.Equal(simulation.State, replayed);
        Assert.Equal(simulation.State.GetHashCode(), replayed.GetHashCode());
        foreach (var recorded in simulation.Recorded)
            seen[recorded.Event.GetType()] = true;
    }
}
