using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Planlane.Budgets;
using Planlane.Hosting;
using Planlane.Models;
using Planlane.Requests;
using Planlane.Runs;
using Planlane.Simulator;
using Planlane.Simulator.Ledgers;
using Planlane.Simulator.Pacing;
using Planlane.Simulator.Scripting;
using Planlane.Trials.Processes;
using Planlane.Trials.WholeRun;
using Planlane.Values;

namespace Planlane.Trials.Scale;

/// <summary>What the agents of each shipped scenario read from the prompt cache, and how near its run comes to its lower bound, in virtual time.</summary>
internal static class FanOutCommand
{
    public static Command Create()
    {
        var seed = new Option<int>("--seed") { Description = "Draws the model's latencies", DefaultValueFactory = _ => 1 };
        var scenarios = new Option<string[]>("--scenario") { Description = "Only these", AllowMultipleArgumentsPerToken = true };
        var each = new Option<bool>("--calls") { Description = "Also prints, for each call of an agent, what was read, written and paid in full" };
        var command = new Command("fan-out", "Prints what the agents of each scenario read from the prompt cache") { seed, scenarios, each };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            Console.WriteLine("In virtual time, without checks. Reads: the share of the agents' prompts after the first that came from the cache; writes: agents that wrote the shared prefix.");
            Console.WriteLine("scenario         agents' model       agents  calls  reads %  writes  agents' cost   wall s  bound s  ratio");
            var only = parsed.GetValue(scenarios) ?? [];
            foreach (var scenario in new ScenarioCatalogue().List().Where(scenario => only.Length == 0 || only.Contains(scenario.Name)))
                foreach (var model in new[] { "claude-haiku-4-5", "claude-haiku-5-5" })
                    Console.WriteLine(await RunAsync(scenario, model, parsed.GetValue(seed), parsed.GetValue(each), cancellationToken).ConfigureAwait(false));
        });
        return command;
    }

    private static async Task<string> RunAsync(Scenario scenario, string model, int seed, bool withCalls, CancellationToken cancellationToken)
    {
        using var repository = await TrialRepository.MakeAsync(scenario, cancellationToken).ConfigureAwait(false);
        using var time = new VirtualTime();
        var catalogue = ModelCatalogue.Load();
        var prices = catalogue.Models.Select(row => row.Facts).ToValueList();
        var options = new SimulatorOptions(WithoutChecks(scenario)) { TimeProvider = time, Seed = seed, Prices = prices };
        await using var server = await SimulatorServer.StartAsync(options, cancellationToken).ConfigureAwait(false);
        using var client = AnthropicModels.Connect(new ModelConnection(server.Address, "simulated"), time);
        var settings = new RunSettings(catalogue.Find(new ModelId("claude-sonnet-4-5")).Facts, catalogue.Find(new ModelId(model)).Facts, Scripted: true);
        var service = await RunService.OpenAsync(repository.Folder, new EngineOptions { Seed = 1, Models = () => client, Time = time }, cancellationToken).ConfigureAwait(false);
        var begun = time.GetTimestamp();
        var run = await service.StartAsync(RequestText.Parse(scenario.Request), settings, null, cancellationToken).ConfigureAwait(false);
        await using (run.ConfigureAwait(false))
        {
            await foreach (var update in run.Updates.ReadAllAsync(cancellationToken).ConfigureAwait(false))
                await EngineProcess.ApproveAsync(run, update.State).ConfigureAwait(false);
            var wall = time.GetElapsedTime(begun).TotalSeconds;
            var events = await service.ReadAsync(run.State.Id, cancellationToken).ConfigureAwait(false);
            var line = Line(scenario.Name, model, run.State, server.Calls, events, wall, prices);
            return withCalls ? $"{line}\n{string.Join('\n', server.Calls.Where(call => call.Role is CallRole.Agent).OrderBy(call => call.FirstByteAt).Select(LineOf))}" : line;
        }
    }

    private static string Line(string scenario, string model, RunState state, IReadOnlyList<SimulatedCall> calls, IReadOnlyList<RecordedEvent> events, double wall, ValueList<ModelFacts> prices)
    {
        var agents = calls.Where(call => call is { Role: CallRole.Agent, Usage.TotalInput: > 0 }).OrderBy(call => call.FirstByteAt).ToList();
        var later = agents.Skip(1).ToList();
        var share = 100.0 * later.Sum(call => call.Usage.CacheRead) / Math.Max(1, later.Sum(call => call.Usage.TotalInput));
        var writes = agents.Count(call => call.Turn == 1 && call.Usage is { CacheRead: 0, CacheWrite: > 0 });
        var bound = LowerBound.OfServed(events, [.. calls.Where(call => call is { FirstByteAt: not null, EndedAt: not null }).Select(call => new ServedCall(call.Task?.Value, call.StartedAt, call.FirstByteAt!.Value, call.EndedAt!.Value))]);
        var cost = Ledger.Of(agents, prices).Cost;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{scenario,-17}{model,-20}{state.Tasks.Count,6}{agents.Count,7}{share,9:0.0}{writes,8}{cost.Usd,14:0.0000}{wall,9:0.0}{bound.Total,9:0.0}{wall / bound.Total,7:0.000}{(state.End?.Outcome is RunOutcome.Completed ? "" : $"  {state.End?.Outcome}")}");
    }

    private static string LineOf(SimulatedCall call) => string.Create(
        CultureInfo.InvariantCulture,
        $"    {call.Task,-22} turn {call.Turn}  read {call.Usage.CacheRead,6}  written {call.Usage.CacheWrite + call.Usage.CacheWriteLong,6}  in full {call.Usage.Input,6}  output {call.Usage.Output,6}");

    private static Scenario WithoutChecks(Scenario scenario)
    {
        var plan = JsonNode.Parse(scenario.Plan)!;
        plan["checks"] = new JsonArray();
        foreach (var task in plan["tasks"]!.AsArray())
            task!.AsObject().Remove("check");
        return scenario.WithPlan(plan.ToJsonString());
    }
}
