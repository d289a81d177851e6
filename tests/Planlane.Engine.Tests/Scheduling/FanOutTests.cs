using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Planlane.Budgets;
using Planlane.Models;
using Planlane.Runs;
using Planlane.Simulator;
using Planlane.Simulator.Ledgers;
using Planlane.Simulator.Pacing;

namespace Planlane.Scheduling;

/// <summary>What the agents of a run pay for what all of them read, by the simulator's own accounts.</summary>
[Collection(nameof(VirtualTimeTests))]
public sealed class FanOutTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("auth", "claude-haiku-4-5")]
    [InlineData("caching", "claude-haiku-5-5")]
    [InlineData("rest-api", "claude-haiku-4-5")]
    [InlineData("payments", "claude-haiku-5-5")]
    public async Task Run_AgentsOfAModel_SendTheSamePrefixAndOnlyTheFirstPaysForIt(string scenario, string model)
    {
        var (state, calls, _) = await FanOutRun.OfAsync(scenario, FanOutRun.SettingsOf(agent: model), cancellationToken: Token);

        Assert.Equal((RunOutcome.Completed, 0), (state.End?.Outcome, state.PrefixDifferences));
        Assert.Single(state.Calls.Where(call => call.Agent is not null).Select(call => call.Prefix).Distinct(), prefix => prefix is not null);
        Assert.Empty(calls.Check(CallRules.SamePrefix, CallRules.Once, CallRules.CacheReads(0.85)));
        var agents = calls.Where(call => call.Role is CallRole.Agent).OrderBy(call => call.StartedAt).ToList();
        // Who comes later reads all of it: nothing is lost by agents that start while it is cold.
        Assert.All(agents.Skip(1), call => Assert.True(call.Usage.CacheRead > 0 && call.StartedAt >= agents[0].FirstByteAt, $"{call.Task}: {call.Usage}"));
    }

    // One slot and answers that take longer than the cache keeps what nobody reads: agents that come later find it all the same.
    [Fact]
    [Trait("Proof", "slow")]
    public async Task Run_SlotsMakeAgentsBeginAfterTheCacheWouldHaveForgotten_KeepsThePrefixByReadingIt()
    {
        var slow = new FamilySpeed(0.7, 0, 4, 0);
        // Covers one answer at a time, so that no second call for a straggler reads the prefix in between.
        var settings = FanOutRun.SettingsOf(planner: "claude-haiku-4-5") with { Slots = 1, Budget = new Cost(0.38m) };

        var (state, calls, ledger) = await FanOutRun.OfAsync(
            "auth", settings, change: options => options with { Latency = LatencyProfile.Smooth with { Families = new Dictionary<string, FamilySpeed> { ["haiku"] = slow }, Sigma = 0, SlowDown = 0 } }, cancellationToken: Token);

        Assert.Equal(RunOutcome.Completed, state.End?.Outcome);
        var agents = calls.Where(call => call.Task is not null).ToList();
        Assert.Contains(agents.Zip(agents.Skip(1)), pair => pair.Second.StartedAt - pair.First.StartedAt > TimeSpan.FromMinutes(5));
        Assert.All(agents.Skip(1), call => Assert.True(call.Usage.CacheRead > 0, $"{call.Task}: {call.Usage}"));
        var renewals = calls.Where(call => call is { StopReason: "max_tokens", Usage.Output: 0 }).ToList();
        Assert.NotEmpty(renewals);
        Assert.All(renewals, call => Assert.Equal((0L, 0L), (call.Usage.Input, call.Usage.CacheWrite)));
        Assert.Equal((ledger.Usage, ledger.Cost), (state.Calls.Aggregate(default(Usage), (sum, call) => sum + call.Usage), BudgetRules.Spent(state)));
    }

    [Fact]
    public async Task Run_CallThatBeganWithOtherBytes_IsTold()
    {
        var (state, _, _) = await FanOutRun.OfAsync("auth", FanOutRun.SettingsOf(), wrap: client => new OtherPrefix(client), cancellationToken: Token);

        Assert.Equal((RunOutcome.Completed, true), (state.End?.Outcome, state.PrefixDifferences > 0));
    }

    // Tells of every third call that it began with other bytes.
    private sealed class OtherPrefix(IChatClient inner) : DelegatingChatClient(inner)
    {
        private int _calls;

        public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            var isOther = Interlocked.Increment(ref _calls) % 3 == 0;
            await foreach (var update in base.GetStreamingResponseAsync(messages, options, cancellationToken))
            {
                if (isOther && update.AdditionalProperties?.ContainsKey(ChatKeys.Prefix) is true)
                    update.AdditionalProperties[ChatKeys.Prefix] = "other";
                yield return update;
            }
        }
    }
}
