using System.Globalization;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Git;

/// <summary>The steps of a landing, in their order.</summary>
internal enum LandingStep
{
    /// <summary>The commits are named by a private ref, so that git does not collect them.</summary>
    Anchored,

    /// <summary>What will be done is on disk.</summary>
    Recorded,

    /// <summary>No other git command can write the index.</summary>
    IndexLocked,

    /// <summary>The branch is locked at its old value.</summary>
    RefPrepared,

    /// <summary>Nothing of the user's is in the way.</summary>
    Checked,

    /// <summary>The files are the new ones.</summary>
    WorkTreeUpdated,

    /// <summary>The index is the new one.</summary>
    IndexInstalled,

    /// <summary>The branch names the new commit.</summary>
    RefCommitted,

    /// <summary>The record and the locks are gone.</summary>
    Finished,
}

/// <summary>One landing under way. Up to <see cref="LandingStep.Checked"/> nothing that a user sees has moved.</summary>
/// <param name="repository">The repository.</param>
/// <param name="record">What to do.</param>
internal sealed class LandingTransaction(GitRepository repository, LandingRecord record) : IAsyncDisposable
{
    private readonly LandingFiles _files = new(repository);
    private RefTransaction? _ref;

    /// <summary>True once the branch names the new commit: from then on the landing can only be finished.</summary>
    public bool HasMoved { get; private set; }

    /// <summary>Takes all steps up to and including one; why it stopped before, or null.</summary>
    public async Task<LandingOutcome.Refused?> RunAsync(LandingStep last, CancellationToken cancellationToken)
    {
        (LandingStep Step, Func<Task<LandingOutcome.Refused?>> Take)[] steps =
        [
            (LandingStep.Anchored, () => AnchorAsync(cancellationToken)),
            (LandingStep.Recorded, () => Done(() => _files.WriteRecord(record))),
            (LandingStep.IndexLocked, LockIndex),
            (LandingStep.RefPrepared, () => PrepareAsync(cancellationToken)),
            (LandingStep.Checked, () => CheckAsync(cancellationToken)),
            // From here on a cancellation would leave a torn work tree.
            (LandingStep.WorkTreeUpdated, UpdateWorkTreeAsync),
            (LandingStep.IndexInstalled, () => Done(_files.InstallIndex)),
            (LandingStep.RefCommitted, CommitAsync),
            (LandingStep.Finished, FinishAsync),
        ];
        foreach (var (_, take) in steps.Where(step => step.Step <= last))
        {
            if (await take().ConfigureAwait(false) is { } refused)
                return refused;
        }

        return null;
    }

    /// <summary>Takes back what the steps so far did, except for the private ref.</summary>
    public async Task TakeBackAsync()
    {
        await DisposeAsync().ConfigureAwait(false);
        await new LandingRecovery(repository, record).TakeBackAsync().ConfigureAwait(false);
    }

    /// <summary>Leaves everything as the death of this process (and of its children) would.</summary>
    internal async Task AbandonAsync(bool killChildren)
    {
        if (killChildren)
            _ref?.Kill();
        await DisposeAsync().ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _ref, null) is { } prepared)
            await prepared.DisposeAsync().ConfigureAwait(false);
    }

    internal static string AnchorOf(LandingRecord record) => GitRepository.PrivateRef(record.Run, "landing");

    /// <summary>Names what a run has staged, or taken out again, until that is recorded: the index itself cannot tell it, as the user goes on with it.</summary>
    internal static string StagedOf(RunId run, bool undo) => GitRepository.PrivateRef(run, undo ? "unstaged" : "staged");

    private static Task<LandingOutcome.Refused?> Done(Action step)
    {
        step();
        return Task.FromResult<LandingOutcome.Refused?>(null);
    }

    private async Task<LandingOutcome.Refused?> AnchorAsync(CancellationToken cancellationToken)
    {
        if (!record.Undo)
            await repository.SetRefAsync(AnchorOf(record), record.To, cancellationToken).ConfigureAwait(false);
        return null;
    }

    private Task<LandingOutcome.Refused?> LockIndex() => Task.FromResult(_files.TryLockIndex(record.Run)
        ? null
        : new LandingOutcome.Refused(RefusalKind.IndexLocked, $"Another git command holds {_files.IndexLock}. Wait for it; if none runs, delete the file.", []));

    private async Task<LandingOutcome.Refused?> PrepareAsync(CancellationToken cancellationToken)
    {
        (_ref, var refused) = await RefTransaction.PrepareAsync(repository, record.Move, record.RunsHooks, cancellationToken).ConfigureAwait(false);
        return refused;
    }

    private async Task<LandingOutcome.Refused?> CheckAsync(CancellationToken cancellationToken)
    {
        if (File.Exists(repository.IndexPath))
            PrivateIndex.CopyKeepingTime(repository.IndexPath, _files.Index);
        // read-tree judges by file times alone; a file that was only touched would look changed.
        await repository.Cli.RunAsync(new GitCall("update-index", "-q", "--refresh") { IndexFile = _files.Index, Accepted = [0, 1] }, cancellationToken).ConfigureAwait(false);
        return await new LandingChecks(repository, record, _files.Index).FindAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<LandingOutcome.Refused?> UpdateWorkTreeAsync()
    {
        await File.WriteAllTextAsync(_files.Child, "", CancellationToken.None).ConfigureAwait(false);
        await using var git = repository.Cli.Start(new GitCall("read-tree", "-m", "-u", record.From.Value, record.To.Value) { IndexFile = _files.Index });
        await File.WriteAllTextAsync(_files.Child, git.Id.ToString(CultureInfo.InvariantCulture), CancellationToken.None).ConfigureAwait(false);
        git.CloseInput();
        var (exitCode, error) = await git.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        // After a dry run that passed, this is a full disk or a folder that may not be written.
        return exitCode == 0 ? null : throw new GitException(FaultKind.Failed, $"The work tree could not be updated; it was put back. Git says: {error.Trim()}", "Make room on the disk, or let the files that it names be written.");
    }

    private async Task<LandingOutcome.Refused?> CommitAsync()
    {
        try
        {
            var refused = await _ref!.CommitAsync(record.Move).ConfigureAwait(false);
            HasMoved = refused is null;
            return refused;
        }
        catch (GitException)
        {
            // Git may have failed after it had moved the ref, and then the rest must follow.
            HasMoved = record.Standing is null && await repository.Cli.TextAsync(new GitCall("rev-parse", record.MovedRef), CancellationToken.None).ConfigureAwait(false) == record.To.Value;
            if (HasMoved)
                return null;
            throw;
        }
    }

    private async Task<LandingOutcome.Refused?> FinishAsync()
    {
        await DisposeAsync().ConfigureAwait(false);
        await new LandingRecovery(repository, record).FinishAsync().ConfigureAwait(false);
        return null;
    }
}
