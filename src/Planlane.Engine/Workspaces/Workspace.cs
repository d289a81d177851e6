using System.Security.Cryptography;
using System.Text;
using Planlane.Agents;
using Planlane.Git;
using Planlane.Reports;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Workspaces;

/// <summary>Where an agent's files live: a view of the object database with its own writes on top. Nothing is written to a disk folder.</summary>
/// <remarks>Not thread-safe: it belongs to one agent.</remarks>
public sealed class Workspace
{
    private readonly RunId _run;
    private readonly TaskId _id;
    private readonly IReadOnlyDictionary<RepoPath, TreeEntry> _birth;
    private readonly TreeNames _names;
    private readonly GitObjects _objects;
    private ChangeSet _inherited;
    private ChangeSet _own;
    private ChangeSet _pending = ChangeSet.Empty;

    private Workspace(RunId run, TaskId id, IReadOnlyDictionary<RepoPath, TreeEntry> birth, TreeNames names, GitObjects objects, ChangeSet inherited, ChangeSet own, SeenFiles seen)
    {
        (_run, _id) = (run, id);
        _birth = birth;
        _names = names;
        _objects = objects;
        (_inherited, _own) = (inherited, own);
        Layers = _inherited.Then(_own);
        Seen = seen;
    }

    /// <summary>What it holds on top of the tree that all agents are born with.</summary>
    public ChangeSet Layers { get; private set; }

    /// <summary>What its agent knows of its files.</summary>
    public SeenFiles Seen { get; }

    /// <summary>Every path that exists, in ordinal order.</summary>
    public IEnumerable<RepoPath> Files => Unordered.Order();

    /// <summary>The paths of a lane that exist, in ordinal order.</summary>
    public IEnumerable<RepoPath> FilesIn(Ownership lane) => Unordered.Where(lane.Includes).Order();

    private IEnumerable<RepoPath> Unordered => _birth.Keys.Where(path => Layers.Find(path) is not { Blob: null })
        .Union(Layers.Files.Where(file => file.Blob is not null).Select(file => file.Path));

    /// <summary>The workspace of a task as the run's state tells it; the same after a resume.</summary>
    /// <param name="state">The run.</param>
    /// <param name="id">The task.</param>
    /// <param name="birth">The entries of the run's birth tree.</param>
    /// <param name="names">How these are spelled.</param>
    /// <param name="objects">The object database.</param>
    /// <param name="briefed">The files whose text the agent's first message holds.</param>
    public static Workspace Of(
        RunState state, TaskId id, IReadOnlyDictionary<RepoPath, TreeEntry> birth, TreeNames names, GitObjects objects, IReadOnlyDictionary<RepoPath, ObjectId>? briefed = null) =>
        new(state.Id, id, birth, names, objects, InheritedBy(state, id), state.Task(id).Changes, new SeenFiles(state.Task(id).Seen, briefed ?? new Dictionary<RepoPath, ObjectId>()));

    /// <summary>What a task's first message shows: the workspace as it was when the task was born.</summary>
    /// <param name="run">The run.</param>
    /// <param name="task">The task.</param>
    /// <param name="birth">The entries of the run's birth tree.</param>
    /// <param name="names">How these are spelled.</param>
    /// <param name="objects">The object database.</param>
    public static Workspace Born(RunId run, TaskState task, IReadOnlyDictionary<RepoPath, TreeEntry> birth, TreeNames names, GitObjects objects) =>
        new(run, task.Id, birth, names, objects, task.Born ?? ChangeSet.Empty, ChangeSet.Empty, new SeenFiles(task.Seen, new Dictionary<RepoPath, ObjectId>()));

    /// <summary>The same with what the task's agent had changed when the planner's model took it over.</summary>
    /// <param name="run">The run.</param>
    /// <param name="task">The task; was handed over.</param>
    /// <param name="birth">The entries of the run's birth tree.</param>
    /// <param name="names">How these are spelled.</param>
    /// <param name="objects">The object database.</param>
    public static Workspace Handed(RunId run, TaskState task, IReadOnlyDictionary<RepoPath, TreeEntry> birth, TreeNames names, GitObjects objects) =>
        new(run, task.Id, birth, names, objects, task.Born ?? ChangeSet.Empty, task.Handed!, new SeenFiles(task.Seen, new Dictionary<RepoPath, ObjectId>()));

    /// <summary>Looks anew at what the agent's work builds on, as a file that it took over brings the finished work of its owner with it.</summary>
    public void Refresh(RunState state, TaskId id)
    {
        _inherited = InheritedBy(state, id);
        Layers = _inherited.Then(_own);
    }

