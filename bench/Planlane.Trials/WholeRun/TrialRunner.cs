using Planlane.Hosting;
using Planlane.Runs;
using Planlane.Simulator.Scripting;
using Planlane.Summary;
using Planlane.Trials.Processes;

namespace Planlane.Trials.WholeRun;

/// <summary>Does one run in a new repository, with the simulator and the engine in a process each.</summary>
internal static class TrialRunner
{
    public static async Task<Trial> RunAsync(TrialOptions options, CancellationToken cancellationToken)
    {
        var scenario = new ScenarioCatalogue().Open(options.Scenario);
        using var repository = await TrialRepository.MakeAsync(scenario, cancellationToken).ConfigureAwait(false);
        using var simulator = SimulatorProcess.Start(options.Scenario, options.Speed, options.Seed);
        var address = await simulator.ReadAsync<Uri>(cancellationToken).ConfigureAwait(false);
        using var process = EngineProcess.Start(repository.Folder, scenario.Request, address);
        var engine = await process.ReadAsync<EngineAnswer>(cancellationToken).ConfigureAwait(false);
        simulator.CloseInput();
        var served = await simulator.ReadAsync<SimulatorAnswer>(cancellationToken).ConfigureAwait(false);

        var service = await RunService.OpenAsync(repository.Folder, new EngineOptions { Seed = 1, Models = () => throw new InvalidOperationException("Nothing is asked here.") }, cancellationToken).ConfigureAwait(false);
        var state = (await service.LatestAsync(cancellationToken).ConfigureAwait(false))!;
        var events = await service.ReadAsync(state.Id, cancellationToken).ConfigureAwait(false);
        var bound = LowerBound.OfServed(events, served.Calls);
        return new Trial(
            engine.LandedSeconds,
            engine.EndedSeconds,
            bound,
            LowerBound.OfJournal(events),
            Overhead.Of(engine, events, served.Calls, bound),
            engine.ProcessorSeconds,
            engine.PeakBytes,
            served.PeakBytes,
            RunSummary.From(state));
    }
}
