using Planlane.Budgets;
using Planlane.Models;
using Planlane.Simulator.Faults;
using Planlane.Simulator.Ledgers;
using Planlane.Values;

namespace Planlane.Simulator;

/// <summary>The accounts of the simulator and what can be asked of them.</summary>
public sealed class LedgerTests : SimulatorTest
{
    private static readonly ValueList<ModelFacts> Prices = ModelCatalogue.Load().Models.Select(model => model.Facts).ToValueList();
    private readonly FaultPlan _plan = new();

    protected override SimulatorOptions Options => base.Options with { Prices = Prices, FaultPlan = _plan };

    [Fact]
    public async Task Ledger_OfTwoModels_AddsUpByTheRowsOfThePriceList()
    {
        await AskAsync("greeter", Haiku);
        await AskAsync("farewell", Haiku);
        await Client.MessageAsync(SimulatorClient.Body(Sonnet, SimulatorClient.PlannerOpening()));

        var (day, calls) = (DateOnly.FromDateTime(Server.Calls[0].StartedAt.UtcDateTime), Server.Calls);
        var prices = new[] { Haiku, Haiku, Sonnet }.Select(name => ModelCatalogue.Load().Find(new(name)).Facts.PriceOn(day));
        Assert.Equal(calls.Zip(prices, (call, price) => price.Of(call.Usage).Usd).Sum(), Server.Ledger.Cost.Usd);
        Assert.Equal(
            [(CallRole.Agent, "greeter", 1), (CallRole.Agent, "farewell", 1), (CallRole.Planner, null, 1)],
            Server.Ledger.Rows.Select(row => (row.Role, row.Task?.Value, row.Calls)));
        Assert.Equal(calls.Aggregate(default(Usage), (sum, call) => sum + call.Usage), Server.Ledger.Usage);
    }

    [Fact]
    public async Task Ledger_RefusedBeforeAnyOutput_CostsNothing()
    {
        _plan.Next(new Fault.Refusal());

        await AskAsync("greeter", Haiku);

        Assert.Empty(Server.Ledger.Rows);
    }

    [Fact]
    public void Ledger_LongPrompt_HasThePriceOfLongPrompts()
    {
        var haiku = ModelCatalogue.Load().Find(new("claude-haiku-5-5")).Facts;
        var call = new SimulatedCall(1, "", new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero)) { Model = haiku.Id, Usage = new Usage(150_000, 10, 0, 0) };

        Assert.Equal(haiku.LongPrompts[0].Price.Of(call.Usage), Ledger.Of([call], Prices).Cost);
    }

    [Fact]
    public async Task Pages_NeedNoKeyAndTellTheSame()
    {
        await AskAsync("greeter", Haiku);
        Client.Headers.Clear();

        var ledger = await SimulatorClient.ReadAsync(await Client.GetAsync("/simulator/ledger"));
        var kept = await SimulatorClient.ReadAsync(await Client.GetAsync("/simulator/check?once&stops&same-prefix&peak=1&cost=1"));
        var broken = await SimulatorClient.ReadAsync(await Client.GetAsync("/simulator/check?cost=0.0000001&peak=0"));
        using var unknown = await Client.GetAsync("/simulator/check?nothing");

        Assert.Equal(Server.Ledger.Cost.Usd, (decimal)ledger["costUsd"]!);
        Assert.Equal(Server.Ledger.Usage.Output, (long)ledger["models"]![0]!["usage"]!["output"]!);
        Assert.Equal((true, 0), ((bool)kept["holds"]!, kept["broken"]!.AsArray().Count));
        Assert.Equal((false, 2), ((bool)broken["holds"]!, broken["broken"]!.AsArray().Count));
        Assert.Equal(400, (int)unknown.StatusCode);
    }

    [Fact]
    public void Rules_WhenTheyAreBroken_SayWhat()
    {
        var start = new DateTimeOffset(2026, 11, 1, 9, 0, 0, TimeSpan.Zero);
        SimulatedCall[] calls =
        [
            Call(1, start, 0, 4, "a") with { StopReason = "tool_use", PrefixKey = "x", Usage = new Usage(100, 5, 0, 0) },
            Call(2, start, 1, 2, "b") with { Status = 429, RetryAfter = TimeSpan.FromSeconds(7), PrefixKey = "y" },
            Call(3, start, 5, 6, "b") with { StopReason = "tool_use", PrefixKey = "y", Usage = new Usage(90, 5, 10, 0) },
            Call(4, start, 7, 8, "a") with { Status = 401, IsTerminal = true },
            Call(5, start, 9, 10, "c") with { StopReason = "tool_use" },
        ];

        Assert.Equal(
            [
                "once: Turn 1 of task a was asked once more after its answer.",
                "spaced: Turn 1 of task b was asked again after 3 s instead of 7 s.",
                "stops: Turn 1 of task c was asked although call 4 had been answered with 401.",
                "same-prefix: Agents on claude-haiku-4-5-20251001 sent 2 different prefixes.",
                "cache-reads: Agents on claude-haiku-4-5-20251001 read 10 % of their prompts from the cache, less than 85 %.",
                "peak: 2 calls were open at once, more than 1.",
            ],
            calls.Check(CallRules.Once, CallRules.Spaced, CallRules.Stops, CallRules.SamePrefix, CallRules.CacheReads(0.85), CallRules.Peak(1)));
    }

    private static SimulatedCall Call(int number, DateTimeOffset start, int from, int to, string task) => new(number, "", start.AddSeconds(from))
    {
        Model = new("claude-haiku-4-5-20251001"),
        Role = CallRole.Agent,
        Task = new(task),
        Turn = 1,
        Status = 200,
        PromptKey = task,
        FirstByteAt = start.AddSeconds(from),
        EndedAt = start.AddSeconds(to),
    };

    private Task<System.Text.Json.Nodes.JsonObject> AskAsync(string task, string model) => Client.MessageAsync(SimulatorClient.Body(model, SimulatorClient.AgentOpening(task)));
}
