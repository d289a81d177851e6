using System.CommandLine;
using System.Text.Json.Nodes;
using Planlane.Simulator;
using Planlane.Simulator.Scripting;
using Planlane.Testing;
using Planlane.Trials.Processes;
using Planlane.Trials.WholeRun;

namespace Planlane.Trials.Kills;

/// <summary><c>kill</c>: whole runs in processes that are killed at random instants; what must hold at their end.</summary>
internal static class KillCommand
{
    public static Command Create()
    {
        var kills = new Option<int>("--kills") { Description = "How many processes are killed at least", DefaultValueFactory = _ => 500 };
        var scenarios = new Option<string[]>("--scenario") { Description = "The scenarios, in turns", DefaultValueFactory = _ => ["auth", "rest-api"], AllowMultipleArgumentsPerToken = true };
        var speed = new Option<double>("--speed") { Description = "How many times faster than real models the simulated one answers", DefaultValueFactory = _ => 200 };
        var seed = new Option<int>("--seed") { Description = "Draws the instants", DefaultValueFactory = _ => 1 };
        var atOnce = new Option<int>("--at-once") { Description = "How many runs are under way at the same time", DefaultValueFactory = _ => 2 };
        var command = new Command("kill", "Kills runs at random instants, resumes them, and compares their ends") { kills, scenarios, speed, seed, atOnce };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var tally = new KillTally();
            var names = parsed.GetValue(scenarios)!;
            var references = new Dictionary<string, RepositoryTrace>();
            foreach (var name in names)
                references[name] = (await RunAsync(name, parsed.GetValue(speed), new Random(0), 0, cancellationToken).ConfigureAwait(false)).Trace;
            var next = -1;
            await Task.WhenAll(Enumerable.Range(0, parsed.GetValue(atOnce)).Select(async _ =>
            {
                while (tally.Kills < parsed.GetValue(kills))
                {
                    var i = Interlocked.Increment(ref next);
                    var name = names[i % names.Length];
                    var (trace, outcome) = await RunAsync(name, parsed.GetValue(speed), new Random(parsed.GetValue(seed) + i), int.MaxValue, cancellationToken).ConfigureAwait(false);
                    Console.Error.WriteLine($"run {i + 1} ({name}): {tally.Add(i + 1, name, references[name], trace, outcome)}");
                }
            })).ConfigureAwait(false);
            tally.Write(Console.Out);
            return tally.Problems.Count == 0 ? 0 : 1;
        });
        return command;
    }

    private static async Task<(RepositoryTrace Trace, KillStormOutcome Outcome)> RunAsync(string name, double speed, Random random, int mostKills, CancellationToken cancellationToken)
    {
        var scenario = WithCheapChecks(new ScenarioCatalogue().Open(name));
        using var repository = await TrialRepository.MakeAsync(scenario, cancellationToken).ConfigureAwait(false);
        await using var server = await SimulatorServer.StartAsync(new SimulatorOptions(scenario) { Speed = speed, Seed = 1 }, cancellationToken).ConfigureAwait(false);
        var storm = new KillStorm(
            () => EngineProcess.StartUnwatched(repository.Folder, scenario.Request, server.Address),
            () => [.. server.Calls.Select(call => call.Role is CallRole.Triage ? ModelQuestion.OfTriage : new ModelQuestion(call.Task?.Value, call.Turn))],
            Path.Combine(repository.Folder, ".git"),
            random);
        var outcome = await storm.RunAsync(mostKills, cancellationToken).ConfigureAwait(false);
        return (await RepositoryTrace.OfAsync(repository.Folder, cancellationToken).ConfigureAwait(false), outcome);
    }

    // A real command that takes no time, so that kills fall on the engine's own work and not on the compiler's.
    private static Scenario WithCheapChecks(Scenario shipped)
    {
        var plan = JsonNode.Parse(shipped.Plan)!.AsObject();
        plan["checks"] = new JsonArray(new JsonObject { ["name"] = "build", ["command"] = "test -d src" });
        return shipped.WithPlan(plan.ToJsonString());
    }
}
