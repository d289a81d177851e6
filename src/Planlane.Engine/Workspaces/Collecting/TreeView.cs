using Planlane.Git;
using Planlane.Values;

namespace Planlane.Workspaces.Collecting;

/// <summary>A file or link of a tree.</summary>
/// <param name="Mode">One of <see cref="FileModes"/> that is no submodule.</param>
/// <param name="Id">Its blob.</param>
internal readonly record struct TreeFile(string Mode, ObjectId Id);

/// <summary>The files of a tree, held as those of a base and what differs from them, so that many views of one base cost little. Submodules are left out. Immutable.</summary>
internal sealed class TreeView
{
    private readonly Dictionary<RepoPath, TreeFile> _base;
    private readonly RepoPath[] _sorted;
    private readonly IReadOnlyDictionary<RepoPath, TreeFile?> _changes;

    private readonly RepoPath[] _attributes;

    private TreeView(Dictionary<RepoPath, TreeFile> files, RepoPath[] sorted, RepoPath[] attributes, IReadOnlyDictionary<RepoPath, TreeFile?> changes) =>
        (_base, _sorted, _attributes, _changes) = (files, sorted, attributes, changes);

    /// <summary>The paths at which it differs from the base.</summary>
    public IEnumerable<RepoPath> Changed => _changes.Keys;

    public IEnumerable<RepoPath> Paths => _sorted.Where(path => !_changes.ContainsKey(path)).Concat(_changes.Where(change => change.Value is not null).Select(change => change.Key));

    /// <summary>The files that say how others are to be stored and shown.</summary>
    public IEnumerable<RepoPath> Attributes => _attributes.Where(path => !_changes.ContainsKey(path)).Concat(_changes.Where(change => change.Value is not null && IsAttributes(change.Key)).Select(change => change.Key));

    /// <summary>Reads the view of a base.</summary>
    public static async Task<TreeView> ReadAsync(GitRepository repository, ObjectId tree, CancellationToken cancellationToken)
    {
        var output = await repository.Cli.RunAsync(new GitCall("ls-tree", "-r", "-z", "--full-tree", tree.Value), cancellationToken).ConfigureAwait(false);
        var files = new Dictionary<RepoPath, TreeFile>();
        foreach (var record in output.Records.Where(record => record.Length > 0 && !record.StartsWith(FileModes.Submodule, StringComparison.Ordinal)))
        {
            var tab = record.IndexOf('\t', StringComparison.Ordinal);
            files[new RepoPath(record[(tab + 1)..])] = new TreeFile(record[..6], new ObjectId(record[12..tab]));
        }

        var sorted = files.Keys.ToArray();
        Array.Sort(sorted);
        return new TreeView(files, sorted, [.. sorted.Where(IsAttributes)], new Dictionary<RepoPath, TreeFile?>());
    }

    /// <summary>The view of another tree of which this one is the base.</summary>
    public async Task<TreeView> ToAsync(GitRepository repository, ObjectId from, ObjectId to, CancellationToken cancellationToken)
    {
        if (from == to)
            return this;

        var output = await repository.Cli.RunAsync(new GitCall("diff-tree", "-r", "-z", "--raw", "--no-abbrev", "--no-renames", "--no-ext-diff", from.Value, to.Value), cancellationToken).ConfigureAwait(false);
        var records = output.Records.Where(record => record.Length > 0).ToList();
        var changes = new Dictionary<RepoPath, TreeFile?>();
        for (var at = 0; at + 1 < records.Count; at += 2)
        {
            var fields = records[at].Split(' ');
            changes[new RepoPath(records[at + 1])] = fields[1] is FileModes.None or FileModes.Submodule ? null : new TreeFile(fields[1], new ObjectId(fields[3]));
        }

        return new TreeView(_base, _sorted, _attributes, changes);
    }

    public TreeFile? Find(RepoPath path) => _changes.TryGetValue(path, out var changed) ? changed : InBase(path);

    /// <summary>What the base has at a path.</summary>
    public TreeFile? InBase(RepoPath path) => _base.TryGetValue(path, out var file) ? file : null;

    /// <summary>The paths of the base below a folder.</summary>
    public IEnumerable<RepoPath> BelowInBase(RepoPath folder)
    {
        var prefix = folder.Value + "/";
        var at = Array.BinarySearch(_sorted, new RepoPath(prefix));
        for (var next = at < 0 ? ~at : at; next < _sorted.Length && _sorted[next].Value.StartsWith(prefix, StringComparison.Ordinal); next++)
            yield return _sorted[next];
    }

    /// <summary>The paths below a folder.</summary>
    public IEnumerable<RepoPath> Below(RepoPath folder)
    {
        var prefix = folder.Value + "/";
        foreach (var path in BelowInBase(folder))
            if (!_changes.ContainsKey(path))
                yield return path;
        foreach (var (path, file) in _changes)
            if (file is not null && path.Value.StartsWith(prefix, StringComparison.Ordinal))
                yield return path;
    }

    private static bool IsAttributes(RepoPath path) => path.Name == ".gitattributes";
}
