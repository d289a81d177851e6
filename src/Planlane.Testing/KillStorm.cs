using System.Diagnostics;
using Planlane.Agents;
using Planlane.Hosting;
using Planlane.Journal;
using Planlane.Planning;
using Planlane.Runs;

namespace Planlane.Testing;

/// <summary>Works on one run in processes that are killed at random instants, one after another, until one of them ends by itself.</summary>
/// <param name="start">Starts a process that begins the run, or goes on with it when there is one.</param>
/// <param name="asked">What the model was asked up to now, in the order of arrival.</param>
/// <param name="commonDir">The git common directory, where the journals lie.</param>
/// <param name="random">Draws the instants.</param>
/// <param name="longest">Instants are drawn evenly between the start of a process and this time after it.</param>
public sealed class KillStorm(Func<Process> start, Func<IReadOnlyList<ModelQuestion>> asked, string commonDir, Random random, TimeSpan longest)
{
    /// <summary>Goes on until the run has ended.</summary>
    /// <param name="mostKills">From then on processes are left alone.</param>
    /// <param name="cancellationToken">Ends it; the process is killed.</param>
    public async Task<KillStormOutcome> RunAsync(int mostKills, CancellationToken cancellationToken)
    {
        var kills = 0;
        var paidTwice = new List<ModelQuestion>();
        IReadOnlyList<RecordedEvent> journal = [];
        while (true)
        {
            var before = asked().Count;
            using var process = start();
            var survived = await SurvivesAsync(process, kills < mostKills, cancellationToken).ConfigureAwait(false);
            var held = AnswersOf(journal);
            paidTwice.AddRange(asked().Skip(before).Where(held.Contains));
            journal = await JournalAsync(cancellationToken).ConfigureAwait(false);
            kills += survived ? 0 : 1;
            if (survived)
                return new KillStormOutcome(kills, journal.Aggregate(RunState.Empty, (state, recorded) => state.Apply(recorded)), asked().Count - AnswersOf(journal).Count, paidTwice);
        }
    }

    private async Task<bool> SurvivesAsync(Process process, bool mayKill, CancellationToken cancellationToken)
    {
        using var instant = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (mayKill)
            instant.CancelAfter(longest * random.NextDouble());
        try
        {
            await process.WaitForExitAsync(instant.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            // SIGKILL, to the process alone: what it started is left as a crash would leave it.
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            return false;
        }
    }

    // What is on disk after the kill; nothing when the process died before the run was recorded.
    private async Task<IReadOnlyList<RecordedEvent>> JournalAsync(CancellationToken cancellationToken)
    {
        var folders = new RunFolders(commonDir);
        return folders.List() is [var run, ..] ? await JsonLinesJournal.ReadAsync(folders.JournalOf(run), cancellationToken).ConfigureAwait(false) : [];
    }

    private static HashSet<ModelQuestion> AnswersOf(IReadOnlyList<RecordedEvent> journal) => [.. journal.Select(ModelQuestion? (recorded) => recorded.Event switch
    {
        PlanAnswered plan => new ModelQuestion(null, plan.Round),
        TurnAnswered turn => new ModelQuestion(turn.TaskId.Value, turn.Number),
        _ => null,
    }).OfType<ModelQuestion>()];
}

/// <summary>One request to a model, named by whose conversation it is and how far that had come.</summary>
/// <param name="Task">The agent's task; null for the planner.</param>
/// <param name="Turn">Which answer of the conversation is asked for, from 1.</param>
public readonly record struct ModelQuestion(string? Task, int Turn);

/// <summary>What came of a run whose processes were killed.</summary>
/// <param name="Kills">How many processes were killed.</param>
/// <param name="State">The run as its journal tells it.</param>
/// <param name="Lost">Answers that were asked for and that no journal holds: those that were in flight at a kill.</param>
/// <param name="PaidTwice">Questions that were asked although their answer was in a journal; must be empty.</param>
public sealed record KillStormOutcome(int Kills, RunState State, int Lost, IReadOnlyList<ModelQuestion> PaidTwice);
