using System.CommandLine;
using System.Text.Json;
using Planlane.Trials.Processes;

namespace Planlane.Trials.Savings;

/// <summary>A process that runs trials one after another: a virtual clock looks at its whole process, so that two trials at once need two of them.</summary>
internal static class SavingsWorker
{
    private const string Name = "savings-worker";

    /// <summary>Runs all trials on some processes and tells each result as it comes.</summary>
    public static async Task RunAsync(IReadOnlyList<SavingsTrial> trials, string checks, int workers, Action<SavingsTrial, TrialFigures> told, CancellationToken cancellationToken)
    {
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, Math.Min(workers, trials.Count)).Select(_ => Task.Run(WorkAsync, cancellationToken))).ConfigureAwait(false);

        async Task WorkAsync()
        {
            using var worker = ChildProcess.Launch([Name, checks]);
            try
            {
                for (var at = Interlocked.Increment(ref next); at < trials.Count; at = Interlocked.Increment(ref next))
                {
                    await worker.StandardInput.WriteLineAsync(JsonSerializer.Serialize(trials[at]).AsMemory(), cancellationToken).ConfigureAwait(false);
                    await worker.StandardInput.FlushAsync(cancellationToken).ConfigureAwait(false);
                    var line = await worker.StandardOutput.ReadLineAsync(cancellationToken).ConfigureAwait(false) ?? throw new InvalidOperationException($"The process of trial {trials[at]} ended without an answer.");
                    told(trials[at], JsonSerializer.Deserialize<TrialFigures>(line)!);
                }

                worker.StandardInput.Close();
                await worker.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                if (!worker.HasExited)
                    worker.Kill(entireProcessTree: true);
            }
        }
    }

    public static Command CreateProcess()
    {
        var checks = new Argument<string>("checks");
        var command = new Command(Name) { checks };
        command.Hidden = true;
        command.SetAction((parsed, cancellationToken) => ServeAsync(parsed.GetValue(checks)!, cancellationToken));
        return command;
    }

    private static async Task ServeAsync(string checks, CancellationToken cancellationToken)
    {
        var runner = new ArmRunner(Assumptions.Current, new CheckRecords(checks));
        while (await Console.In.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            var trial = JsonSerializer.Deserialize<SavingsTrial>(line)!;
            TrialFigures figures;
            try
            {
                figures = await runner.RunAsync(trial, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                // One trial that fails is a row of the table; the others go on.
                figures = TrialFigures.Broken($"{fault.GetType().Name}: {fault.Message}");
            }

            ChildProcess.Answer(figures);
        }
    }
}
