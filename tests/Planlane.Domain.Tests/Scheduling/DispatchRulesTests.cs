using CsCheck;
using Planlane.Agents;
using Planlane.Planning;
using Planlane.Reports;
using Planlane.Runs;
using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane.Scheduling;

public sealed class DispatchRulesTests
{
    // docs is long but alone; types is short with the longest chain behind it.
    private static readonly Plan Plan = Some.Plan(
        Some.Task("docs", tokens: 500),
        Some.Task("types", tokens: 100),
        Some.Task("service", after: ["types"], tokens: 300),
        Some.Task("api", after: ["service"], tokens: 200),
        Some.Task("lint", tokens: 500));

    [Fact]
    public void Ready_Start_IsWhatDependsOnNothingWithTheLongestChainFirst() => Assert.Equal(["types", "docs", "lint"], Ready(Some.Prepared(Plan)));

    [Fact]
    public void Ready_FewSlots_AreFilledAndNoMore()
    {
        var state = Some.Prepared(Plan, Some.Settings with { Slots = 2 });

        Assert.Equal(["types", "docs"], Ready(state));
        Assert.Equal(["types"], Ready(state.After(new StepBegun(Some.Attempt("docs")))));
        Assert.Equal([], Ready(state.After(new StepBegun(Some.Attempt("docs")), new StepBegun(Some.Attempt("types")))));
    }

    [Fact]
    public void Ready_AwaitedOwner_GetsTheSlotOfTheAgentThatWaitsForIt()
    {
        var waiting = Some.Prepared(Plan, Some.Settings with { Slots = 2 }).After(
            new StepBegun(Some.Attempt("docs")),
            new StepBegun(Some.Attempt("types")),
            new FileRequested(new("docs"), new("src/types.cs"), "why") { Decision = FileDecision.Queued, Owner = new TaskId("types") });

        Assert.Equal([], Ready(waiting));
        Assert.Equal(["types"], Ready(waiting.Worked("types", TaskReportState.Incomplete)));
        Assert.Equal(["types"], Ready(waiting.Worked("types", TaskReportState.Incomplete).After(new StepBegun(Some.Attempt("lint")))));
        Assert.Equal([], Ready(waiting.Worked("types", TaskReportState.Incomplete).After(new StepBegun(Some.Attempt("lint")), new StepBegun(Some.Attempt("service")))));
    }

    [Fact]
    public void Ready_DependencyEnded_LetsTheNextGoWithoutWaitingForTheStage()
    {
        var state = Some.Prepared(Plan).After(new StepBegun(Some.Attempt("docs")));

        Assert.Equal(["types", "lint"], Ready(state));
        Assert.Equal(["service", "lint"], Ready(state.Worked("types")));
        Assert.Equal(["lint"], Ready(state.After(new StepBegun(Some.Attempt("types")))));
    }

    [Fact]
    public void Ready_ColdPrefix_LetsExactlyOneGoAhead()
    {
        var state = Some.Prepared(Plan, sharedTokens: 5_000);

        Assert.Equal(["types"], Ready(state));
        Assert.Equal([], Ready(state.After(new StepBegun(Some.Attempt("types")))));
        Assert.Equal(["docs", "lint"], Ready(state.After(new StepBegun(Some.Attempt("types")), new PrefixWarmed())));
    }

    [Fact]
    public void Ready_ColdPrefixAndTwoModels_LetsOneOfEachGoAheadAsEachHasItsOwnCache()
    {
        var plan = Plan with { Tasks = Plan.Tasks.Replace(task => task.Id.Value is "docs" or "lint", task => task with { Model = Some.Sonnet.Id }) };
        var both = Some.Prepared(plan, sharedTokens: 5_000).After(new StepBegun(Some.Attempt("types")), new StepBegun(Some.Attempt("docs")));

        Assert.Equal(["types", "docs"], Ready(Some.Prepared(plan, sharedTokens: 5_000)));
        Assert.Equal([], Ready(both.After(new PrefixWarmed(Some.Haiku.Id))));
        Assert.Equal(["lint"], Ready(both.After(new PrefixWarmed(Some.Sonnet.Id))));
    }

    [Fact]
    public void Ready_PrefixThatOnlyOneModelCaches_MakesOnlyItsAgentsWait()
    {
        var plan = Plan with { Tasks = Plan.Tasks.Replace(task => task.Id.Value is "docs" or "lint", task => task with { Model = Some.Sonnet.Id }) };
        var state = Some.Prepared(plan, sharedTokens: Some.Sonnet.CacheMinimumTokens);

        Assert.Equal((PrefixState.TooShort, PrefixState.Cold), (state.PrefixOf(Some.Haiku), state.PrefixOf(Some.Sonnet)));
        Assert.Equal(["types", "docs"], Ready(state));
    }