    /// <summary>How a file or folder that exists is spelled, or null when there is none that could be the same.</summary>
    public string? SpellingOf(string path)
    {
        var key = new RepoPath(path).SpellingKey;
        var written = Layers.Files.Where(file => file.Blob is not null).SelectMany(file => TreeNames.Prefixes(file.Path.Value)).Where(prefix => new RepoPath(prefix).SpellingKey == key).ToList();
        if (_names.SpellingOf(path) is { } born && !IsGone(born))
            written.Add(born);
        return written.Find(spelling => spelling == path) ?? written.FirstOrDefault();
    }

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
    public bool Has(RepoPath path) => Find(path) is not null;

    /// <summary>A file that exists, or null.</summary>
    public FileChange? Find(RepoPath path) => Layers.Find(path) is { } change
        ? change.Blob is null ? null : change
        : _birth.TryGetValue(path, out var entry) ? new FileChange(path, entry.Id, entry.Mode) : null;

    /// <summary>How well the agent knows a file; null when it does not exist.</summary>
    public Sight? SightOf(RepoPath path) => Find(path) is { Blob: { } blob } ? Seen.Of(path, blob) : null;

    /// <summary>Notes that the agent knows what a file holds.</summary>
    public void See(RepoPath path)
    {
        if (Find(path) is { Blob: { } blob })
            Seen.Add(path, blob);
    }

    /// <summary>The text of a file; null when it does not exist or is not UTF-8 text.</summary>
    public async Task<string?> ReadAsync(RepoPath path, CancellationToken cancellationToken)
    {
        if (Find(path) is not { } entry || entry.Mode is FileModes.Submodule or FileModes.SymbolicLink)
            return null;

        var bytes = await _objects.ReadBlobAsync(entry.Blob!.Value, cancellationToken).ConfigureAwait(false);
        // Other encodings would lose bytes on the way back.
        return bytes.AsSpan().Contains((byte)0) || !System.Text.Unicode.Utf8.IsValid(bytes) ? null : Encoding.UTF8.GetString(bytes);
    }

    /// <summary>Where a symbolic link points to, as it is written in it; null when the path is none.</summary>
    public async Task<string?> LinkAsync(RepoPath path, CancellationToken cancellationToken) => Find(path) is { Mode: FileModes.SymbolicLink, Blob: { } blob }
        ? Encoding.UTF8.GetString(await _objects.ReadBlobAsync(blob, cancellationToken).ConfigureAwait(false))
        : null;

    /// <summary>Writes a file; its content is in the object database when this returns. A mode that the file has is kept. The agent knows what it wrote.</summary>
    public async Task WriteAsync(RepoPath path, string text, CancellationToken cancellationToken)
    {
        var blob = await _objects.WriteBlobAsync(Encoding.UTF8.GetBytes(text), cancellationToken).ConfigureAwait(false);
        Change(new FileChange(path, blob, Find(path) is { Mode: FileModes.Executable } ? FileModes.Executable : FileModes.File));
        Seen.Add(path, blob);
    }

    /// <summary>Deletes a file that exists.</summary>
    public void Delete(RepoPath path) => Change(new FileChange(path, null, FileModes.None));

    /// <summary>Moves a file that exists to a path where none is; its mode is kept, and so is what the agent knows of it.</summary>
    public void Move(RepoPath from, RepoPath to)
    {
        var file = Find(from)!;
        var sight = SightOf(from);
        Change(file with { Path = to });
        Delete(from);
        if (sight is Sight.Current)
            See(to);
    }

    /// <summary>Takes over what a command wrote; the agent has not seen it.</summary>
    public void Absorb(ChangeSet written) => Change(written);

    /// <summary>The changes since the last call, for the journal; from then on no collection of git removes what they name.</summary>
    /// <exception cref="GitException">Git has collected a file since it was written; the turn has to be done again.</exception>
    public async Task<ChangeSet> TakeChangesAsync(CancellationToken cancellationToken)
    {
        var taken = _pending;
        await _objects.KeepAsync([.. taken.Files.Where(file => file.Blob is not null).Select(file => (AnchorOf(file.Path), file.Blob!.Value))], cancellationToken).ConfigureAwait(false);
        _pending = ChangeSet.Empty;
        return taken;
    }

    // One ref a file of a task, whatever letters are in the two names.
    private string AnchorOf(RepoPath path) => GitRepository.PrivateRef(_run, $"files/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{_id}\n{path}")))[..24]}");

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

    // The name of a file that was deleted is free to be spelled anew.
    private bool IsGone(string path) => _birth.ContainsKey(new RepoPath(path)) && !Has(new RepoPath(path));

    private static ChangeSet InheritedBy(RunState state, TaskId id) => WorkspaceLayers.Inherited(state, id).Aggregate(ChangeSet.Empty, (below, above) => below.Then(above));

    private void Change(FileChange change) => Change(new ChangeSet([change]));

    private void Change(ChangeSet changes)
    {
        _own = _own.Then(changes);
        Layers = _inherited.Then(_own);
        _pending = _pending.Then(changes);
    }
}
