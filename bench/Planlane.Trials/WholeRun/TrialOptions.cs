using System.CommandLine;

namespace Planlane.Trials.WholeRun;

/// <summary>What is run, and how often.</summary>
/// <param name="Scenario">The scenario's name.</param>
/// <param name="Speed">How many times faster than real models the simulated one answers.</param>
/// <param name="Runs">How many runs are measured, at least 1.</param>
/// <param name="Seed">Draws the model's latencies; the same for all runs.</param>
internal sealed record TrialOptions(string Scenario, double Speed, int Runs, int Seed)
{
    public static RootCommand AddTo(RootCommand command, Func<TrialOptions, CancellationToken, Task> run)
    {
        var scenario = new Option<string>("--scenario") { Description = "The scenario that is run", DefaultValueFactory = _ => "auth" };
        var speed = new Option<double>("--speed") { Description = "How many times faster than real models the simulated one answers", DefaultValueFactory = _ => 20 };
        var runs = new Option<int>("--runs") { Description = "How many runs", DefaultValueFactory = _ => 5 };
        var seed = new Option<int>("--seed") { Description = "Draws the model's latencies", DefaultValueFactory = _ => 1 };
        Option[] all = [scenario, speed, runs, seed];
        foreach (var option in all)
            command.Add(option);
        command.SetAction((parsed, cancellationToken) => run(
            new TrialOptions(parsed.GetValue(scenario)!, parsed.GetValue(speed), Math.Max(1, parsed.GetValue(runs)), parsed.GetValue(seed)), cancellationToken));
        return command;
    }
}
