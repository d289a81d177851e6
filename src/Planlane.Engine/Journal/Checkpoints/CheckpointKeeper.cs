using Microsoft.Win32.SafeHandles;
using Planlane.Runs;

namespace Planlane.Journal.Checkpoints;

/// <summary>Keeps the checkpoint of a journal that is being written: at its end, and on the way after many events. Belongs to the one who writes the journal.</summary>
/// <param name="path">The journal.</param>
/// <param name="file">The same, open.</param>
/// <param name="prefix">The hash of its beginning; taken over.</param>
/// <param name="kept">The last event that is in the checkpoint.</param>
internal sealed class CheckpointKeeper(string path, SafeFileHandle file, PrefixHash prefix, long kept) : IDisposable
{
    // What comes after a checkpoint is read in a tenth of a second, and a run of many agents takes minutes for it.
    private const int EventsBetween = 10_000;

    // Of so few a checkpoint saves nothing that anybody notices.
    private const int FewestEvents = 50;

    private Task _writing = Task.CompletedTask;
    private (RunState State, long Length)? _latest;
    private long _kept = kept;

    /// <summary>Takes note of the state after the journal's last event.</summary>
    /// <param name="state">The state.</param>
    /// <param name="length">The journal's length in bytes.</param>
    public void Reached(RunState state, long length)
    {
        _latest = (state, length);
        if (state.Sequence - _kept >= EventsBetween && _writing.IsCompleted)
            Begin();
    }

    /// <summary>Writes what is not kept yet, when it is worth it.</summary>
    public async Task FinishAsync()
    {
        await _writing.ConfigureAwait(false);
        if (_latest is { State.Sequence: var last } && last > _kept && last >= FewestEvents)
            Begin();
        await _writing.ConfigureAwait(false);
    }

    /// <inheritdoc />
    public void Dispose() => prefix.Dispose();

    private void Begin()
    {
        var (state, length) = _latest!.Value;
        _kept = state.Sequence;
        _writing = Task.Run(() => Write(state, length));
    }

    private void Write(RunState state, long length)
    {
        try
        {
            if (prefix.Of(file, length) is { } hash)
                Checkpoint.Write(path, length, hash, state);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The next load reads the journal itself; what helps it must not end a run.
        }
    }
}
