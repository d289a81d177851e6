using System.Diagnostics;
using Planlane.Budgets;
using Planlane.Simulator;
using Planlane.Simulator.Faults;
using Planlane.Simulator.Ledgers;
using Planlane.Simulator.Pacing;
using Planlane.Simulator.Scripting;
using Planlane.Values;

namespace Planlane.Trials.Savings;

/// <summary>Runs trials in this process, one after another, each on a clock and a simulator of its own.</summary>
/// <param name="assumptions">What is assumed.</param>
/// <param name="records">What commands say.</param>
internal sealed class ArmRunner(Assumptions assumptions, CheckRecords records)
{
    private readonly CallFigures _figures = new(assumptions);

    /// <summary>Opens a scenario: a shipped one, or one of the cases that lose.</summary>
    public static Scenario Open(string name) => Directory.Exists(Path.Combine(AppContext.BaseDirectory, "Savings", "Scenarios", name))
        ? new ScenarioCatalogue(Path.Combine(AppContext.BaseDirectory, "Savings", "Scenarios")).Open(name)
        : new ScenarioCatalogue().Open(name);

    public async Task<TrialFigures> RunAsync(SavingsTrial trial, CancellationToken cancellationToken)
    {
        var begun = Stopwatch.GetTimestamp();
        var figures = await (Arms.IsLoop(trial.Arm) ? LoopAsync(trial, cancellationToken) : EngineAsync(trial, cancellationToken)).ConfigureAwait(false);
        return figures with { RealSeconds = Stopwatch.GetElapsedTime(begun).TotalSeconds };
    }

    private async Task<TrialFigures> LoopAsync(SavingsTrial trial, CancellationToken cancellationToken)
    {
        var scenario = Open(trial.Scenario);
        var found = assumptions.CaseOf(trial.Scenario);
        var isTuned = trial.Arm == Arms.Tuned;
        var pace = new AlonePace(isTuned ? found.TunedTurns : found.AloneTurns, isTuned, assumptions.AloneCodeShare);
        using var time = new VirtualTime();
        // It has no lane to leave.
        var options = Options(scenario, trial, time) with { Alone = pace, LargeModels = assumptions.LargeModel with { OutsideLane = 0 } };
        await using var server = await SimulatorServer.StartAsync(options, cancellationToken).ConfigureAwait(false);
        var times = new ToolTime(assumptions, trial);
        using var tools = new AloneTools(scenario, records, GoldFiles.ChecksOf(scenario));
        using var client = new AloneClient(server.Address, assumptions.Planner, tools, times, time);
        var at = time.GetTimestamp();
        await client.RunAsync(scenario.Request, assumptions.AlonePrefixTokens, cancellationToken).ConfigureAwait(false);
        var seconds = time.GetElapsedTime(at).TotalSeconds;
        var isWhole = CheckRecords.DigestOf(tools.Root) == GoldFiles.DigestOf(scenario);
        var model = server.Calls.Sum(call => ((call.EndedAt ?? call.StartedAt) - call.StartedAt).TotalSeconds);
        return Of(server.Calls, isWhole ? TrialFigures.Done : TrialFigures.Failed, seconds) with
        {
            Agents = 1,
            IsWhole = isWhole,
            Time = new Dictionary<string, double> { [Terms.Model] = model, [Terms.Tools] = seconds - model },
        };
    }

    /// <summary>The trial of an arm of the engine, with the calls that the simulator got.</summary>
    public async Task<(TrialFigures Figures, IReadOnlyList<SimulatedCall> Calls)> CallsAsync(SavingsTrial trial, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("planlane-variant-");
        try
        {
            return await EngineAsync(trial, PlanVariants.Of(Open(trial.Scenario), trial.Arm, folder.FullName), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task<TrialFigures> EngineAsync(SavingsTrial trial, CancellationToken cancellationToken) => (await CallsAsync(trial, cancellationToken).ConfigureAwait(false)).Figures;

    private async Task<(TrialFigures Figures, IReadOnlyList<SimulatedCall> Calls)> EngineAsync(SavingsTrial trial, Scenario scenario, CancellationToken cancellationToken)
    {
        using var time = new VirtualTime();
        await using var server = await SimulatorServer.StartAsync(Options(scenario, trial, time), cancellationToken).ConfigureAwait(false);
        var times = new ToolTime(assumptions, trial);
        var sandbox = new TimedSandbox(records, times, GoldFiles.ChecksOf(scenario), assumptions.IntegratedChecks, time);
        var run = new EngineArm(assumptions, _figures, scenario, trial, sandbox, time);
        var ended = await run.RunAsync(server.Address, cancellationToken).ConfigureAwait(false);
        var figures = Of(server.Calls, ended.Outcome, ended.Seconds) with
        {
            Agents = ended.Agents,
            Repaired = server.Calls.Where(call => call is { Role: CallRole.Agent, Turn: > 1 }).Select(call => call.Task).Distinct().Count(),
            Escalated = trial.Arm == Arms.OneShot ? 0 : server.Calls.Where(call => call.Role == CallRole.Agent && call.Model is { } model && model.Value.StartsWith(assumptions.Planner, StringComparison.Ordinal)).Select(call => call.Task).Distinct().Count(),
            Rounds = ended.Rounds,
            IsWhole = ended.IsWhole,
            Time = ended.TimeOf(server.Calls),
            Note = string.Join("; ", server.Calls.Where(call => call.Mistake is not null || call.Fault is not null).Select(call => $"{call.Task?.Value ?? "planner"} {call.Turn} {call.Mistake ?? call.Fault}").Prepend(ended.Note).Concat(ended.Refusals).OfType<string>()),
        };
        return (figures, server.Calls);
    }

    private TrialFigures Of(IReadOnlyList<SimulatedCall> calls, string outcome, double seconds)
    {
        var agents = calls.Where(call => call.Role == CallRole.Agent).ToList();
        return new TrialFigures(
            outcome,
            seconds,
            Ledger.Of(calls, _figures.Prices).Cost.Usd,
            Ledger.Of(calls, _figures.CurrentPrices).Cost.Usd,
            calls.Aggregate(default(Usage), (sum, call) => sum + call.Usage),
            calls.Count,
            agents.Sum(call => call.Usage.TotalInput),
            agents.Sum(call => call.Usage.CacheRead),
            0,
            0,
            0,
            0,
            false,
            new Dictionary<string, double>(),
            _figures.MoneyOf(calls),
            0,
            null);
    }

    private SimulatorOptions Options(Scenario scenario, SavingsTrial trial, VirtualTime time)
    {
        var faults = assumptions.ServiceFaults.Aggregate(new FaultPlan(), (plan, fault) => plan.Often(FaultCatalogue.All[fault.Name], fault.Rate));
        var slips = assumptions.CaseOf(trial.Scenario).Slip is { } slip
            ? new[] { new Slip(slip.Path, slip.Right, slip.Wrong, assumptions.SlipSmallRate, assumptions.SlipLargeRate) }.ToValueList()
            : [];
        return new SimulatorOptions(scenario)
        {
            TimeProvider = time,
            Seed = trial.Seed,
            FaultPlan = faults,
            Latency = LatencyProfile.Measured,
            SmallModels = assumptions.SmallModel,
            LargeModels = assumptions.LargeModel,
            Weakness = new Weakness { MendsByEdit = true, StuckRate = assumptions.StuckRate, Slips = slips },
            Prices = _figures.Prices,
        };
    }
}
