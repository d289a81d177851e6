using System.Text;
using Planlane.Git;
using Planlane.Reports;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Workspaces;

/// <summary>Where an agent's files live: a view of the object database with its own writes on top. Nothing is written to a disk folder.</summary>
/// <remarks>Not thread-safe: it belongs to one agent.</remarks>
public sealed class Workspace
{
    private readonly IReadOnlyDictionary<RepoPath, TreeEntry> _birth;
    private readonly GitObjects _objects;
    private ChangeSet _layers;
    private ChangeSet _pending = ChangeSet.Empty;

    private Workspace(IReadOnlyDictionary<RepoPath, TreeEntry> birth, GitObjects objects, ChangeSet layers)
    {
        _birth = birth;
        _objects = objects;
        _layers = layers;
    }

    /// <summary>Every path that exists, in ordinal order.</summary>
    public IEnumerable<RepoPath> Files => _birth.Keys.Where(path => _layers.Find(path) is not { Blob: null })
        .Union(_layers.Files.Where(file => file.Blob is not null).Select(file => file.Path)).Order();

    /// <summary>The workspace of a task as the run's state tells it; the same after a resume.</summary>
    /// <param name="state">The run.</param>
    /// <param name="id">The task.</param>
    /// <param name="birth">The entries of the run's birth tree.</param>
    /// <param name="objects">The object database.</param>
    public static Workspace Of(RunState state, TaskId id, IReadOnlyDictionary<RepoPath, TreeEntry> birth, GitObjects objects) =>
        new(birth, objects, WorkspaceLayers.Inherited(state, id).Append(state.Task(id).Changes).Aggregate(ChangeSet.Empty, (below, above) => below.Then(above)));

    /// <summary>Whether a file exists.</summary>
    public bool Has(RepoPath path) => EntryOf(path) is not null;

    /// <summary>The text of a file; null when it does not exist or is not text.</summary>
    public async Task<string?> ReadAsync(RepoPath path, CancellationToken cancellationToken)
    {
        if (EntryOf(path) is not { } entry || entry.Mode is FileModes.Submodule or FileModes.SymbolicLink)
            return null;

        var bytes = await _objects.ReadBlobAsync(entry.Blob!.Value, cancellationToken).ConfigureAwait(false);
        return bytes.AsSpan().Contains((byte)0) ? null : Encoding.UTF8.GetString(bytes);
    }

    /// <summary>Writes a file; its content is in the object database when this returns. A mode that the file has is kept.</summary>
    public async Task WriteAsync(RepoPath path, string text, CancellationToken cancellationToken)
    {
        var blob = await _objects.WriteBlobAsync(Encoding.UTF8.GetBytes(text), cancellationToken).ConfigureAwait(false);
        Change(new FileChange(path, blob, EntryOf(path) is { Mode: FileModes.Executable } ? FileModes.Executable : FileModes.File));
    }

    /// <summary>Deletes a file that exists.</summary>
    public void Delete(RepoPath path) => Change(new FileChange(path, null, FileModes.None));

    /// <summary>The changes since the last call, for the journal.</summary>
    public ChangeSet TakeChanges()
    {
        var taken = _pending;
        _pending = ChangeSet.Empty;
        return taken;
    }

    private FileChange? EntryOf(RepoPath path) => _layers.Find(path) is { } change
        ? change.Blob is null ? null : change
        : _birth.TryGetValue(path, out var entry) ? new FileChange(path, entry.Id, entry.Mode) : null;

    private void Change(FileChange change)
    {
        var set = new ChangeSet([change]);
        _layers = _layers.Then(set);
        _pending = _pending.Then(set);
    }
}
