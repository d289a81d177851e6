using System.CommandLine;
using System.Diagnostics;
using Planlane.Approval;
using Planlane.Commits;
using Planlane.Hosting;
using Planlane.Models;
using Planlane.Requests;
using Planlane.Reviews;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Trials.Processes;

/// <summary>One run in a fresh process, as a user starts it: what has to be compiled or loaded on the way counts.</summary>
internal static class EngineProcess
{
    private const string Name = "engine-process";

    public static ChildProcess Start(string folder, string request, Uri model) => ChildProcess.Start(Name, folder, request, model.ToString());

    /// <summary>The same as a process whose answer nobody reads; it goes on with the run of the repository when there is one.</summary>
    public static Process StartUnwatched(string folder, string request, Uri model) => ChildProcess.Launch([Name, folder, request, model.ToString()]);

    public static Command CreateCommand()
    {
        var folder = new Argument<string>("folder");
        var request = new Argument<string>("request");
        var model = new Argument<Uri>("model") { CustomParser = result => new Uri(result.Tokens[0].Value) };
        var command = new Command(Name) { folder, request, model };
        command.Hidden = true;
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(folder)!, parsed.GetValue(request)!, parsed.GetValue(model)!, cancellationToken));
        return command;
    }

    private static async Task RunAsync(string folder, string request, Uri model, CancellationToken cancellationToken)
    {
        var time = TimeProvider.System;
        var (begunAt, begun) = (time.GetUtcNow(), time.GetTimestamp());
        var connection = new ModelConnection(model, "simulated");
        var options = new EngineOptions { Seed = 1, Models = () => AnthropicModels.Connect(connection, time) };
        var service = await RunService.OpenAsync(folder, options, cancellationToken).ConfigureAwait(false);
        if (await BeginAsync(service, request, cancellationToken).ConfigureAwait(false) is not { } run)
            return;
        await using (run.ConfigureAwait(false))
        {
            TimeSpan? landed = null;
            await foreach (var update in run.Updates.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                if (update.Recorded.Event is ChangesLanded)
                    landed = time.GetElapsedTime(begun);
                await ApproveAsync(run, update.State).ConfigureAwait(false);
            }

            var state = await run.Completion.ConfigureAwait(false);
            if (landed is null)
                throw new InvalidOperationException($"Nothing was landed: {state.Halt?.Message ?? state.End?.Reason ?? "the run waits"}");
            ChildProcess.Answer(new EngineAnswer(begunAt, landed.Value.TotalSeconds, time.GetElapsedTime(begun).TotalSeconds, Environment.CpuUsage.TotalTime.TotalSeconds, PeakMemory.OfThisProcess()));
        }
    }

    // The run of the repository when there is one, else a new one; null when the run had ended, and what its killed process left was only to be tidied.
    private static async Task<ActiveRun?> BeginAsync(RunService service, string request, CancellationToken cancellationToken)
    {
        if (await service.LatestAsync(cancellationToken).ConfigureAwait(false) is not { } earlier)
            return await service.StartAsync(RequestText.Parse(request), Settings(), null, cancellationToken).ConfigureAwait(false);
        try
        {
            return await service.ResumeAsync(earlier.Id, null, cancellationToken).ConfigureAwait(false);
        }
        catch (PlanlaneException) when (earlier.End is not null)
        {
            return null;
        }
    }

    public static async Task ApproveAsync(ActiveRun run, RunState state)
    {
        // An update may be older than the state; only the newest says whom the run waits for.
        if (state.Sequence != run.State.Sequence)
            return;
        if (state.Waiting is RunWait.PlanDecision)
            await run.DecideAsync(new PlanDecision.Approved(), ReviewRules.Auto).ConfigureAwait(false);
        else if (state.Waiting is RunWait.ReviewDecision)
            await run.DecideAsync(new ReviewDecision.Approved([]), ReviewRules.Auto).ConfigureAwait(false);
    }

    private static RunSettings Settings()
    {
        var catalogue = ModelCatalogue.Load();
        return new RunSettings(catalogue.Find(new ModelId("claude-sonnet-4-5")).Facts, catalogue.Find(new ModelId("claude-haiku-4-5")).Facts, Scripted: true);
    }
}

/// <summary>What a run's process tells at its end.</summary>
/// <param name="BegunAt">When the request was handed to the engine.</param>
/// <param name="LandedSeconds">From then until the landed commits were recorded.</param>
/// <param name="EndedSeconds">From then until the run had tidied up.</param>
/// <param name="ProcessorSeconds">Processor time of the process alone, in all threads.</param>
/// <param name="PeakBytes">The process's peak memory.</param>
internal sealed record EngineAnswer(DateTimeOffset BegunAt, double LandedSeconds, double EndedSeconds, double ProcessorSeconds, long PeakBytes);
