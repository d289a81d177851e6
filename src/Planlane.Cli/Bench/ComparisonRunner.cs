using Planlane.Budgets;
using Planlane.Cli.Dialogue;
using Planlane.Cli.Output;
using Planlane.Runs;
using Planlane.Summary;
using Planlane.Values;

namespace Planlane.Cli.Bench;

/// <summary>Runs a comparison from wherever it stands, one run after another so that none takes the other's processors or rate limits.</summary>
/// <param name="comparison">The comparison.</param>
/// <param name="service">The repository's runs.</param>
/// <param name="terminal">The streams.</param>
/// <param name="json">The JSON stream of results, or null.</param>
/// <param name="interrupts">The user's signals.</param>
internal sealed class ComparisonRunner(Comparison comparison, RunService service, Terminal terminal, JsonLines? json, Interrupts interrupts)
{
    private readonly List<(ComparedRun Place, RunState State)> _begun = [];

    /// <summary>The samples of the runs that have ended.</summary>
    public IReadOnlyList<(ComparedRun Place, RunSample Sample)> Samples => [.. _begun.Where(run => run.State.End is not null).Select(run => (run.Place, RunSample.Of(run.State)))];

    /// <summary>What all runs have cost so far.</summary>
    public Cost Spent => _begun.Aggregate(Cost.Zero, (sum, run) => sum + BudgetRules.Spent(run.State));

    /// <summary>The comparison as it stands.</summary>
    public Comparison Comparison { get; private set; } = comparison;

    /// <summary>Runs what is left of it.</summary>
    /// <returns>Why it ended before its end: the halt of a run; null when it was interrupted or has nothing left to run.</returns>
    public async Task<RunHalt?> RunAsync()
    {
        // Read whole even when it is to stop: what was spent has to be said. A run that recorded nothing has not begun.
        foreach (var place in Comparison.Runs.Where(place => !service.IsBlank(place.Run)))
            if (await service.LoadAsync(place.Run, CancellationToken.None).ConfigureAwait(false) is { Sequence: > 0 } state)
                _begun.Add((place, state));
        Comparison = Comparison with { Runs = _begun.Select(run => run.Place).ToValueList() };
        foreach (var (time, arm) in Comparison.Order)
        {
            if (_begun.Exists(run => run.State.End?.Outcome is RunOutcome.Unsuitable) || interrupts.ExitCode != 0)
                return null;
            if (StateOf(time, arm) is { End: not null })
                continue;
            ComparisonView.Begin(terminal.Error, Comparison, time, arm);
            ActiveRun? run = null;
            RunState state;
            try
            {
                run = await OpenAsync(time, arm).ConfigureAwait(false);
                state = await new MeasuredRun(terminal, interrupts).FollowAsync(run).ConfigureAwait(false);
                Note(time, arm, state);
            }
            catch (OperationCanceledException) when (interrupts.ExitCode != 0)
            {
                Note(time, arm, run?.State);
                return null;
            }
            catch (Exception fault)
            {
                // What it and the runs before it cost has to be said all the same.
                Note(time, arm, run?.State);
                return fault is PlanlaneException known
                    ? new RunHalt(known.Kind, known.Message, known.Hint)
                    : new RunHalt(FaultKind.Failed, $"Planlane itself failed: {fault.GetType().Name}: {fault.Message}", "Please report this.");
            }

            if (state.End is null)
                return interrupts.ExitCode != 0 ? null : RunDecider.StandsStill(state) ?? new RunHalt(FaultKind.Failed, $"Run {state.Id} stands still.", null);
            json?.Write(ComparisonJson.Sample(Comparison.Find(time, arm)!, RunSample.Of(state)));
        }

        return null;
    }

    private RunState? StateOf(int time, Arm arm) => _begun.Find(run => run.Place.Time == time && run.Place.Arm == arm).State;

    private Task<ActiveRun> OpenAsync(int time, Arm arm)
    {
        if (StateOf(time, arm) is { } state)
            return service.ResumeAsync(new RunResumed(Left + BudgetRules.Spent(state)) { SharedBudgets = Comparison.Divided.SharedBudgets }, state.Id, interrupts.Stop);
        var settings = arm is Arm.Planlane ? Comparison.Divided : Comparison.Alone with { Checks = ChecksFor(time) };
        return service.StartAsync(Comparison.Request, settings with { Budget = Left }, null, _begun.Count == 0 ? null : _begun[0].State.Base, id => Keep(time, arm, id), interrupts.Stop);
    }

    // Written down before any of the run's work is done, so that a process that is killed leaves no paid run that nobody knows.
    private void Keep(int time, Arm arm, RunId run)
    {
        var kept = Comparison with { Runs = Comparison.Runs.Append(new ComparedRun(time, arm, run)).ToValueList() };
        kept.Write(service.Comparisons);
        Comparison = kept;
    }

    private void Note(int time, Arm arm, RunState? state)
    {
        if (state is not { Sequence: > 0 } || Comparison.Find(time, arm) is not { } place)
            return;
        _begun.RemoveAll(run => run.Place == place);
        _begun.Add((place, state));
    }

    private Cost Left => Comparison.Cap - Spent;

    // The same checks on both results: those of the plan of the same time, else of an earlier one.
    private ValueList<Planning.PlannedCheck> ChecksFor(int time) =>
        _begun.Where(run => run.Place.Arm is Arm.Planlane && run.State.Plan is not null).OrderBy(run => run.Place.Time == time ? 0 : 1).Select(run => run.State.Plan!.Checks).FirstOrDefault() is { Count: > 0 } checks
            ? checks
            : Comparison.Alone.Checks;
}