    [Fact]
    public void Ready_ResumedAfterTheCacheMayHaveExpired_LetsOneGoAheadAgain()
    {
        var warm = Some.Prepared(Plan, sharedTokens: 5_000).After(new StepBegun(Some.Attempt("types")), new PrefixWarmed());

        Assert.Equal(["types"], Ready(warm.After(new RunResumed(null))));
    }

    [Fact]
    public void PrefixOf_ClockThatIsSetBackByADay_GoesByTheTimeThatPassed()
    {
        var warm = Some.Prepared(Plan, sharedTokens: 5_000).After(new StepBegun(Some.Attempt("types")), new PrefixWarmed());
        RunState Then(RunState state, double seconds) =>
            state.Apply(new RecordedEvent(state.Sequence + 1, Some.Start.AddDays(-1), new TaskChecked(new("types"), 1, Some.Check())) { Elapsed = seconds });

        Assert.Equal((PrefixState.Warm, PrefixState.Expired), (Then(warm, 289).PrefixOf(Some.Haiku), Then(Then(warm, 289), 1).PrefixOf(Some.Haiku)));
    }

    [Fact]
    public void Ready_PrefixThatNobodyUsedForFiveMinutes_LetsOneGoAheadAgain()
    {
        var warm = Some.Prepared(Plan, Some.Settings with { Slots = 3 }, sharedTokens: 5_000).After(new StepBegun(Some.Attempt("types")), new PrefixWarmed());
        var silent = warm.Later(TimeSpan.FromMinutes(5), new TaskChecked(new("types"), 1, Some.Check()));

        Assert.Equal(["docs", "lint"], Ready(warm.Later(TimeSpan.FromMinutes(4), new TaskChecked(new("types"), 1, Some.Check()))));
        // The first agent has not answered since, so that it may be the one that writes it again.
        Assert.Equal([], Ready(silent));
        Assert.Equal(["docs"], Ready(silent.Later(TimeSpan.FromMinutes(1), Answered("types"), new TaskChecked(new("types"), 1, Some.Check())).Later(TimeSpan.FromMinutes(5), new TaskChecked(new("types"), 1, Some.Check()))));
        Assert.Equal(["docs", "lint"], Ready(silent.Later(TimeSpan.Zero, new PrefixWarmed())));
    }

    [Fact]
    public void Ready_EachAnswer_KeepsThePrefixAsItHasReadIt()
    {
        var warm = Some.Prepared(Plan, sharedTokens: 5_000).After(new StepBegun(Some.Attempt("types")), new PrefixWarmed());
        var answered = warm.Later(TimeSpan.FromMinutes(4), Answered("types"));

        Assert.Equal(["docs", "lint"], Ready(answered.Later(TimeSpan.FromMinutes(4), new TaskChecked(new("types"), 1, Some.Check()))));
    }

    [Fact]
    public void Ready_PrefixBelowTheCachesMinimum_MakesNobodyWait()
    {
        var state = Some.Prepared(Plan, sharedTokens: Some.Haiku.CacheMinimumTokens - 1);

        Assert.Equal(["types", "docs", "lint"], Ready(state));
        Assert.Equal(["types", "docs", "lint"], Ready(state.After(new PrefixWarmed(), new RunResumed(null))));
    }

    [Fact]
    public void Ready_SmallBudget_StartsWhatItCovers() => Assert.Equal(["types"], Ready(Some.Prepared(Plan, Some.Settings with { Budget = new(0.30m) })));

    [Fact]
    public void Ready_StepThatHasReportedAndNotEnded_KeepsItsSlot()
    {
        var state = Some.Prepared(Some.Plan(Some.Task("a"), Some.Task("b")), Some.Settings with { Slots = 1 }).After(
            new StepBegun(Some.Attempt("a")),
            new TurnAnswered(new("a"), 1, 1, [], AnswerStop.EndTurn, Some.Call()),
            new TaskReported(Some.Report("a", TaskReportState.Incomplete)));

        Assert.Equal([], Ready(state));
        Assert.Equal(["a"], Ready(state.After(new StepEnded(Some.Attempt("a")))));
    }

    [Fact]
    public void Ready_TaskThatWorkedBefore_IsRepairedBesideWhatItDependsOn()
    {
        var state = Some.Prepared(Some.Plan(Some.Task("a"), Some.Task("b", after: ["a"]))).Worked("a").Worked("b")
            .After(new Reviews.WorkCombined(Some.Work(1, ["a", "b"], Some.Check(1, "src/a.cs", "src/b.cs"))));

        Assert.Equal(["a", "b"], Ready(state));
    }

