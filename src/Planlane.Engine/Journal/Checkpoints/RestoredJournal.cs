using Planlane.Runs;

namespace Planlane.Journal.Checkpoints;

/// <summary>What a journal holds: the state of its checkpoint, and the events after it.</summary>
/// <param name="Start">The state; the empty one without a checkpoint.</param>
/// <param name="Later">The events after it.</param>
/// <param name="Prefix">The hash of the bytes before them.</param>
/// <param name="WholeLength">The length of all whole lines; what lies behind is a line that is not written yet, or never was.</param>
internal sealed record RestoredJournal(RunState Start, IReadOnlyList<RecordedEvent> Later, PrefixHash Prefix, long WholeLength)
{
    /// <summary>Reads a journal.</summary>
    /// <param name="file">The open file.</param>
    /// <param name="path">Its path.</param>
    /// <param name="useCheckpoint">Whether its checkpoint may stand for its first events.</param>
    /// <exception cref="PlanlaneException">A line is damaged, is missing, or was written by a newer version.</exception>
    public static RestoredJournal Read(FileStream file, string path, bool useCheckpoint = true)
    {
        var (start, prefix) = (useCheckpoint ? StartOf(file, path) : null) ?? (RunState.Empty, new PrefixHash());
        var bytes = new byte[file.Length - prefix.Length];
        var read = RandomAccess.Read(file.SafeFileHandle, bytes, prefix.Length);
        for (var more = read; more > 0 && read < bytes.Length; read += more)
            more = RandomAccess.Read(file.SafeFileHandle, bytes.AsSpan(read), prefix.Length + read);
        return new RestoredJournal(start, JournalLines.Read(bytes, path, start.Sequence, prefix.Length), prefix, prefix.Length + JournalLines.WholeLength(bytes));
    }

    /// <summary>The state after the last event.</summary>
    public RunState Fold() => Later.Aggregate(Start, (state, recorded) => state.Apply(recorded));

    // The image is read while the journal's beginning is hashed: both take about as long.
    private static (RunState State, PrefixHash Prefix)? StartOf(FileStream file, string path)
    {
        if (Checkpoint.TryRead(path) is not { } found || found.Head.Length > file.Length)
            return null;
        var reading = Task.Run(found.State);
        var prefix = new PrefixHash();
        var hash = prefix.Of(file.SafeFileHandle, found.Head.Length);
        var state = reading.GetAwaiter().GetResult();
        if (state is not null && state.Sequence == found.Head.Sequence && hash is not null && Convert.ToHexStringLower(hash) == found.Head.Prefix)
            return (state, prefix);
        prefix.Dispose();
        return null;
    }
}
