using System.Text;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Git;

/// <summary>Names objects by private refs, through one git process, so that a collection of git removes none of them, whenever the user runs one.</summary>
/// <remarks>Thread-safe: callers take turns.</remarks>
/// <param name="repository">The repository.</param>
internal sealed class ObjectAnchors(GitRepository repository) : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private GitProcess? _process;

    /// <summary>Sets refs, all or none; each replaces what it named. When this returns they survive a crash of the machine.</summary>
    /// <exception cref="GitException">An object is not there any more, or a ref cannot be written.</exception>
    public async Task SetAsync(IReadOnlyCollection<(string Ref, ObjectId Target)> anchors, CancellationToken cancellationToken)
    {
        if (anchors.Count == 0)
            return;
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        var done = false;
        try
        {
            _process ??= repository.Cli.Start(new GitCall("update-ref", "--stdin"));
            await TellAsync(_process, anchors, cancellationToken).ConfigureAwait(false);
            done = true;
        }
        finally
        {
            // Killed in the middle of a transaction, git leaves the refs as they were.
            if (!done)
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

    private static async Task TellAsync(GitProcess process, IReadOnlyCollection<(string Ref, ObjectId Target)> anchors, CancellationToken cancellationToken)
    {
        try
        {
            await process.WriteAsync(GitCall.Lines([.. anchors.Select(anchor => $"update {anchor.Ref} {anchor.Target}").Prepend("start"), "commit"]), cancellationToken).ConfigureAwait(false);
            foreach (var command in new[] { "start", "commit" })
                if (await process.ReadLineAsync(cancellationToken).ConfigureAwait(false) is not { } answer || Encoding.ASCII.GetString(answer) != $"{command}: ok")
                    throw new EndOfStreamException("no answer");
        }
        catch (IOException cause)
        {
            var (exitCode, error) = await process.WaitAsync(cancellationToken).ConfigureAwait(false);
            throw new GitException(FaultKind.Failed, $"`git update-ref` ended with code {exitCode}: {error.Trim()}", "planlane resume does the step again.", cause);
        }
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
