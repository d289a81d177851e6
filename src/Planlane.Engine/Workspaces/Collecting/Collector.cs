using Planlane.Reports;
using Planlane.Values;
using Planlane.Workspaces.Disk;
using Planlane.Workspaces.Layers;

namespace Planlane.Workspaces.Collecting;

/// <summary>
/// Brings a workspace to a tree, and reads back what a command wrote. Both are one act: what differs from the tree is kept where it is in the lane, left where it is a build output, and undone
/// where it is neither. Git is never run with the workspace as its repository or work tree, as an agent may have planted settings, hooks and links there.
/// </summary>
/// <remarks>
/// Files that are already right are not touched, so that a build finds their times; a file that is put back has a new time, as a build may have read what was there. One call at a time, and
/// never while a command runs.
/// </remarks>
/// <param name="layer">The workspace's own files.</param>
/// <param name="stored">Takes files into the object database.</param>
/// <param name="staged">Makes files of a tree.</param>
/// <param name="ignored">Tells what git ignores.</param>
/// <param name="separated">The lane whose files are the workspace's own already; null for none.</param>
internal sealed class Collector(Layer layer, StoredFiles stored, StagedFiles staged, IgnoredPaths ignored, Ownership? separated)
{
    private readonly Dictionary<RepoPath, (EntryStat Stat, TreeFile File)> _known = [];
    private Dictionary<RepoPath, EntryStat> _before = [];
    private Ownership? _lane = separated;

    /// <summary>Makes the workspace show a tree; build outputs stay, everything else that is not of the tree goes.</summary>
    /// <param name="wanted">The tree.</param>
    /// <param name="lane">The paths at which the next command's writes are kept.</param>
    /// <param name="keepsOutputs">Whether build outputs stay; else the base's own are there again.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task BringAsync(TreeView wanted, Ownership? lane, bool keepsOutputs, CancellationToken cancellationToken)
    {
        var scan = await ReadableAsync(wanted, [], cancellationToken).ConfigureAwait(false);
        var (differing, outputs) = await DifferingAsync(scan, wanted, null, cancellationToken).ConfigureAwait(false);
        if (!keepsOutputs)
            differing.AddRange(outputs.Findings);
        await UndoAsync(differing, wanted, cancellationToken).ConfigureAwait(false);
        if (!keepsOutputs)
            layer.BringBack(scan, wanted);
        layer.RestoreGit();
        _before = scan.Entries;
        if (lane is not null && lane != _lane && layer is FolderLayer folder)
            Unshare(folder, lane);
        _lane = lane;
        Mark();
    }

