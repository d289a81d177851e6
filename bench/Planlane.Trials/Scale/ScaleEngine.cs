using System.CommandLine;
using Planlane.Approval;
using Planlane.Hosting;
using Planlane.Models;
using Planlane.Reports;
using Planlane.Requests;
using Planlane.Reviews;
using Planlane.Runs;
using Planlane.Trials.Processes;
using Planlane.Values;

namespace Planlane.Trials.Scale;

/// <summary>One run of many agents in a fresh process, until their work waits for the review.</summary>
internal static class ScaleEngine
{
    private const string Name = "scale-engine";

    public static ChildProcess Start(ScaleScenario scenario, Uri model, ScaleLoad load) => ChildProcess.Start([Name, scenario.Repository, model.ToString(), .. load.Arguments]);

    public static Command CreateCommand()
    {
        var arguments = new Argument<string[]>("arguments");
        var command = new Command(Name) { arguments };
        command.Hidden = true;
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(arguments)!, cancellationToken));
        return command;
    }

    private static async Task RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var load = ScaleLoad.Parse(arguments[2..]);
        var time = TimeProvider.System;
        var connection = new ModelConnection(new Uri(arguments[1]), "simulated");
        var service = await RunService.OpenAsync(arguments[0], new EngineOptions { Seed = 1, Models = () => AnthropicModels.Connect(connection, time) }, cancellationToken).ConfigureAwait(false);
        var plan = ScaleScenario.PlanOf(load.Agents);
        var run = await service.StartAsync(plan.Request, SettingsOf(load), plan, cancellationToken).ConfigureAwait(false);
        await using (run.ConfigureAwait(false))
        {
            DateTimeOffset approved = default, begun = default, ended = default;
            var (reports, threads) = (0, 0);
            await foreach (var update in run.Updates.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                threads = Math.Max(threads, ThreadPool.ThreadCount);
                switch (update.Recorded.Event)
                {
                    case PlanDecided:
                        approved = update.Recorded.At;
                        break;
                    case StepBegun { Step.Value: var step } when begun == default && step.StartsWith("attempt:", StringComparison.Ordinal):
                        begun = update.Recorded.At;
                        break;
                    case TaskReported:
                        (ended, reports) = (update.Recorded.At, reports + 1);
                        break;
                }

                if (update.State.Waiting is RunWait.PlanDecision && update.State.Sequence == run.State.Sequence)
                    await run.DecideAsync(new PlanDecision.Approved(), ReviewRules.Auto).ConfigureAwait(false);
                if (update.State.Waiting is RunWait.ReviewDecision)
                    break;
            }

            if (reports != load.Agents)
                throw new InvalidOperationException($"Only {reports} of {load.Agents} agents have reported: {run.State.Halt?.Message}");
            ChildProcess.Answer(new ScaleAnswer((ended - begun).TotalSeconds, (ended - approved).TotalSeconds, Environment.CpuUsage.TotalTime.TotalSeconds, PeakMemory.OfThisProcess(), threads, GC.GetGCMemoryInfo(GCKind.Any).TotalCommittedBytes, GC.CollectionCount(0)));
        }
    }

    private static RunSettings SettingsOf(ScaleLoad load)
    {
        var catalogue = ModelCatalogue.Load();
        // Without the wait for a cold prefix, whose cost is measured by the scenarios: here it is the machinery that counts.
        var agent = catalogue.Find(new ModelId("claude-haiku-4-5")).Facts with { CacheMinimumTokens = 1_000_000 };
        return new RunSettings(catalogue.Find(new ModelId("claude-sonnet-4-5")).Facts, agent, Slots: load.Slots, Scripted: true, Mode: RunMode.Forced, MaxAgents: load.Agents);
    }
}

/// <summary>What the engine's process tells.</summary>
/// <param name="AgentsSeconds">From the first agent's start until the last report.</param>
/// <param name="ApprovedSeconds">From the approval of the plan until then.</param>
/// <param name="ProcessorSeconds">Processor time of the process, without git's.</param>
/// <param name="PeakBytes">Peak memory.</param>
/// <param name="Threads">The most threads of the pool.</param>
/// <param name="HeapBytes">What of it the collector held for managed objects when it last looked.</param>
/// <param name="Collections">How often it looked.</param>
internal sealed record ScaleAnswer(double AgentsSeconds, double ApprovedSeconds, double ProcessorSeconds, long PeakBytes, int Threads, long HeapBytes, int Collections);
