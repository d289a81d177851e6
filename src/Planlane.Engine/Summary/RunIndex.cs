using System.Text.Json;
using Planlane.Hosting;
using Planlane.Journal;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Summary;

/// <summary>Overviews of all runs, kept in a file beside them so that a list does not read every journal.</summary>
/// <remarks>
/// The journals are the truth: an overview counts only for the very length and time of the journal that it was made of, and one that is missing, older or of another form is made again. The file may
/// be deleted at any time. A fault of the disk while it is written is passed over: then the next list takes longer.
/// </remarks>
/// <param name="folders">Where runs lie.</param>
internal sealed class RunIndex(RunFolders folders)
{
    // Another number makes every overview anew: for when what is derived changes though the journals do not.
    private const int Form = 1;

    /// <summary>The overview of every run whose journal can be read, the newest first.</summary>
    public async Task<IReadOnlyList<RunOverview>> ListAsync(CancellationToken cancellationToken)
    {
        var known = await ReadAsync(cancellationToken).ConfigureAwait(false);
        var entries = new List<Entry>();
        var isChanged = false;
        foreach (var id in folders.List())
        {
            var journal = new FileInfo(folders.JournalOf(id));
            if (known.TryGetValue(id, out var entry) && entry.Length == journal.Length && entry.Written == journal.LastWriteTimeUtc.Ticks)
            {
                entries.Add(entry);
                continue;
            }

            isChanged = true;
            entries.Add(new Entry(Form, id, journal.Length, journal.LastWriteTimeUtc.Ticks, await OverviewAsync(id, cancellationToken).ConfigureAwait(false)));
        }

        if (isChanged || entries.Count != known.Count)
            await WriteAsync(entries, cancellationToken).ConfigureAwait(false);
        return [.. entries.Select(entry => entry.Overview).OfType<RunOverview>().OrderByDescending(run => run.StartedAt)];
    }

    // A journal that cannot be read must not hide the other runs; naming it tells what is wrong.
    private async Task<RunOverview?> OverviewAsync(RunId id, CancellationToken cancellationToken)
    {
        try
        {
            var events = await JsonLinesJournal.ReadAsync(folders.JournalOf(id), cancellationToken).ConfigureAwait(false);
            return events.Count == 0 ? null : RunOverview.Of(events.Aggregate(RunState.Empty, (state, recorded) => state.Apply(recorded)));
        }
        catch (PlanlaneException)
        {
            return null;
        }
    }

    private async Task<Dictionary<RunId, Entry>> ReadAsync(CancellationToken cancellationToken)
    {
        var known = new Dictionary<RunId, Entry>();
        try
        {
            foreach (var line in await File.ReadAllLinesAsync(folders.Overviews, cancellationToken).ConfigureAwait(false))
                if (JsonSerializer.Deserialize<Entry>(line, EventJson.Options) is { Form: Form } entry)
                    known[entry.Id] = entry;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            known.Clear();
        }

        return known;
    }

    // In one move, so that another process never reads half of it.
    private async Task WriteAsync(List<Entry> entries, CancellationToken cancellationToken)
    {
        var draft = $"{folders.Overviews}.{Environment.ProcessId}";
        try
        {
            await File.WriteAllLinesAsync(draft, entries.Select(entry => JsonSerializer.Serialize(entry, EventJson.Options)), cancellationToken).ConfigureAwait(false);
            File.Move(draft, folders.Overviews, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return;
        }
    }

    private sealed record Entry(int Form, RunId Id, long Length, long Written, RunOverview? Overview);
}
