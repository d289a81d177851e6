using System.Diagnostics;
using Planlane.Agents;
using Planlane.Hosting;
using Planlane.Journal;
using Planlane.Planning;
using Planlane.Runs;

namespace Planlane.Testing;

/// <summary>Works on one run in processes that are killed at random instants, one after another, until one of them ends by itself.</summary>
/// <remarks>
/// An instant is so many events after the start of a process, and then a moment more: so every process gets somewhere, and kills fall on all of a run's work and
/// not mostly on the start of processes. One kill in eight falls on that start.
/// </remarks>
/// <param name="start">Starts a process that begins the run, or goes on with it when there is one.</param>
/// <param name="asked">What the model was asked up to now, in the order of arrival.</param>
/// <param name="commonDir">The git common directory, where the journals lie.</param>
/// <param name="random">Draws the instants.</param>
public sealed class KillStorm(Func<Process> start, Func<IReadOnlyList<ModelQuestion>> asked, string commonDir, Random random)
{
    private const int MostEvents = 12;
    private static readonly TimeSpan LongestMoment = TimeSpan.FromMilliseconds(100);

    private readonly RunFolders _folders = new(commonDir);
    private TimeSpan _untilFirstEvent = TimeSpan.FromSeconds(1);

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
        try
        {
            if (mayKill)
                await WhenDueAsync(process, cancellationToken).ConfigureAwait(false);
            else
                await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            return process.HasExited;
        }
        finally
        {
            // SIGKILL, to the process alone: what it started is left as a crash would leave it.
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    // Returns at the instant, or when the process has ended before it.
    private async Task WhenDueAsync(Process process, CancellationToken cancellationToken)
    {
        var (begun, begunWith, seen) = (Stopwatch.GetTimestamp(), Lines(), -1L);
        var events = random.Next(8) == 0 ? 0 : random.Next(1, MostEvents + 1);
        var moment = random.NextDouble() * (events == 0 ? _untilFirstEvent : LongestMoment);
        var due = events == 0 ? moment : (TimeSpan?)null;
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        while (!process.HasExited && await ticks.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
        {
            var passed = Stopwatch.GetElapsedTime(begun);
            if (due <= passed)
                return;
            if (due is not null || seen == Length())
                continue;
            seen = Length();
            var recorded = Lines() - begunWith;
            if (recorded > 0 && passed < _untilFirstEvent)
                _untilFirstEvent = passed;
            due = recorded >= events ? passed + moment : null;
        }
    }

    private string? Journal => _folders.List() is [var run, ..] ? _folders.JournalOf(run) : null;

    private long Length() => Journal is { } journal ? new FileInfo(journal).Length : 0;

    private int Lines()
    {
        if (Journal is not { } journal)
            return 0;
        using var file = new FileStream(journal, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes.Count(letter => letter == '\n');
    }

    // What is on disk after the kill; nothing when the process died before the run was recorded.
    private async Task<IReadOnlyList<RecordedEvent>> JournalAsync(CancellationToken cancellationToken) =>
        Journal is { } journal ? await JsonLinesJournal.ReadAsync(journal, cancellationToken).ConfigureAwait(false) : [];

    private static HashSet<ModelQuestion> AnswersOf(IReadOnlyList<RecordedEvent> journal) => [.. journal.Select(ModelQuestion? (recorded) => recorded.Event switch
    {
        RequestTriaged { Call: not null } => ModelQuestion.OfTriage,
        PlanAnswered plan => new ModelQuestion(null, plan.Round),
        TurnAnswered turn => new ModelQuestion(turn.TaskId.Value, turn.Number),
        _ => null,
    }).OfType<ModelQuestion>()];
}

/// <summary>One request to a model, named by whose conversation it is and how far that had come.</summary>
/// <param name="Task">The agent's task; null for the planner.</param>
/// <param name="Turn">Which answer of the conversation is asked for, from 1.</param>
public readonly record struct ModelQuestion(string? Task, int Turn)
{
    /// <summary>Whether the request should be divided at all, which is asked before the planner.</summary>
    public static ModelQuestion OfTriage { get; } = new(null, 0);
}

/// <summary>What came of a run whose processes were killed.</summary>
/// <param name="Kills">How many processes were killed.</param>
/// <param name="State">The run as its journal tells it.</param>
/// <param name="Lost">Answers that were asked for and that no journal holds: those that were in flight at a kill.</param>
/// <param name="PaidTwice">Questions that were asked although their answer was in a journal; must be empty.</param>
public sealed record KillStormOutcome(int Kills, RunState State, int Lost, IReadOnlyList<ModelQuestion> PaidTwice);
