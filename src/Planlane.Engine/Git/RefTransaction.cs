using System.Text;

namespace Planlane.Git;

/// <summary>One move of a branch (or of a detached HEAD), prepared: the refs are locked and the old value is verified, and nothing has moved yet.</summary>
/// <remarks>The user's reference-transaction hook runs. Disposing an uncommitted transaction takes the locks back; so does the death of this process.</remarks>
internal sealed class RefTransaction : IAsyncDisposable
{
    private readonly GitProcess _process;

    private RefTransaction(GitProcess process) => _process = process;

    /// <summary>Prepares the move; the transaction, or why it cannot be made.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="move">What to move.</param>
    /// <param name="runsHooks">Whether the user's reference-transaction hook runs.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<(RefTransaction? Prepared, LandingOutcome.Refused? Refused)> PrepareAsync(
        GitRepository repository, RefMove move, bool runsHooks, CancellationToken cancellationToken)
    {
        var process = repository.Cli.Start(new GitCall("update-ref", "-m", move.Reflog, "--stdin") { Hooks = runsHooks });
        var transaction = new RefTransaction(process);
        if (await transaction.AskAsync(move.Lines, answers: 2, cancellationToken).ConfigureAwait(false))
            return (transaction, null);

        var refused = Refusal(move, (await process.WaitAsync(cancellationToken).ConfigureAwait(false)).Error);
        await transaction.DisposeAsync().ConfigureAwait(false);
        return (null, refused);
    }

    /// <summary>Moves the ref; null when it has moved.</summary>
    public async Task<LandingOutcome.Refused?> CommitAsync(RefMove move) =>
        await AskAsync("commit", answers: 1, CancellationToken.None).ConfigureAwait(false)
            ? null
            : Refusal(move, (await _process.WaitAsync(CancellationToken.None).ConfigureAwait(false)).Error);

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

    private static LandingOutcome.Refused Refusal(RefMove move, string error)
    {
        bool Says(string words) => error.Contains(words, StringComparison.Ordinal);
        return error switch
        {
            _ when Says("aborted by hook") => new(RefusalKind.HookVetoed, $"The repository's reference-transaction hook refused to move {move.Ref}: {error.Trim()}", []),
            _ when move.From is null && (Says("already exists") || Says("exists; cannot create") || Says("cannot lock ref") && !Says("Unable to create")) =>
                new(RefusalKind.BranchExists, $"{move.Ref} cannot be made: {error.Trim()}", []),
            _ when Says("but expected") || Says("unable to resolve reference") => new(RefusalKind.HeadMoved, MovedWords(move), []),
            _ when Says(".lock") => new(RefusalKind.IndexLocked, $"{move.Ref} is locked by another git command: {error.Trim()}", []),
            _ => throw new GitException(Runs.FaultKind.Failed, $"{move.Ref} could not be moved: {error.Trim()}"),
        };
    }

    private static string MovedWords(RefMove move) => move.Undo
        ? $"{Named(move)} has moved on since the run landed."
        : $"{Named(move)} has moved on from {move.From?.Value[..7]}, on which the work stands.";

    private static string Named(RefMove move) => Commits.LandingRules.ShortName(move.Ref);
}
