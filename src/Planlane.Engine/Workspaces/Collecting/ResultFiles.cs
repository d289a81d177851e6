using System.Text;
using Planlane.Values;
using Planlane.Workspaces.Disk;
using Planlane.Workspaces.Layers;

namespace Planlane.Workspaces.Collecting;

/// <summary>Finds the test results that a command wrote as files.</summary>
internal static class ResultFiles
{
    private const int Beginning = 4_096;

    /// <summary>Reads the results that were not there before, by path.</summary>
    public static async Task<ValueList<ResultFile>> ReadAsync(Layer layer, LayerScan scan, IReadOnlyDictionary<RepoPath, EntryStat> before, CancellationToken cancellationToken)
    {
        var written = scan.Entries.Where(entry => entry.Value is { Kind: EntryKind.File, Size: > 0 and <= CollectLimits.Result } && MayHold(entry.Key)
            && !(before.TryGetValue(entry.Key, out var earlier) && entry.Value.IsUnchangedFrom(earlier)) && !layer.IsAsInBase(entry.Key, entry.Value));
        var results = new List<ResultFile>();
        foreach (var path in written.Select(entry => entry.Key).Order())
        {
            if (results.Count < CollectLimits.Results && await ReadAsync(layer, path, cancellationToken).ConfigureAwait(false) is { } text)
                results.Add(new ResultFile(path, text));
        }

        return results.ToValueList();
    }

    private static bool MayHold(RepoPath path) => Path.GetExtension(path.Name).ToUpperInvariant() is ".TRX" or ".TAP" or ".XML";

    private static async Task<string?> ReadAsync(Layer layer, RepoPath path, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = DiskFiles.OpenBeneath(layer.Root, path);
            using var reader = new StreamReader(file, Encoding.UTF8);
            var head = new char[Beginning];
            var read = await reader.ReadBlockAsync(head, cancellationToken).ConfigureAwait(false);
            // Builds write much XML that is no test result.
            if (path.Name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) && !head.AsSpan(0, read).Contains("<testsuite", StringComparison.Ordinal))
                return null;
            return new string(head, 0, read) + await reader.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