    /// <summary>Puts right what a command that did not end by itself wrote in files that others share.</summary>
    public async Task MendAsync(TreeView wanted, CancellationToken cancellationToken)
    {
        if (layer is not FolderLayer)
            return;
        layer.RestoreGit();
        await ReadableAsync(wanted, [], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads back what was written since the workspace showed a tree, and undoes what is not kept.</summary>
    /// <param name="wanted">The tree.</param>
    /// <param name="lane">The paths at which writes are kept; null to keep none but build outputs.</param>
    /// <param name="cancellationToken">Stops it; what it left is undone when the workspace is brought to a tree again.</param>
    public async Task<Settlement> SettleAsync(TreeView wanted, Ownership? lane, CancellationToken cancellationToken)
    {
        var undone = new List<RepoPath>(layer.RestoreGit());
        var scan = await ReadableAsync(wanted, undone, cancellationToken).ConfigureAwait(false);
        var results = await ResultFiles.ReadAsync(layer, scan, _before, cancellationToken).ConfigureAwait(false);
        var (differing, outputs) = await DifferingAsync(scan, wanted, lane, cancellationToken).ConfigureAwait(false);
        var kept = lane is null ? [] : LaneRules.Kept(differing, wanted, lane);
        foreach (var finding in kept)
            Keep(finding);
        var others = differing.Where(finding => !kept.Contains(finding)).ToList();
        await UndoAsync(others, wanted, cancellationToken).ConfigureAwait(false);
        undone.AddRange(others.Select(finding => finding.Path));
        Mark();
        return new Settlement(
            new ChangeSet(kept.Select(finding => finding.Change).OrderBy(change => change.Path).ToValueList()),
            undone.Distinct().Order().Take(CollectLimits.Named).ToValueList(),
            results,
            await LeftAsync(outputs.WrittenIn(lane, _before), cancellationToken).ConfigureAwait(false));
    }

    // What cannot be named from here cannot be undone by itself, so the workspace begins anew.
    private async Task<LayerScan> ReadableAsync(TreeView wanted, List<RepoPath> undone, CancellationToken cancellationToken)
    {
        var scan = layer.Scan();
        if (scan.Unreadable.Count > 0)
        {
            undone.AddRange(scan.Unreadable);
            layer.Clear();
            scan = layer.Scan();
        }

        if (layer is FolderLayer folder && folder.Damaged(scan) is { Count: > 0 } damaged)
        {
            undone.AddRange(damaged);
            await staged.MakeAsync([.. damaged.Select(path => KeyValuePair.Create(path, wanted.InBase(path)!.Value))], wanted, cancellationToken).ConfigureAwait(false);
            foreach (var path in damaged)
            {
                folder.RestoreBase(path, staged[path]);
                layer.Put(path, staged[path]);
                Know(path, wanted.InBase(path)!.Value);
                scan.Entries[path] = DiskFiles.StatOf(layer.Full(path))!.Value;
            }

            staged.Clear();
        }

        return scan;
    }

    private async Task<(List<Finding> Differing, OutputFindings Outputs)> DifferingAsync(LayerScan scan, TreeView wanted, Ownership? lane, CancellationToken cancellationToken)
    {
        var differing = new List<Finding>();
        var loose = new List<Finding>();
        foreach (var path in scan.Entries.Keys.Concat(layer.Missable(scan, wanted)).Concat(_known.Keys).ToHashSet())
        {
            EntryStat? entry = scan.Entries.TryGetValue(path, out var stat) ? stat : null;
            if (wanted.Find(path) is not { } file)
            {
                if (IsLoose(path, entry, scan, wanted))
                    loose.Add(new Finding(path, null, entry));
            }
            else if (!IsRight(path, file, entry, scan, wanted))
            {
                differing.Add(new Finding(path, file, entry));
            }
        }

        var outputs = await OutputsAsync(loose, wanted, lane, cancellationToken).ConfigureAwait(false);
        differing.AddRange(loose.Except(outputs.Findings));
        var read = new List<Finding>();
        foreach (var finding in differing)
        {
            var seen = await SeenAsync(finding, lane, cancellationToken).ConfigureAwait(false);
            if (seen.Found is null || seen.Found != seen.Wanted)
                read.Add(seen);
            else
                _known[seen.Path] = (seen.Entry!.Value, seen.Found.Value);
        }

        return (read, outputs);
    }

    // Without reading: nothing is there and the base's file shows through, or what is there was read before.
    private bool IsRight(RepoPath path, TreeFile file, EntryStat? entry, LayerScan scan, TreeView wanted) => entry switch
    {
        null => layer.ShowsBase(path, scan) && wanted.InBase(path) == file,
        { Kind: EntryKind.File or EntryKind.Link } stat => _known.TryGetValue(path, out var known) && layer.IsOld(stat) && stat.IsUnchangedFrom(known.Stat) ? known.File == file
            : wanted.InBase(path) == file && layer.IsAsInBase(path, stat),
        _ => false,
    };

    private bool IsLoose(RepoPath path, EntryStat? entry, LayerScan scan, TreeView wanted) => entry switch
    {
        null => layer.ShowsBase(path, scan) && wanted.InBase(path) is not null,
        { Kind: EntryKind.Removal } => wanted.InBase(path) is null && !wanted.BelowInBase(path).Any(),
        { } stat => wanted.InBase(path) is not null || !layer.IsAsInBase(path, stat),
    };

    private async Task<OutputFindings> OutputsAsync(List<Finding> loose, TreeView wanted, Ownership? lane, CancellationToken cancellationToken)
    {
        // What an agent was given by name is its work, whatever git ignores; what the tree of the base had there is no output.
        var named = lane?.Named.ToHashSet() ?? [];
        var open = loose.Where(finding => !named.Contains(finding.Path) && wanted.InBase(finding.Path) is null && finding.Entry is not { Size: > CollectLimits.Output }).ToList();
        var folders = open.Select(finding => (Finding: finding, Folder: OutputFolders.Of(finding.Path, wanted, lane))).ToList();
        var others = folders.Where(pair => pair.Folder is null).Select(pair => pair.Finding).ToList();
        var ignoredOnes = await ignored.AmongAsync([.. others.Select(finding => finding.Path)], cancellationToken).ConfigureAwait(false);
        return new OutputFindings(
            [.. others.Where(finding => ignoredOnes.Contains(finding.Path))],
            [.. folders.Where(pair => pair.Folder is not null).Select(pair => (pair.Finding, pair.Folder!.Value))]);
    }

    // What git ignores is known to be an output; the name of a folder alone is a guess.
    private async Task<ValueList<RepoPath>> LeftAsync(IReadOnlyList<(RepoPath Path, RepoPath Folder)> named, CancellationToken cancellationToken)
    {
        var ignoredOnes = await ignored.AmongAsync([.. named.Select(pair => pair.Path)], cancellationToken).ConfigureAwait(false);
        return named.Where(pair => !ignoredOnes.Contains(pair.Path)).Select(pair => pair.Folder).Distinct().Order().Take(CollectLimits.Named).ToValueList();
    }

    private async Task<Finding> SeenAsync(Finding finding, Ownership? lane, CancellationToken cancellationToken)
    {
        if (!finding.HasContent)
            return finding with { IsAcceptable = finding is { Wanted: not null, Entry: null or { Kind: EntryKind.Removal } } };
        // Of what will be undone in any case, nothing need be known.
        if (finding.Wanted is null && lane?.Includes(finding.Path) is not true)
            return finding;
        var found = await stored.TakeAsync(layer, finding.Path, finding.Entry!.Value, finding.Wanted, cancellationToken).ConfigureAwait(false);
        var leadsOut = found is not null && finding.Entry is { Kind: EntryKind.Link }
            && LinkTarget.ProblemOf(finding.Path, System.Text.Encoding.UTF8.GetString(DiskFiles.TargetOf(layer.Full(finding.Path)))) is not null;
        return finding with { Found = found, IsAcceptable = found is not null && !leadsOut };
    }

    private void Keep(Finding finding)
    {
        if (finding.Found is not { } found)
        {
            _known.Remove(finding.Path);
            return;
        }

        if (finding.Entry is { Kind: EntryKind.File, Links: > 1 })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(staged.Spare)!);
            layer.Separate(finding.Path, staged.Spare);
        }

        Know(finding.Path, found);
    }

