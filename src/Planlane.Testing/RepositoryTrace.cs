using Planlane.Git;

namespace Planlane.Testing;

/// <summary>What a run left in its repository, for comparing two runs of the same plan.</summary>
/// <param name="Tree">The tree of HEAD.</param>
/// <param name="Subjects">The commits' subjects, newest first.</param>
/// <param name="Refs">The names of all refs.</param>
/// <param name="Status">What git status says; empty when the work tree is HEAD's.</param>
/// <param name="Damage">What git fsck says; empty when nothing is damaged.</param>
public sealed record RepositoryTrace(string Tree, string Subjects, string Refs, string Status, string Damage)
{
    /// <summary>Reads a repository.</summary>
    public static async Task<RepositoryTrace> OfAsync(string folder, CancellationToken cancellationToken)
    {
        var git = new GitCli(folder);
        Task<string> Ask(params string[] arguments) => git.TextAsync(new GitCall(arguments) { Accepted = [0, 1, 2, 4, 8] }, cancellationToken);
        return new RepositoryTrace(
            await Ask("rev-parse", "HEAD^{tree}").ConfigureAwait(false),
            await Ask("log", "--format=%s").ConfigureAwait(false),
            await Ask("for-each-ref", "--format=%(refname)").ConfigureAwait(false),
            await Ask("status", "--porcelain").ConfigureAwait(false),
            await Ask("fsck", "--no-dangling", "--no-progress").ConfigureAwait(false));
    }
}
