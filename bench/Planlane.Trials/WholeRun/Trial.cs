using Planlane.Summary;

namespace Planlane.Trials.WholeRun;

/// <summary>What one run took.</summary>
/// <param name="Wall">Seconds from the request to the landed commits.</param>
/// <param name="UntilEnd">Seconds from the request until the run had tidied up.</param>
/// <param name="Bound">The lower bound by the answers as served.</param>
/// <param name="JournalBound">The lower bound by the run's journal.</param>
/// <param name="Overhead">Where the rest goes.</param>
/// <param name="EngineProcessorSeconds">Processor time of the engine's process, without git and the checks: hardly noisy.</param>
/// <param name="EngineBytes">Peak memory of the engine's process.</param>
/// <param name="SimulatorBytes">Peak memory of the simulator's process.</param>
/// <param name="Summary">Tokens, cost, tests and agents as the run itself tells them.</param>
internal sealed record Trial(
    double Wall, double UntilEnd, LowerBound Bound, LowerBound JournalBound, Overhead Overhead, double EngineProcessorSeconds, long EngineBytes, long SimulatorBytes, RunSummary Summary)
{
    public double Ratio => Wall / Bound.Total;

    public double JournalRatio => Wall / JournalBound.Total;
}