    private async Task UndoAsync(List<Finding> others, TreeView wanted, CancellationToken cancellationToken)
    {
        foreach (var finding in others.Where(finding => finding.Wanted is null))
        {
            _known.Remove(finding.Path);
            if (wanted.InBase(finding.Path) is null)
                layer.Forget(WholeOf(finding.Path, wanted));
            else
                layer.Remove(finding.Path, isInBase: true);
        }

        var again = others.Where(finding => finding.Wanted is not null).Select(finding => KeyValuePair.Create(finding.Path, finding.Wanted!.Value)).ToList();
        if (again.Count == 0)
            return;
        await staged.MakeAsync(again, wanted, cancellationToken).ConfigureAwait(false);
        foreach (var (path, file) in again)
        {
            layer.Put(path, staged[path]);
            Know(path, file);
        }

        staged.Clear();
    }

    // Of a repository that was planted, nothing is left, not even its empty folders.
    private static RepoPath WholeOf(RepoPath path, TreeView wanted)
    {
        for (var at = path.Value.IndexOf('/', StringComparison.Ordinal); path.Problem is not null && at > 0; at = path.Value.IndexOf('/', at + 1))
            if (new RepoPath(path.Value[..at]) is { Problem: not null } folder && !wanted.BelowInBase(folder).Concat(wanted.Below(folder)).Any())
                return folder;
        return path;
    }

    private void Unshare(FolderLayer folder, Ownership lane)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(staged.Spare)!);
        folder.Unshare(folder.Scan(), lane, staged.Spare);
        staged.Clear();
    }

    private void Mark()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(staged.Spare)!);
        layer.Mark(staged.Spare);
    }

    private void Know(RepoPath path, TreeFile file)
    {
        if (DiskFiles.StatOf(layer.Full(path)) is { } stat)
            _known[path] = (stat, file);
    }
}
