using Planlane.Runs;
using Planlane.Simulator;
using Planlane.Simulator.Faults;
using Planlane.Simulator.Ledgers;
using Planlane.Simulator.Limits;
using Planlane.Simulator.Pacing;
using Planlane.Summary;
using Planlane.Values;

namespace Planlane.Budgets;

/// <summary>Whole runs of the engine against the simulator's own ledger.</summary>
[Collection(nameof(VirtualTimeTests))]
public sealed class BudgetRunTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("auth", 0)]
    [InlineData("rest-api", 0)]
    [InlineData("caching", 1)]
    [InlineData("auth", 2)]
    public async Task Costs_AnyRun_AddUpToTheSimulatorsLedgerExactly(string scenario, int seed)
    {
        // With faults: broken streams are billed with what they told, refusals before any output are not, repairs are turns of their own.
        var faults = seed == 0 ? null : new FaultPlan().Add("cut:agent").Add("stream-error:agent").Add("refusal:agent").Add("529").Add("max-tokens:agent").Add("cut=0.1").Add("empty:agent");
        await using var money = await SimulatedMoney.StartAsync(scenario, options => options with { Seed = seed, Faults = seed > 0 }, faults);

        var state = await money.RunAsync();

        var (report, ledger) = (CostReport.From(state), money.Ledger);
        Assert.NotNull(state.End);
        Assert.True(ledger.IsPriced);
        Assert.Equal((ledger.Usage, ledger.Cost), (report.Usage, report.Cost));
        Assert.Equal(
            ledger.Rows.GroupBy(row => row.Task?.Value ?? "planner").Select(rows => (rows.Key, rows.Sum(row => row.Cost!.Value.Usd))).Order(),
            report.Askers.GroupBy(asker => asker.Task?.Value ?? "planner").Select(askers => (askers.Key, askers.Sum(asker => asker.Cost.Usd))).Where(asker => asker.Item2 > 0).Order());
        Assert.Equal(report.Cost.Usd, report.Models.Sum(model => model.Cost.Usd));
        Assert.Equal(report.Cost.Usd, report.Calls.Sum(call => call.Cost.Usd));
        Assert.Equal(seed > 0, money.Calls.Any(call => call.Fault is not null));
    }

    // The catalogue knows that prices triple at midnight, and midnight passes while the agents are at work.
    [Fact]
    public async Task Run_PricesTripledHalfWay_StaysWithinTheCapByTheSimulatorsLedger()
    {
        var midnight = new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero);
        using var time = new VirtualTime(midnight.AddSeconds(-4));
        var prices = SimulatedMoney.Catalogue.Select(model => model with { Prices = model.Prices.Add(Tripled(model.PriceOn(new(2026, 11, 30)))) }).ToValueList();
        await using var money = await SimulatedMoney.StartAsync("auth", options => options with { Speed = 1 }, time: time, prices: prices);
        // Once what agents can cost at most at the new price, and a little.
        var cap = new Cost((3 * 0.1975m) + 0.03m);

        var state = await money.RunPlanAsync(money.Settings with { Budget = cap });

        Assert.Equal(FaultKind.Budget, RunDecider.StandsStill(state)?.Kind);
        Assert.False(money.Ledger.Cost > cap, $"{money.Ledger.Cost} of {cap}");
        Assert.Equal(money.Ledger.Cost, CostReport.From(state).Cost);
        Assert.Equal([true, false], money.Calls.Select(call => call.StartedAt < midnight).Distinct().OrderDescending());

        // Nothing that was paid for is lost: with more money the rest is done, and no answer is paid for twice.
        Completed(await money.Harness().ResumeAsync(state.Id, new Cost(30), Token));
        Assert.Empty(money.Calls.Check(CallRules.Once));
    }

    // Prices that nobody announced: only the vendor's own limit knows them, and its answer ends the run with no more than was in flight.
    [Fact]
    public async Task Run_PricesTripledWithoutNotice_EndsAtTheVendorsLimitWithNoMoreThanWasInFlight()
    {
        var limit = new Cost(await MeasureAsync());
        await using var money = await SimulatedMoney.StartAsync(
            "auth", options => options with { PriceRise = new PriceRise(2, 3), RateLimits = RateLimits.Scale with { OwnLimit = limit } });

        var state = await money.RunPlanAsync(money.Settings with { Budget = new Cost(3), Slots = 2 });

        Assert.StartsWith("The model's API answered 400: You have reached your specified API usage limits.", RunDecider.StandsStill(state)!.Message, StringComparison.Ordinal);
        // What was on its way when the last call was let in, which is when the limit was not reached yet.
        var last = money.Calls.Last(call => !call.IsTerminal);
        var inFlight = Ledger.Of(money.Calls.Where(call => call.EndedAt >= last.StartedAt), SimulatedMoney.Catalogue).Cost;
        Assert.False(money.Ledger.Cost > limit + inFlight, $"{money.Ledger.Cost} of {limit} and {inFlight}");
        Assert.Empty(money.Calls.Check(CallRules.Once));
        // Our own accounts are by the prices that we know.
        Assert.True(money.Ledger.Cost > CostReport.From(state).Cost, $"{money.Ledger.Cost}");
    }

    [Fact]
    public async Task Run_CapThatCoversTwoAgents_RunsTwoAtOnceAndCompletes()
    {
        await using var money = await SimulatedMoney.StartAsync("auth");
        var cap = new Cost(0.62m);

        var state = await money.RunAsync(money.Settings with { Budget = cap });

        Assert.Equal(RunOutcome.Completed, state.End?.Outcome);
        Assert.InRange(CallRules.PeakOf([.. money.Calls.Where(call => call.Role is CallRole.Agent)]), 1, 2);
        Assert.False(money.Ledger.Cost > cap);
    }

    [Fact]
    public async Task Run_CapBelowItsWork_StandsStillWithExitCodeFiveAndGoesOnLater()
    {
        await using var money = await SimulatedMoney.StartAsync("auth");
        var whole = await MeasureAsync();
        var settings = money.Settings with { Budget = new Cost(0.1975m + (whole / 2)) };

        var state = await money.RunPlanAsync(settings);

        var halt = RunDecider.StandsStill(state)!;
        var left = WorkLeft.Of(state);
        Assert.Equal(FaultKind.Budget, halt.Kind);
        Assert.Contains($"Left to do: {left.Tasks.Count} of 5 tasks (", halt.Message, StringComparison.Ordinal);
        Assert.Contains(", estimated at $", halt.Message, StringComparison.Ordinal);
        Assert.Equal($"Go on with a higher cap: planlane resume {state.Id} --budget AMOUNT", halt.Hint);
        Assert.True(left.Usd is { Median: > 0, High: > 0 });

        Completed(await money.Harness().ResumeAsync(state.Id, new Cost(5), Token));
        Assert.Empty(money.Calls.Check(CallRules.Once));
    }

    [Fact]
    public async Task Runs_OfTwoRepositoriesAtOnce_KeepTheDaysCapTogether()
    {
        await using var one = await SimulatedMoney.StartAsync("auth");
        await using var other = await SimulatedMoney.StartAsync("rest-api");
        var place = new SpendPlace(Path.Combine(one.Repository.Folder, ".git", "all-spending.jsonl"), "api");
        var cap = new Cost(0.62m);
        var shared = new SharedBudgets(cap, null);

        var states = await Task.WhenAll(one.RunAsync(one.Settings with { SharedBudgets = shared }, place), other.RunAsync(other.Settings with { SharedBudgets = shared }, place));

        Assert.False(one.Ledger.Cost + other.Ledger.Cost > cap);
        Assert.Contains(states, state => RunDecider.StandsStill(state) is { Kind: FaultKind.Budget } halt && halt.Message.StartsWith("The budget of this day, $0.62,", StringComparison.Ordinal));

        // A third run on the same day has what they left, which is too little for a planner.
        var third = await one.RunAsync(one.Settings with { SharedBudgets = new SharedBudgets(new Cost(0.60m), null) }, place);
        Assert.Empty(third.Calls);
        Assert.Equal(FaultKind.Budget, RunDecider.StandsStill(third)?.Kind);
    }

    [Theory]
    [InlineData("402")]
    [InlineData("spend-cap")]
    public async Task Run_TerminalAnswerToAnAgent_PausesTheWholeRunWithNotOneMoreCall(string fault)
    {
        // Some wait for a retry, some are at work, and then the key or the money is gone.
        var faults = new FaultPlan().Add("529*2:agent").Add($"{fault}:agent");
        using var time = new VirtualTime();
        await using var money = await SimulatedMoney.StartAsync("auth", options => options with { Speed = 1 }, faults, time);

        var state = await money.RunPlanAsync(money.Settings);

        Assert.Empty(money.Calls.Check(CallRules.Stops, CallRules.Once));
        Assert.StartsWith("The model's API answered 4", RunDecider.StandsStill(state)!.Message, StringComparison.Ordinal);
        Assert.NotNull(RunDecider.StandsStill(state)!.Hint);
        Completed(await money.Harness().ResumeAsync(state.Id, null, Token));
        Assert.Empty(money.Calls.Check(CallRules.Once));
    }

    [Theory]
    [InlineData("pause-turn", 1)]
    [InlineData("max-tokens", 1)]
    [InlineData("empty", 1)]
    [InlineData("malformed", 1)]
    public async Task Run_AnswerThatIsWholeAndNotTheWork_GoesOnAsDocumented(string fault, int count)
    {
        await using var money = await SimulatedMoney.StartAsync("auth", faults: new FaultPlan().Add($"{fault}*{count}:jwt"));

        var state = await money.RunAsync();

        Assert.Equal(RunOutcome.Completed, state.End?.Outcome);
        Assert.Equal(money.Ledger.Cost, CostReport.From(state).Cost);
        var questions = money.Calls.Where(call => call.Task?.Value == "jwt").Select(call => call.PromptKey).ToList();
        Assert.Equal(questions, questions.Distinct());
    }

    [Theory]
    [InlineData("refusal", "The model refused the task.")]
    [InlineData("late-refusal", "The model refused the task.")]
    [InlineData("context-exceeded", "The task no longer fits the model's context.")]
    public async Task Run_AnswerThatNoOtherWouldBetter_FailsItsTaskAlone(string fault, string reason)
    {
        await using var money = await SimulatedMoney.StartAsync("auth", faults: new FaultPlan().Add($"{fault}*9:password"));

        var state = await money.RunAsync();

        Assert.Equal(reason, Assert.IsType<Agents.AttemptOutcome.Failed>(state.Task(new("password")).Outcome).Reason);
        Assert.Contains(state.Tasks, task => task.IsComplete);
        Assert.Equal(money.Ledger.Cost, CostReport.From(state).Cost);
    }

    private static void Completed(RunState state) => Assert.True(state.End?.Outcome is RunOutcome.Completed, $"{state.End} {RunDecider.StandsStill(state)} {state.Waiting}");

    private static async Task<decimal> MeasureAsync()
    {
        await using var money = await SimulatedMoney.StartAsync("auth");
        return (await money.RunPlanAsync(money.Settings)).Calls.Where(call => call.Agent is not null).Sum(call => call.Cost.Usd);
    }

    private static ModelPrice Tripled(ModelPrice price) =>
        new(new(2026, 12, 1), price.Input * 3, price.Output * 3, price.CacheRead * 3, price.CacheWrite * 3, price.CacheWriteLong * 3);
}
