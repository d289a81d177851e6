using System.Text;

namespace Planlane.Git;

/// <summary>One move of a branch (or of a detached HEAD), prepared: the refs are locked and the old value is verified, and nothing has moved yet.</summary>
/// <remarks>The user's reference-transaction hook runs. Disposing an uncommitted transaction takes the locks back; so does the death of this process.</remarks>
internal sealed class RefTransaction : IAsyncDisposable
{
    private readonly GitProcess _process;

    private RefTransaction(GitProcess process) => _process = process;

    /// <summary>Prepares the move; the transaction, or why it cannot be made.</summary>
    public static async Task<(RefTransaction? Prepared, LandingOutcome.Refused? Refused)> PrepareAsync(
        GitRepository repository, LandingRecord record, CancellationToken cancellationToken)
    {
        var what = record.Undo ? "undo" : "land";
        var process = repository.Cli.Start(new GitCall("update-ref", "-m", $"planlane: {what} run {record.Run}", "--stdin") { Hooks = true });
        var transaction = new RefTransaction(process);
        string[] lines = ["start", .. record.BranchRef is null ? ["option no-deref"] : Array.Empty<string>(), $"update {record.MovedRef} {record.To} {record.From}", "prepare"];
        if (await transaction.AskAsync(string.Join('\n', lines), answers: 2, cancellationToken).ConfigureAwait(false))
            return (transaction, null);

        var refused = Refusal(record, (await process.WaitAsync(cancellationToken).ConfigureAwait(false)).Error);
        await transaction.DisposeAsync().ConfigureAwait(false);
        return (null, refused);
    }

    /// <summary>Moves the ref; null when it has moved.</summary>
    public async Task<LandingOutcome.Refused?> CommitAsync(LandingRecord record) =>
        await AskAsync("commit", answers: 1, CancellationToken.None).ConfigureAwait(false)
            ? null
            : Refusal(record, (await _process.WaitAsync(CancellationToken.None).ConfigureAwait(false)).Error);

    /// <summary>Kills git as a crash of the machine would, leaving its locks.</summary>
    internal void Kill() => _process.Kill();

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private async Task<bool> AskAsync(string request, int answers, CancellationToken cancellationToken)
    {
        try
        {
            await _process.WriteLineAsync(request, cancellationToken).ConfigureAwait(false);
            for (var answer = 0; answer < answers; answer++)
            {
                if (await _process.ReadLineAsync(cancellationToken).ConfigureAwait(false) is not { } line || !Encoding.UTF8.GetString(line).EndsWith(": ok", StringComparison.Ordinal))
                    return false;
            }

            return true;
        }
        catch (IOException)
        {
            // Git ended before it had read everything; its words are on standard error.
            return false;
        }
    }

    private static LandingOutcome.Refused Refusal(LandingRecord record, string error)
    {
        bool Says(string words) => error.Contains(words, StringComparison.Ordinal);
        return error switch
        {
            _ when Says("aborted by hook") => new(RefusalKind.HookVetoed, $"The repository's reference-transaction hook refused to move {record.MovedRef}: {error.Trim()}", []),
            _ when Says("but expected") || Says("unable to resolve reference") => new(RefusalKind.HeadMoved, MovedWords(record), []),
            _ when Says(".lock") => new(RefusalKind.IndexLocked, $"{record.MovedRef} is locked by another git command: {error.Trim()}", []),
            _ => throw new GitException(Runs.FaultKind.Failed, $"{record.MovedRef} could not be moved: {error.Trim()}"),
        };
    }

    private static string MovedWords(LandingRecord record) => record.Undo
        ? $"{record.MovedRef} has moved on since the run landed. Take its commits back with new ones: `git revert --no-edit {record.To}..{record.From}`."
        : $"{record.MovedRef} no longer names {record.From}, which the run started from.";
}
