using Planlane.Values;

namespace Planlane.Git;

/// <summary>A commit to be made.</summary>
/// <param name="Tree">What it holds.</param>
/// <param name="Message">Subject, and body if there is one.</param>
/// <param name="Trailers">What is written in the last block of the message, <c>Key: value</c> a line.</param>
public sealed record PlannedTreeCommit(ObjectId Tree, string Message, ValueList<(string Key, string Value)> Trailers);

/// <summary>Makes commit objects without moving a ref, an index or a file.</summary>
/// <param name="repository">The repository.</param>
public sealed class CommitBuilder(GitRepository repository)
{
    /// <summary>Makes a chain of commits, signed when the user's settings say so (<c>commit.gpgsign</c>).</summary>
    /// <remarks>Author and committer are the user as configured; the time is the repository's clock's. Commit hooks do not run.</remarks>
    /// <param name="parent">The parent of the first.</param>
    /// <param name="commits">The commits, first to last.</param>
    /// <param name="cancellationToken">Stops between two commits.</param>
    /// <returns>The ids, in the same order.</returns>
    /// <exception cref="GitException">Git refused one, or it could not be signed.</exception>
    public Task<ValueList<ObjectId>> CreateAsync(ObjectId parent, IReadOnlyList<PlannedTreeCommit> commits, CancellationToken cancellationToken) =>
        CreateAsync(parent, commits, repository.Time.GetLocalNow(), cancellationToken);

    /// <summary>Makes a chain of commits of a given time; without signatures the same arguments make the same ids.</summary>
    /// <param name="parent">The parent of the first.</param>
    /// <param name="commits">The commits, first to last.</param>
    /// <param name="at">The time of author and committer.</param>
    /// <param name="cancellationToken">Stops between two commits.</param>
    /// <returns>The ids, in the same order.</returns>
    /// <exception cref="GitException">Git refused one, or it could not be signed.</exception>
    public async Task<ValueList<ObjectId>> CreateAsync(ObjectId parent, IReadOnlyList<PlannedTreeCommit> commits, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var (messages, writer) = (new CommitMessages(repository), await CommitWriter.OpenAsync(repository, at, null, cancellationToken).ConfigureAwait(false));
        var texts = await messages.WithTrailersAsync([.. commits.Select(commit => (commit.Message, commit.Trailers))], cancellationToken).ConfigureAwait(false);
        var made = new List<ObjectId>();
        foreach (var (commit, text) in commits.Zip(texts))
            made.Add(parent = await writer.WriteAsync(commit.Tree, parent, text, cancellationToken).ConfigureAwait(false));
        await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
        return made.ToValueList();
    }
}
