using System.Text.Json;
using Planlane.Hosting;
using Planlane.Journal;
using Planlane.Requests;
using Planlane.Runs;
using Planlane.Summary;
using Planlane.Values;

namespace Planlane.Planning;

/// <summary>What became of the estimates of earlier runs: a file of JSON lines beside the runs, so that an estimate does not read whole journals.</summary>
/// <remarks>
/// The file is derived from the journals and made anew when it is missing or holds a line that cannot be read. Nothing in a run depends on it but the next
/// estimate, so a fault of the disk is passed over.
/// </remarks>
/// <param name="folders">Where runs lie.</param>
public sealed class EstimateHistory(RunFolders folders)
{
    // Enough for the runs of several pairs of models; older ones are not taken anyway.
    private const int MostJournals = 60;

    /// <summary>What earlier runs teach for a run with these settings.</summary>
    public async Task<EstimateExperience> ExperienceAsync(RunSettings settings, CancellationToken cancellationToken) =>
        EstimateExperience.Of(await ReadAsync(cancellationToken).ConfigureAwait(false) ?? await RebuildAsync(cancellationToken).ConfigureAwait(false), settings);

    /// <summary>Takes a run that has just ended.</summary>
    /// <param name="ended">Its last state; in its journal already.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task AddAsync(RunState ended, CancellationToken cancellationToken)
    {
        if (!File.Exists(folders.Lessons))
            await RebuildAsync(cancellationToken).ConfigureAwait(false);
        else if (EstimateOutcome.LessonOf(ended) is { } lesson)
            await TryAsync(() => File.AppendAllTextAsync(folders.Lessons, LineOf(lesson), cancellationToken)).ConfigureAwait(false);
    }

    // Null when the file is missing or damaged.
    private async Task<IReadOnlyList<EstimateLesson>?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var lines = await File.ReadAllLinesAsync(folders.Lessons, cancellationToken).ConfigureAwait(false);
            return [.. lines.Select(line => JsonSerializer.Deserialize<EstimateLesson>(line, EventJson.Options) ?? throw new JsonException("The line is null."))];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    private async Task<IReadOnlyList<EstimateLesson>> RebuildAsync(CancellationToken cancellationToken)
    {
        var newest = folders.List().OrderByDescending(run => File.GetLastWriteTimeUtc(folders.JournalOf(run))).Take(MostJournals).ToList();
        if (newest.Count == 0)
            return [];
        var lessons = new List<EstimateLesson>();
        foreach (var run in newest)
            if (await LessonOfAsync(run, cancellationToken).ConfigureAwait(false) is { } lesson)
                lessons.Add(lesson);

        // In one move, so that another process never reads half of it.
        var draft = $"{folders.Lessons}.{newest[0]}";
        await TryAsync(async () =>
        {
            await File.WriteAllTextAsync(draft, string.Concat(lessons.OrderBy(lesson => lesson.EndedAt).Select(LineOf)), cancellationToken).ConfigureAwait(false);
            File.Move(draft, folders.Lessons, overwrite: true);
        }).ConfigureAwait(false);
        return lessons;
    }

    private async Task<EstimateLesson?> LessonOfAsync(RunId run, CancellationToken cancellationToken)
    {
        try
        {
            var events = await JsonLinesJournal.ReadAsync(folders.JournalOf(run), cancellationToken).ConfigureAwait(false);
            return EstimateOutcome.LessonOf(events.Aggregate(RunState.Empty, (state, recorded) => state.Apply(recorded)));
        }
        catch (PlanlaneException)
        {
            return null;
        }
    }

    private static string LineOf(EstimateLesson lesson) => JsonSerializer.Serialize(lesson, EventJson.Options) + "\n";

    private static async Task TryAsync(Func<Task> write)
    {
        try
        {
            await write().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return;
        }
    }
}
