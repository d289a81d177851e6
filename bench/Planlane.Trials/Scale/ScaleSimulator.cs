using System.CommandLine;
using Planlane.Simulator;
using Planlane.Simulator.Ledgers;
using Planlane.Simulator.Limits;
using Planlane.Simulator.Pacing;
using Planlane.Trials.Processes;

namespace Planlane.Trials.Scale;

/// <summary>A simulator whose every answer takes the same time, in a process of its own.</summary>
internal static class ScaleSimulator
{
    private const string Name = "scale-simulator";

    public static ChildProcess Start(ScaleScenario scenario, ScaleLoad load) => ChildProcess.Start([Name, scenario.Folder, .. load.Arguments]);

    public static Command CreateCommand()
    {
        var arguments = new Argument<string[]>("arguments");
        var command = new Command(Name) { arguments };
        command.Hidden = true;
        command.SetAction((parsed, cancellationToken) => ServeAsync(parsed.GetValue(arguments)!, cancellationToken));
        return command;
    }

    private static async Task ServeAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var load = ScaleLoad.Parse(arguments[1..]);
        var speed = new FamilySpeed(load.CallSeconds, 0, 1e9, 0);
        var options = new SimulatorOptions(ScaleScenario.Open(arguments[0]))
        {
            Seed = 1,
            Latency = LatencyProfile.Smooth with { Families = new Dictionary<string, FamilySpeed> { ["haiku"] = speed, ["sonnet"] = speed, ["opus"] = speed }, Sigma = 0, SlowDown = 0 },
            // Nothing else than what the load says may stand in the way.
            RateLimits = new RateLimits(1_000_000, 1_000_000_000, 1_000_000_000) { AtOnce = load.AtOnce == 0 ? null : load.AtOnce },
        };
        await using var server = await SimulatorServer.StartAsync(options, cancellationToken).ConfigureAwait(false);
        ChildProcess.Answer(server.Address);
        await Console.In.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
        var calls = server.Calls;
        ChildProcess.Answer(new ScaleServed(calls.Count, calls.Count(call => call.Status == 429), CallRules.PeakOf(calls), Environment.CpuUsage.TotalTime.TotalSeconds));
    }
}

/// <summary>What the simulator saw.</summary>
/// <param name="Calls">Requests.</param>
/// <param name="Refused">Those of them that were refused with 429.</param>
/// <param name="Peak">The most that were open at once.</param>
/// <param name="ProcessorSeconds">The simulator's own processor time.</param>
internal sealed record ScaleServed(int Calls, int Refused, int Peak, double ProcessorSeconds);
