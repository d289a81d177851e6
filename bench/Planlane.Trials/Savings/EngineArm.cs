using Planlane.Agents;
using Planlane.Hosting;
using Planlane.Models;
using Planlane.Planning;
using Planlane.Requests;
using Planlane.Reviews;
using Planlane.Runs;
using Planlane.Sandbox;
using Planlane.Simulator;
using Planlane.Simulator.Scripting;
using Planlane.Trials.Processes;
using Planlane.Trials.WholeRun;
using Planlane.Values;

namespace Planlane.Trials.Savings;

/// <summary>The real engine, through its public door, with everything approved at once.</summary>
internal sealed class EngineArm(Assumptions assumptions, CallFigures figures, Scenario scenario, SavingsTrial trial, ISandbox sandbox, TimeProvider time)
{
    public async Task<EngineEnd> RunAsync(Uri address, CancellationToken cancellationToken)
    {
        using var repository = await TrialRepository.MakeAsync(scenario, cancellationToken).ConfigureAwait(false);
        using var api = AnthropicModels.Connect(new ModelConnection(address, "simulated"), time);
        using var client = trial.Arm == Arms.Cold ? new ColdFanOut(api) : api;
        var options = new EngineOptions { Seed = trial.Seed, Models = () => client, Time = time, Sandbox = sandbox, Turns = new CommandTurns(assumptions.Slots) };
        var service = await RunService.OpenAsync(repository.Folder, options, cancellationToken).ConfigureAwait(false);
        var begun = time.GetTimestamp();
        try
        {
            var run = await service.StartAsync(RequestText.Parse(scenario.Request), Settings(), null, cancellationToken).ConfigureAwait(false);
            await using (run.ConfigureAwait(false))
            {
                var refused = await FollowAsync(run, cancellationToken).ConfigureAwait(false);
                var state = run.State;
                var seconds = time.GetElapsedTime(begun).TotalSeconds;
                var events = await service.ReadAsync(state.Id, cancellationToken).ConfigureAwait(false);
                var isWhole = state.Work?.Passed == true && CheckRecords.DigestOf(repository.Folder) == GoldFiles.DigestOf(scenario);
                return new EngineEnd(OutcomeOf(state, isWhole), seconds, state.Tasks.Count, state.CombinedRounds, isWhole, refused ?? state.Halt?.Message ?? state.End?.Reason, events);
            }
        }
        catch (PlanlaneException refused) when (refused.Kind is FaultKind.Unsuitable)
        {
            return new EngineEnd(TrialFigures.Declined, time.GetElapsedTime(begun).TotalSeconds, 0, 0, false, refused.Message, []);
        }
    }

    // Until the run has ended, stands still, or has work that may not be approved unseen; then the words of that.
    private static async Task<string?> FollowAsync(ActiveRun run, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var update in run.Updates.ReadAllAsync(cancellationToken).ConfigureAwait(false))
                await EngineProcess.ApproveAsync(run, update.State).ConfigureAwait(false);
            await run.Completion.ConfigureAwait(false);
            return null;
        }
        catch (PlanlaneException refused) when (run.State.Waiting is RunWait.ReviewDecision)
        {
            return refused.Message;
        }
    }

    private static string OutcomeOf(RunState state, bool isWhole) => state.End?.Outcome switch
    {
        RunOutcome.Unsuitable => TrialFigures.Declined,
        RunOutcome.Completed when isWhole => TrialFigures.Done,
        _ => TrialFigures.Failed,
    };

    private RunSettings Settings()
    {
        var isSingle = trial.Arm == Arms.OneShot;
        var (planner, agent) = (figures.Facts(assumptions.Planner), figures.Facts(isSingle ? assumptions.Planner : assumptions.Agent));
        return new RunSettings(planner, agent, Slots: Arms.SlotsOf(trial.Arm, assumptions.Slots), Scripted: true)
        {
            // Plans that are made worse may be found not to divide. All others are asked for alike, so that the planner takes the same time for them.
            Mode = isSingle ? RunMode.Single : trial.Arm is Arms.Barrier or Arms.NoContracts ? RunMode.Forced : RunMode.Auto,
            // As the program has it by default.
            Triages = true,
            MaxTurns = isSingle ? 60 : 20,
            MaxRepairs = trial.Arm == Arms.NoLimit ? int.MaxValue : 2,
            // One agent alone has no plan that names the checks.
            Checks = isSingle ? ChecksOfPlan() : [],
        };
    }

    private ValueList<PlannedCheck> ChecksOfPlan() =>
        GoldFiles.ChecksOf(scenario).Select((command, at) => new PlannedCheck($"check-{at + 1}", command)).ToValueList();
}

