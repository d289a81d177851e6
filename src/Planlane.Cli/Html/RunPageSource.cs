using Planlane.Runs;
using Planlane.Summary;
using Planlane.Values;

namespace Planlane.Cli.Html;

/// <summary>What a run's page is made of: its journal and what the object database has of its work.</summary>
/// <param name="Events">The journal.</param>
/// <param name="Diffs">What the agents changed.</param>
internal sealed record RunPageSource(IReadOnlyList<RecordedEvent> Events, ValueList<AgentDiff> Diffs)
{
    /// <summary>The run at the journal's end.</summary>
    public RunState State { get; } = Events.Aggregate(RunState.Empty, (state, recorded) => state.Apply(recorded));

    /// <summary>What took time.</summary>
    public RunTimeline Timeline { get; } = RunTimeline.Of(Events);

    /// <summary>What it cost and saved.</summary>
    public RunSummary Summary => field ??= RunSummary.From(State);
}
