namespace Planlane.Git;

/// <summary>One git process that is asked again and again.</summary>
/// <remarks>Thread-safe: those who ask take turns. A question that fails or is cancelled in the middle of its answer costs a new process for the next one.</remarks>
/// <param name="repository">The repository.</param>
/// <param name="call">The command, which answers on its pipes until its input ends.</param>
internal sealed class GitDialogue(GitRepository repository, GitCall call) : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private GitProcess? _process;

    /// <summary>Asks.</summary>
    /// <param name="ask">Writes the question and reads the whole of its answer; whatever it throws ends the process.</param>
    /// <param name="cancellationToken">Ends the waiting for a turn.</param>
    public async Task<T> AskAsync<T>(Func<GitProcess, Task<T>> ask, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        var isAnswered = false;
        try
        {
            _process ??= repository.Cli.Start(call);
            var answer = await ask(_process).ConfigureAwait(false);
            isAnswered = true;
            return answer;
        }
        finally
        {
            if (!isAnswered)
                await StopAsync(kill: true).ConfigureAwait(false);
            _turn.Release();
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        await StopAsync(kill: false).ConfigureAwait(false);
        _turn.Release();
    }

    private async Task StopAsync(bool kill)
    {
        if (Interlocked.Exchange(ref _process, null) is not { } process)
            return;
        if (kill)
            process.Kill();
        await process.DisposeAsync().ConfigureAwait(false);
    }
}