/// <summary>How a run of the engine ended.</summary>
internal sealed record EngineEnd(string Outcome, double Seconds, int Agents, int Rounds, bool IsWhole, string? Note, IReadOnlyList<RecordedEvent> Events)
{
    /// <summary>What agents were sent back for, a check each.</summary>
    public IEnumerable<string> Refusals => Events.Select(recorded => recorded.Event).OfType<TaskChecked>().Where(check => !check.Result.Passed)
        .Select(check => $"{check.TaskId} after turn {check.AfterTurn}: {check.Result.Diagnostics.FirstOrDefault()?.Text ?? check.Result.Name}");

    /// <summary>Where the time of the run went, along its longest path.</summary>
    public Dictionary<string, double> TimeOf(IReadOnlyList<SimulatedCall> calls)
    {
        var planner = calls.Where(call => call.Role is CallRole.Planner or CallRole.Triage).Sum(Seconds);
        var combined = Events.Where(recorded => recorded.Event is WorkCombined).ToList();
        var checks = combined.SelectMany(recorded => ((WorkCombined)recorded.Event).Work.Checks).Sum(check => check.Seconds);
        var agents = calls.Where(call => call.Role == CallRole.Agent && call.EndedAt is not null).ToList();
        var firstRound = agents.Where(call => combined.Count == 0 || call.EndedAt <= combined[0].At).ToList();
        var start = agents.Count == 0 ? default : agents.Min(call => call.StartedAt);
        var prefix = agents.Count == 0 ? 0 : agents.Where(call => call.Turn == 1).OrderBy(call => call.StartedAt).Skip(1).Take(1).Select(call => (call.StartedAt - start).TotalSeconds).FirstOrDefault();
        // Until the last first answer, and what repairs add behind it; what waits for a repaired task begins later, and that counts among the first answers.
        var ideal = firstRound.Where(call => call.Turn == 1).Select(call => (call.EndedAt!.Value - start).TotalSeconds).DefaultIfEmpty(0).Max();
        var all = firstRound.Select(call => (call.EndedAt!.Value - start).TotalSeconds).DefaultIfEmpty(0).Max();
        var later = Math.Max(0, agents.Select(call => (call.EndedAt!.Value - start).TotalSeconds).DefaultIfEmpty(0).Max() - all);
        var between = combined.Count <= 1 ? 0 : later - combined.SkipLast(1).Sum(recorded => ((WorkCombined)recorded.Event).Work.Checks.Sum(check => check.Seconds));
        var sums = new Dictionary<string, double>
        {
            [Terms.Planner] = planner,
            [Terms.Prefix] = Math.Min(prefix, ideal),
            [Terms.FirstTurns] = Math.Max(0, ideal - prefix),
            [Terms.Repairs] = all - ideal + Math.Max(0, between),
            [Terms.Checks] = checks,
        };
        sums[Terms.Rest] = this.Seconds - sums.Values.Sum();
        return sums;

        static double Seconds(SimulatedCall call) => ((call.EndedAt ?? call.StartedAt) - call.StartedAt).TotalSeconds;
    }
}
