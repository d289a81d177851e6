using System.Diagnostics;
using System.Globalization;
using Planlane.Values;

namespace Planlane.Git;

/// <summary>Ends a landing that stopped at any of its steps: finishes it, or puts everything back as it was.</summary>
/// <param name="repository">The repository.</param>
/// <param name="record">The landing.</param>
internal sealed class LandingRecovery(GitRepository repository, LandingRecord record)
{
    private readonly LandingFiles _files = new(repository);

    /// <summary>Ends a landing whose process is gone. Called by the owner of the landing lock only.</summary>
    public async Task<LandingOutcome> RecoverAsync(CancellationToken cancellationToken)
    {
        await WaitForChildAsync(cancellationToken).ConfigureAwait(false);
        var untouched = _files.HoldsIndexLock(record.Run);
        if (untouched)
            DeleteStaleRefLocks();
        else if (!_files.TryLockIndex(record.Run))
            return new LandingOutcome.Refused(RefusalKind.IndexLocked, $"A landing was interrupted, and {_files.IndexLock} is held by another git command.", []);

        var state = await repository.GetStateAsync(cancellationToken).ConfigureAwait(false);
        if (record.Standing is null && state.BranchRef == record.BranchRef && state.Head == record.To)
            return await FinishedAsync().ConfigureAwait(false);
        if (state.BranchRef != record.BranchRef || state.Head != (record.Standing ?? record.From))
            return MovedOn();
        if (_files.IndexIsInstalled && (record.Standing is not null || await MoveRefAsync(cancellationToken).ConfigureAwait(false)))
            return await FinishedAsync().ConfigureAwait(false);
        // Our lock was removed by hand, and the index may hold newer work.
        if (_files.IndexIsInstalled && !untouched)
            return MovedOn();

        var left = await TakeBackAsync().ConfigureAwait(false);
        var reason = left.Count == 0
            ? "The landing was interrupted and has been taken back; nothing has moved."
            : "The landing was interrupted and has been taken back, except for files that were changed since.";
        return new LandingOutcome.Refused(RefusalKind.Interrupted, reason, left);
    }

    /// <summary>Forgets a landing whose ref has moved, or whose index is installed.</summary>
    public async Task FinishAsync()
    {
        if (record.Standing is not null)
            await repository.SetRefAsync(LandingTransaction.StagedOf(record.Run, record.Undo), record.Undo ? record.From : record.To, CancellationToken.None).ConfigureAwait(false);
        if (!record.Undo)
            await repository.DeleteRefAsync(LandingTransaction.AnchorOf(record), CancellationToken.None).ConfigureAwait(false);
        _files.Clear(record.Run);
    }

    /// <summary>Puts files and index back; the paths that hold neither the old nor the new content are left as they are and returned.</summary>
    public async Task<ValueList<RepoPath>> TakeBackAsync()
    {
        ValueList<RepoPath> left = [];
        if (File.Exists(_files.Child))
            left = await PutFilesBackAsync().ConfigureAwait(false);
        if (_files.IndexIsInstalled)
            File.Move(_files.OldIndex, repository.IndexPath, overwrite: true);
        _files.Clear(record.Run);
        return left;
    }

    private async Task<LandingOutcome> FinishedAsync()
    {
        await FinishAsync().ConfigureAwait(false);
        return new LandingOutcome.Landed(record.To);
    }

    private LandingOutcome.Refused MovedOn()
    {
        _files.Clear(record.Run);
        return new LandingOutcome.Refused(
            RefusalKind.HeadMoved,
            $"The landing was interrupted, and {record.MovedRef} has moved since. Files that it had already written were left: look at `git status`.",
            record.Changes.Select(change => change.Path).ToValueList());
    }

    private async Task<bool> MoveRefAsync(CancellationToken cancellationToken)
    {
        var (prepared, _) = await RefTransaction.PrepareAsync(repository, record.Move, record.RunsHooks, cancellationToken).ConfigureAwait(false);
        if (prepared is null)
            return false;
        await using (prepared)
            return await prepared.CommitAsync(record.Move).ConfigureAwait(false) is null;
    }

