using System.Text;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Git;

/// <summary>Names objects by private refs, through one git process, so that a collection of git removes none of them, whenever the user runs one.</summary>
/// <remarks>Thread-safe: callers take turns.</remarks>
/// <param name="repository">The repository.</param>
internal sealed class ObjectAnchors(GitRepository repository) : IAsyncDisposable
{
    private readonly GitDialogue _git = new(repository, new GitCall("update-ref", "--stdin"));

    /// <summary>Sets refs, all or none; each replaces what it named. When this returns they survive a crash of the machine.</summary>
    /// <exception cref="GitException">An object is not there any more, or a ref cannot be written.</exception>
    public async Task SetAsync(IReadOnlyCollection<(string Ref, ObjectId Target)> anchors, CancellationToken cancellationToken)
    {
        // Killed in the middle of a transaction, git leaves the refs as they were.
        if (anchors.Count > 0)
            await _git.AskAsync(process => TellAsync(process, anchors, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _git.DisposeAsync();

    private static async Task<int> TellAsync(GitProcess process, IReadOnlyCollection<(string Ref, ObjectId Target)> anchors, CancellationToken cancellationToken)
    {
        try
        {
            await process.WriteAsync(GitCall.Lines([.. anchors.Select(anchor => $"update {anchor.Ref} {anchor.Target}").Prepend("start"), "commit"]), cancellationToken).ConfigureAwait(false);
            foreach (var command in new[] { "start", "commit" })
                if (await process.ReadLineAsync(cancellationToken).ConfigureAwait(false) is not { } answer || Encoding.ASCII.GetString(answer) != $"{command}: ok")
                    throw new EndOfStreamException("no answer");
            return anchors.Count;
        }
        catch (IOException cause)
        {
            var (exitCode, error) = await process.WaitAsync(cancellationToken).ConfigureAwait(false);
            throw new GitException(FaultKind.Failed, $"`git update-ref` ended with code {exitCode}: {error.Trim()}", "planlane resume does the step again.", cause);
        }
    }
}
