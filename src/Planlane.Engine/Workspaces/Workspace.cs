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
    public IEnumerable<RepoPath> Files => Unordered.Order();

    private IEnumerable<RepoPath> Unordered => _birth.Keys.Where(path => _layers.Find(path) is not { Blob: null })
        .Union(_layers.Files.Where(file => file.Blob is not null).Select(file => file.Path));

    /// <summary>The workspace of a task as the run's state tells it; the same after a resume.</summary>
    /// <param name="state">The run.</param>
    /// <param name="id">The task.</param>
    /// <param name="birth">The entries of the run's birth tree.</param>
    /// <param name="objects">The object database.</param>
    public static Workspace Of(RunState state, TaskId id, IReadOnlyDictionary<RepoPath, TreeEntry> birth, GitObjects objects) =>
        new(birth, objects, WorkspaceLayers.Inherited(state, id).Append(state.Task(id).Changes).Aggregate(ChangeSet.Empty, (below, above) => below.Then(above)));

    /// <summary>Why a file cannot be written at a path beside the files that exist, or null when it can: two spellings of one name, a file where a folder is, a folder where a file is.</summary>
    public string? ConflictOf(RepoPath path)
    {
        foreach (var file in Unordered.Where(file => file != path))
        {
            var shared = SharedLength(file.Value, path.Value);
            if (!file.Value.AsSpan(0, shared).SequenceEqual(path.Value.AsSpan(0, shared)))
                return $"'{file.Value[..shared].TrimEnd('/')}' already exists in other letter case; use its spelling.";
            if (shared == file.Value.Length)
                return $"'{file}' is a file, so nothing can lie below it.";
            if (shared == path.Value.Length)
                return $"'{path}' is a folder.";
        }

        return null;
    }

    /// <summary>Whether a file exists.</summary>
    public bool Has(RepoPath path) => EntryOf(path) is not null;

    /// <summary>The text of a file; null when it does not exist or is not UTF-8 text.</summary>
    public async Task<string?> ReadAsync(RepoPath path, CancellationToken cancellationToken)
    {
        if (EntryOf(path) is not { } entry || entry.Mode is FileModes.Submodule or FileModes.SymbolicLink)
            return null;

        var bytes = await _objects.ReadBlobAsync(entry.Blob!.Value, cancellationToken).ConfigureAwait(false);
        // Other encodings would lose bytes on the way back.
        return bytes.AsSpan().Contains((byte)0) || !System.Text.Unicode.Utf8.IsValid(bytes) ? null : Encoding.UTF8.GetString(bytes);
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

    // How many letters, up to the end of a part, two paths have in common when case is ignored.
    private static int SharedLength(string left, string right)
    {
        var shared = 0;
        for (var i = 0; i <= Math.Min(left.Length, right.Length); i++)
        {
            var (leftEnds, rightEnds) = (i == left.Length || left[i] == '/', i == right.Length || right[i] == '/');
            if (leftEnds && rightEnds)
                shared = i;
            if (leftEnds != rightEnds || i == left.Length || i == right.Length || char.ToUpperInvariant(left[i]) != char.ToUpperInvariant(right[i]))
                break;
        }

        return shared;
    }

    private void Change(FileChange change)
    {
        var set = new ChangeSet([change]);
        _layers = _layers.Then(set);
        _pending = _pending.Then(set);
    }
}
