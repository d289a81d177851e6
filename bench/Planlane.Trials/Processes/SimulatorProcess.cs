using System.CommandLine;
using Planlane.Simulator;
using Planlane.Simulator.Scripting;

namespace Planlane.Trials.Processes;

/// <summary>The simulator in a process of its own, so that its memory is not counted as the engine's.</summary>
internal static class SimulatorProcess
{
    private const string Name = "simulator-process";

    public static ChildProcess Start(string scenario, double speed, int seed) => ChildProcess.Start(Name, scenario, $"{speed:R}", $"{seed}");

    public static Command CreateCommand()
    {
        var scenario = new Argument<string>("scenario");
        var speed = new Argument<double>("speed");
        var seed = new Argument<int>("seed");
        var command = new Command(Name) { scenario, speed, seed };
        command.Hidden = true;
        command.SetAction((parsed, cancellationToken) => ServeAsync(
            new SimulatorOptions(new ScenarioCatalogue().Open(parsed.GetValue(scenario)!)) { Speed = parsed.GetValue(speed), Seed = parsed.GetValue(seed) }, cancellationToken));
        return command;
    }

    private static async Task ServeAsync(SimulatorOptions options, CancellationToken cancellationToken)
    {
        await using var server = await SimulatorServer.StartAsync(options, cancellationToken).ConfigureAwait(false);
        ChildProcess.Answer(server.Address);
        await Console.In.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
        var calls = server.Calls.Where(call => call is { FirstByteAt: not null, EndedAt: not null })
            .Select(call => new ServedCall(call.Task?.Value, call.StartedAt, call.FirstByteAt!.Value, call.EndedAt!.Value));
        ChildProcess.Answer(new SimulatorAnswer([.. calls], PeakMemory.OfThisProcess()));
    }
}

/// <summary>What the simulator tells at its end.</summary>
/// <param name="Calls">The answers that it gave, in the order of the requests.</param>
/// <param name="PeakBytes">Its peak memory.</param>
internal sealed record SimulatorAnswer(IReadOnlyList<ServedCall> Calls, long PeakBytes);

/// <summary>One answer of the model, by the simulator's clock.</summary>
/// <param name="Task">The agent's task; null for the planner.</param>
/// <param name="StartedAt">When the request had arrived.</param>
/// <param name="FirstByteAt">When the first byte of the answer was sent.</param>
/// <param name="EndedAt">When the last one was.</param>
internal sealed record ServedCall(string? Task, DateTimeOffset StartedAt, DateTimeOffset FirstByteAt, DateTimeOffset EndedAt)
{
    public double Seconds => (EndedAt - StartedAt).TotalSeconds;
}
