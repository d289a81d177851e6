using Planlane.Budgets;
using Planlane.Runs;
using Planlane.Simulator;
using Planlane.Simulator.Faults;

namespace Planlane.Scheduling;

/// <summary>A straggler is asked a second time; what both calls cost is booked, once.</summary>
[Collection(nameof(VirtualTimeTests))]
public sealed class HedgedCallTests
{
    // Longer than a call may take before it is hedged, and not so long that it is given up.
    private static readonly TimeSpan Stall = TimeSpan.FromSeconds(100);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_OneAnswerThatStalls_IsOvertakenByASecondCallAndTheAccountsAgree()
    {
        var stall = new FaultPlan().Next(new Fault.Stall(Stall), role: CallRole.Agent);

        var (state, calls, ledger) = await FanOutRun.OfAsync("auth", FanOutRun.SettingsOf(), stall, cancellationToken: Token);

        Assert.Equal(RunOutcome.Completed, state.End?.Outcome);
        var stalled = calls.Single(call => call.Fault == nameof(Fault.Stall));
        var twice = calls.Where(call => call.PromptKey == stalled.PromptKey).ToList();
        Assert.Equal((2, 1), (twice.Count, twice.Count(call => call.StopReason is not null)));
        Assert.True(twice.Single(call => call.StopReason is not null).EndedAt - stalled.StartedAt < Stall);
        Assert.Contains(state.Calls, call => call.Usage == stalled.Usage);
        Assert.Equal(ledger.Usage, state.Calls.Aggregate(default(Usage), (sum, call) => sum + call.Usage));
        Assert.Equal(ledger.Cost, BudgetRules.Spent(state));
    }

    [Fact]
    public async Task Run_BudgetThatCoversNoSecondCall_WaitsForTheStraggler()
    {
        var stall = new FaultPlan().Next(new Fault.Stall(Stall), role: CallRole.Agent);
        // Covers one open call at a time, of which the longest costs $0.20.
        var settings = FanOutRun.SettingsOf(planner: "claude-haiku-4-5") with { Slots = 1, Budget = new Cost(0.35m) };

        var (state, calls, _) = await FanOutRun.OfAsync("auth", settings, stall, cancellationToken: Token);

        var stalled = calls.Single(call => call.Fault == nameof(Fault.Stall));
        Assert.Single(calls, call => call.PromptKey == stalled.PromptKey);
        Assert.True(stalled.EndedAt - stalled.StartedAt >= Stall, $"{stalled.EndedAt - stalled.StartedAt}");
        Assert.True(state.Tasks.All(task => task.HedgedTurn == 0));
    }
}
