using Planlane.Git;
using Planlane.Values;

namespace Planlane.Workspaces.Collecting;

/// <summary>What git ignores, by the rules of the user's own work tree: what an agent writes into a <c>.gitignore</c> does not count. Thread-safe; an answer is kept.</summary>
/// <param name="repository">The user's repository.</param>
internal sealed class IgnoredPaths(GitRepository repository)
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<RepoPath, bool> _known = [];

    /// <summary>Those of the paths that are ignored.</summary>
    public async Task<HashSet<RepoPath>> AmongAsync(IReadOnlyCollection<RepoPath> paths, CancellationToken cancellationToken)
    {
        // A path that no tree can hold is not worth asking for, and git ends at some of them.
        var open = paths.Where(path => path.Problem is null && !_known.ContainsKey(path)).ToList();
        if (open.Count > 0)
        {
            var call = new GitCall("check-ignore", "--no-index", "-z", "--stdin") { Input = GitCall.Lines(open.Select(path => path.Value), '\0'), Accepted = [0, 1, 128] };
            var answer = await repository.Cli.RunAsync(call, cancellationToken).ConfigureAwait(false);
            // Git gives up at a path behind a link of the user's tree; what it did not answer counts as not ignored, and is asked again.
            var ignored = answer.Records.Select(path => new RepoPath(path)).ToHashSet();
            foreach (var path in open.Where(path => answer.ExitCode != 128 || ignored.Contains(path)))
                _known[path] = ignored.Contains(path);
        }

        return [.. paths.Where(path => _known.GetValueOrDefault(path))];
    }
}
