using Planlane.Runs;
using Planlane.Simulator;
using Planlane.Simulator.Ledgers;

namespace Planlane.Scheduling;

/// <summary>What the agents of a run pay for what all of them read, by the simulator's own accounts.</summary>
[Collection(nameof(VirtualTimeTests))]
public sealed class FanOutTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("auth", "claude-haiku-4-5", 0.84)]
    [InlineData("payments", "claude-haiku-5-5", 0.85)]
    public async Task Run_AgentsOfAModel_SendTheSamePrefixAndOnlyTheFirstPaysForIt(string scenario, string model, double share)
    {
        var (state, calls, _) = await FanOutRun.OfAsync(scenario, FanOutRun.SettingsOf(agent: model), cancellationToken: Token);

        Assert.Equal(RunOutcome.Completed, state.End?.Outcome);
        Assert.Empty(calls.Check(CallRules.SamePrefix, CallRules.Once, CallRules.CacheReads(share)));
        var agents = calls.Where(call => call.Role is CallRole.Agent).OrderBy(call => call.StartedAt).ToList();
        // Who comes later reads all of it: nothing is lost by agents that start while it is cold.
        Assert.All(agents.Skip(1), call => Assert.True(call.Usage.CacheRead > 0 && call.StartedAt >= agents[0].FirstByteAt, $"{call.Task}: {call.Usage}"));
    }
}