    [Fact]
    public void Ready_TaskThatSharesAFileWithOneBelowIt_IsRepairedAfterIt()
    {
        var state = Some.Prepared(Some.Plan(Some.Task("a"), Some.Task("b", owns: ["src/*.cs"], after: ["a"]))).Worked("a").Worked("b")
            .After(new Reviews.WorkCombined(Some.Work(1, ["a", "b"], Some.Check(1, "src/a.cs", "src/b.cs"))));

        Assert.Equal(["a"], Ready(state));
        Assert.Equal(["b"], Ready(state.After(new StepBegun(Some.Attempt("a", 2)), new TaskReported(Some.Report("a")), new StepEnded(Some.Attempt("a", 2)))));
    }

    [Theory]
    [InlineData(TaskReportState.Failed)]
    [InlineData(TaskReportState.Blocked)]
    public void Stranded_TaskThatDependsOnAFailure_CanNeverStartNorCanItsOwnDependents(TaskReportState ended)
    {
        var state = Some.Prepared(Plan).Worked("types", ended);

        Assert.Equal(["service", "api"], DispatchRules.Stranded(state).Select(task => task.Id.Value));
        Assert.Equal(["docs", "lint"], Ready(state));
    }

    [Fact]
    public void Stranded_DependencyThatIsTriedAgain_StrandsNobody() =>
        Assert.Empty(DispatchRules.Stranded(Some.Prepared(Plan).Worked("types", TaskReportState.Incomplete)));

    [Fact]
    public void Ready_AnyPlan_StartsTheLongestRemainingPathsAndAlwaysAsManyAsMay() => Gen.Select(Gen.Int[0, 4_095].Array[1, 12], Gen.Int[1, 6], Gen.Int).Sample((masks, slots, seed) =>
    {
        var random = new Random(seed);
        var plan = Some.Plan([.. masks.Select((mask, index) => Some.Task(
            $"t{index}", after: [.. Enumerable.Range(0, index).Where(earlier => (mask >> earlier & 1) == 1 && random.Next(3) == 0).Select(earlier => $"t{earlier}")], tokens: random.Next(1, 9) * 100))]);
        var state = Some.Prepared(plan, Some.Settings with { Slots = slots });
        while (state.Tasks.Any(task => task.IsOpen))
        {
            var able = state.Tasks.Where(task => task.IsOpen && !state.IsRunning(task) && task.Task.DependsOn.All(id => state.Task(id).IsComplete)).Select(task => task.Id.Value).ToList();
            var ready = Ready(state).ToList();
            Assert.Equal(Math.Min(able.Count, slots - state.Running.Count), ready.Count);
            Assert.True(ready.Count == 0 || ready.Min(Chain) >= able.Except(ready).Select(Chain).DefaultIfEmpty(0).Max(), $"{string.Join(' ', ready)} of {string.Join(' ', able)}");
            state = ready.Aggregate(state, (now, id) => now.After(new StepBegun(Some.Attempt(id))));
            state = state.Worked(state.Running[random.Next(state.Running.Count)].Value.Split(':')[1]);
        }

        // By its definition, not by the code that is tested.
        double Chain(string id) => plan[new(id)].Estimate.OutputTokens + plan.Tasks.Where(task => task.DependsOn.Contains(new(id))).Select(task => Chain(task.Id.Value)).DefaultIfEmpty(0).Max();
    });

    [Fact]
    public void Stranded_AnyPlanInWhichOneTaskFails_IsExactlyWhatDependsOnIt() => Gen.Select(Gen.Int[0, 1_023].Array[2, 10], Gen.Int).Sample((masks, seed) =>
    {
        var random = new Random(seed);
        var plan = Some.Plan([.. masks.Select((mask, index) => Some.Task($"t{index}", after: [.. Enumerable.Range(0, index).Where(earlier => (mask >> earlier & 1) == 1).Select(earlier => $"t{earlier}")]))]);
        var failing = $"t{random.Next(masks.Length)}";
        var state = Some.Prepared(plan);
        while (Ready(state).FirstOrDefault() is { } next)
            state = state.Worked(next, next == failing ? TaskReportState.Failed : TaskReportState.Complete);

        var stranded = DispatchRules.Stranded(state).Select(task => task.Id).ToHashSet();
        Assert.Equal(plan.Tasks.Where(task => PlanGraph.AncestorsOf(plan, task.Id).Contains(new(failing))).Select(task => task.Id), state.Tasks.Where(task => stranded.Contains(task.Id)).Select(task => task.Id));
        Assert.All(state.Tasks, task => Assert.Equal(task.Id.Value != failing && !stranded.Contains(task.Id), task.IsComplete));
    });

    private static TurnAnswered Answered(string id) => new(new(id), 1, 1, [], AnswerStop.ToolUse, Some.Call());

    private static IEnumerable<string> Ready(RunState state) => DispatchRules.Ready(state).Select(task => task.Id.Value);
}
