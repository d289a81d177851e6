using System.Collections.Concurrent;
using System.Text;
using Planlane.Git;
using Planlane.Requests.Sources;

namespace Planlane.Requests;

/// <summary>Reads source files: from the cache what was read before, the rest in one pass of git, in parallel.</summary>
/// <param name="repository">The repository.</param>
/// <param name="cache">What was read before.</param>
internal sealed class SourceReader(GitRepository repository, ReadingCache cache)
{
    // Where git looks for the NUL that makes a file binary.
    private const int BinaryProbe = 8000;

    /// <summary>What is read of each blob by each reader, and kept for the next time.</summary>
    /// <param name="wanted">The language that reads; null for plain text.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyDictionary<ReadingKey, BlobReading>> ReadAsync(IReadOnlyDictionary<ReadingKey, ISourceLanguage?> wanted, CancellationToken cancellationToken)
    {
        var readings = new ConcurrentDictionary<ReadingKey, BlobReading>();
        Parallel.ForEach(wanted.Keys, new ParallelOptions { CancellationToken = cancellationToken }, key =>
        {
            if (cache.Find(key) is { } reading)
                readings[key] = reading;
        });

        var missing = wanted.Keys.Where(key => !readings.ContainsKey(key)).ToLookup(key => key.Blob);
        var added = new ConcurrentDictionary<ReadingKey, KeptReading>();
        var blobs = missing.Select(group => group.Key).ToList();
        await Parallel.ForEachAsync(repository.ReadBlobsAsync(blobs, cancellationToken), cancellationToken, (blob, _) =>
        {
            foreach (var key in missing[blob.Id])
            {
                readings[key] = Read(blob.Bytes, wanted[key]);
                added[key] = cache.Keep(readings[key]);
            }

            return ValueTask.CompletedTask;
        }).ConfigureAwait(false);
        cache.Save(added, wanted.Keys);
        return readings;
    }

    private static BlobReading Read(byte[] bytes, ISourceLanguage? language)
    {
        if (bytes.AsSpan(0, Math.Min(bytes.Length, BinaryProbe)).Contains((byte)0))
            return new BlobReading(ReadingState.Binary);
        var text = Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF');
        if (language is null)
            return new BlobReading(ReadingState.Read, Text: text);
        return SourceSelection.IsGeneratedText(text) ? new BlobReading(ReadingState.Generated) : new BlobReading(ReadingState.Read, language.Read(text));
    }
}