    // The git that updates the work tree may have outlived us.
    private async Task WaitForChildAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(_files.Child) || !File.Exists(_files.Index + ".lock"))
            return;
        if (!int.TryParse(await File.ReadAllTextAsync(_files.Child, cancellationToken).ConfigureAwait(false), CultureInfo.InvariantCulture, out var id))
            return;
        try
        {
            using var child = Process.GetProcessById(id);
            if (child.ProcessName.StartsWith("git", StringComparison.Ordinal))
                await child.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ArgumentException)
        {
            // It has ended.
        }
    }

    // Git's ref locks stay when git itself is killed. They are ours when they hold our commit; HEAD's is empty, and nobody else moves HEAD while we hold the index.
    private void DeleteStaleRefLocks()
    {
        DeleteIfOurs(Path.Combine(repository.GitDir, "HEAD.lock"));
        if (record.BranchRef is not null)
            DeleteIfOurs(Path.Combine(repository.CommonDir, record.BranchRef + ".lock"));
    }

    private void DeleteIfOurs(string path)
    {
        try
        {
            if (File.ReadAllText(path).Trim() is var text && (text == "" || text == record.To.Value))
                File.Delete(path);
        }
        catch (IOException cause) when (cause is FileNotFoundException or DirectoryNotFoundException)
        {
            // There is none, or a git that outlived us has just taken it away.
        }
    }

    private async Task<ValueList<RepoPath>> PutFilesBackAsync()
    {
        var files = await WorkTreeFile.ReadAsync(repository, record.Changes.Select(change => change.Path), CancellationToken.None).ConfigureAwait(false);
        var (restored, left) = (new List<RepoPath>(), new List<RepoPath>());
        foreach (var change in record.Changes)
        {
            var file = files.GetValueOrDefault(change.Path);
            if (file is null ? change.OldId is null : file.Is(change.OldMode, change.OldId))
                continue;
            if (file is not null && !file.Is(change.NewMode, change.NewId) && !await IsTornAsync(change, file).ConfigureAwait(false))
                left.Add(change.Path);
            else if (change.OldId is not null)
                restored.Add(change.Path);
            else
                File.Delete(Path.Combine(repository.Root, change.Path.Value));
        }

        foreach (var folder in record.NewFolders.Reverse().Select(folder => Path.Combine(repository.Root, folder.Value)))
        {
            if (WorkTreeFile.KindOf(folder) == WorkTreeKind.Folder && !Directory.EnumerateFileSystemEntries(folder).Any())
                Directory.Delete(folder);
        }

        await RestoreAsync(restored).ConfigureAwait(false);
        return left.ToValueList();
    }

    // Git writes a file in place, so one that it was killed over holds the beginning of the new content.
    private async Task<bool> IsTornAsync(TreeDifference change, WorkTreeFile file)
    {
        if (change.NewId is not { } id || file.Mode == FileModes.SymbolicLink)
            return false;
        var bytes = await File.ReadAllBytesAsync(Path.Combine(repository.Root, change.Path.Value)).ConfigureAwait(false);
        foreach (var call in new[] { new GitCall("cat-file", "blob", id.Value), new GitCall("cat-file", "--filters", $"{record.To}:{change.Path}") })
        {
            var whole = (await repository.Cli.RunAsync(call, CancellationToken.None).ConfigureAwait(false)).Output;
            if (whole.AsSpan().StartsWith(bytes))
                return true;
        }

        return false;
    }

    private async Task RestoreAsync(List<RepoPath> paths)
    {
        using var index = PrivateIndex.CopyOf(_files.IndexIsInstalled ? _files.OldIndex : repository.IndexPath);
        // Attributes decide how the other files are written.
        foreach (var group in paths.GroupBy(path => path.Name == ".gitattributes").OrderByDescending(group => group.Key))
        {
            var call = new GitCall("checkout-index", "-f", "-z", "--stdin") { IndexFile = index.Path, Input = GitCall.Lines(group.Select(path => path.Value), '\0') };
            await repository.Cli.RunAsync(call, CancellationToken.None).ConfigureAwait(false);
        }
    }
}
