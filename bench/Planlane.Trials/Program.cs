using System.CommandLine;
using Planlane.Sandbox.Linux;
using Planlane.Trials.Bases;
using Planlane.Trials.Compiling;
using Planlane.Trials.Fuzzing;
using Planlane.Trials.Journals;
using Planlane.Trials.Kills;
using Planlane.Trials.Landings;
using Planlane.Trials.Maps;
using Planlane.Trials.Processes;
using Planlane.Trials.Prompts;
using Planlane.Trials.Sandbox;
using Planlane.Trials.Savings;
using Planlane.Trials.Scale;
using Planlane.Trials.Startup;
using Planlane.Trials.WholeRun;
using Planlane.Trials.Workspaces;

namespace Planlane.Trials;

/// <summary>Measures Planlane as a user meets it: whole processes, a real repository, real checks; only the model is simulated.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        if (args is [SandboxCommand.NetworkWord, var door])
        {
            BoxListener.Hand(door);
            return 0;
        }

        var root = TrialOptions.AddTo(new RootCommand("Measures whole runs of a scenario on a simulated model"), async (options, cancellationToken) =>
        {
            var trials = new List<Trial>();
            for (var i = 0; i < options.Runs; i++)
            {
                trials.Add(await TrialRunner.RunAsync(options, cancellationToken).ConfigureAwait(false));
                Console.Error.WriteLine($"run {i + 1} of {options.Runs}: {trials[^1].Wall:0.000} s");
            }

            TrialReport.Write(Console.Out, options, trials);
        });
        root.Add(StartupCommand.Create());
        root.Add(FuzzCommand.Create());
        root.Add(MapCommand.Create());
        root.Add(BaseCommand.Create());
        root.Add(CompileCommand.Create());
        root.Add(LandingCommand.Create());
        root.Add(MapProcess.CreateCommand());
        root.Add(JournalCommand.Create());
        root.Add(JournalCommand.CreateProcess());
        root.Add(KillCommand.Create());
        root.Add(WorkspacesCommand.Create());
        root.Add(SandboxCommand.Create());
        root.Add(ScaleCommand.Create());
        root.Add(FanOutCommand.Create());
        root.Add(SavingsCommand.Create());
        root.Add(PromptsCommand.Create());
        root.Add(SavingsWorker.CreateProcess());
        root.Add(ScaleSimulator.CreateCommand());
        root.Add(ScaleEngine.CreateCommand());
        root.Add(SimulatorProcess.CreateCommand());
        root.Add(EngineProcess.CreateCommand());
        return await root.Parse(args).InvokeAsync().ConfigureAwait(false);
    }
}
