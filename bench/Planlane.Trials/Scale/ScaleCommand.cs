using System.CommandLine;
using System.Globalization;
using Planlane.Trials.WholeRun;

namespace Planlane.Trials.Scale;

/// <summary>Many agents in one process against a simulator in another, and the time that a large plan takes to be decided.</summary>
internal static class ScaleCommand
{
    private const double MegaByte = 1_000_000;

    public static Command Create()
    {
        var times = new Option<int>("--times") { Description = "How often each load is measured", DefaultValueFactory = _ => 3 };
        var agents = new Option<int>("--agents") { Description = "Measure only this many agents with as many slots", DefaultValueFactory = _ => 0 };
        var seconds = new Option<double>("--seconds") { Description = "What each call takes with --agents", DefaultValueFactory = _ => 1 };
        var command = new Command("scale", "Measures many agents in one process") { times, agents, seconds };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var only = parsed.GetValue(agents);
            IReadOnlyList<ScaleLoad> loads = only > 0
                ? [new ScaleLoad(only, only, parsed.GetValue(seconds), 0)]
                // No plan may have more than 400 tasks.
                : [new(8, 8, 1, 0), new(128, 128, 1, 0), new(400, 400, 1, 0), new(32, 8, 0.5, 8), new(32, 32, 0.5, 8)];
            Console.WriteLine($"Each agent makes {ScaleLoad.Calls} calls. Medians of {parsed.GetValue(times)}; the simulator is another process on the same {Environment.ProcessorCount} processors.");
            Console.WriteLine("agents s   ideal s  ratio  from approval s   engine CPU s   MB  heap  GCs   pool threads   429   load");
            foreach (var load in loads)
                await MeasureAsync(load, parsed.GetValue(times), cancellationToken).ConfigureAwait(false);
            Decisions.Measure(Console.Out);
        });
        return command;
    }

    private static async Task MeasureAsync(ScaleLoad load, int times, CancellationToken cancellationToken)
    {
        var answers = new List<(ScaleAnswer Engine, ScaleServed Simulator)>();
        for (var i = 0; i < times; i++)
        {
            using var scenario = await ScaleScenario.MakeAsync(load.Agents, cancellationToken).ConfigureAwait(false);
            using var simulator = ScaleSimulator.Start(scenario, load);
            using var engine = ScaleEngine.Start(scenario, await simulator.ReadAsync<Uri>(cancellationToken).ConfigureAwait(false), load);
            var answer = await engine.ReadAsync<ScaleAnswer>(cancellationToken).ConfigureAwait(false);
            await engine.EndAsync(cancellationToken).ConfigureAwait(false);
            simulator.CloseInput();
            answers.Add((answer, await simulator.ReadAsync<ScaleServed>(cancellationToken).ConfigureAwait(false)));
        }

        double Median(Func<(ScaleAnswer Engine, ScaleServed Simulator), double> valueOf) => TrialReport.Median(answers.Select(valueOf));
        var took = Median(answer => answer.Engine.AgentsSeconds);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{took,8:0.00}{load.Ideal,10:0.00}{took / load.Ideal,7:0.00}{Median(answer => answer.Engine.ApprovedSeconds),17:0.00}{Median(answer => answer.Engine.ProcessorSeconds),15:0.00}{Median(answer => answer.Engine.PeakBytes / MegaByte),5:0}{Median(answer => answer.Engine.HeapBytes / MegaByte),6:0}{Median(answer => answer.Engine.Collections),5:0}{Median(answer => answer.Engine.Threads),15:0}{Median(answer => answer.Simulator.Refused),6:0}   {load.Name}"));
    }
}
