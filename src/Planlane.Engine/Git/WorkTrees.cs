namespace Planlane.Git;

/// <summary>A work tree in which a branch is checked out.</summary>
/// <param name="Folder">Its root.</param>
/// <param name="IsThis">Whether it is the repository's own one.</param>
internal sealed record CheckedOutBranch(string Folder, bool IsThis);

/// <summary>Tells where branches are checked out.</summary>
internal static class WorkTrees
{
    /// <summary>The work trees that have a branch checked out and are there.</summary>
    public static async Task<IReadOnlyList<CheckedOutBranch>> CheckedOutInAsync(this GitRepository repository, string branchRef, CancellationToken cancellationToken)
    {
        var list = await repository.Cli.TextAsync(new GitCall("worktree", "list", "--porcelain", "-z"), cancellationToken).ConfigureAwait(false);
        return
        [
            .. list.Split("\0\0", StringSplitOptions.RemoveEmptyEntries)
                .Select((entry, at) => (Fields: entry.Split('\0', StringSplitOptions.RemoveEmptyEntries), IsMain: at == 0))
                .Where(entry => entry.Fields.Contains($"branch {branchRef}") && !entry.Fields.Any(field => field.StartsWith("prunable", StringComparison.Ordinal)))
                // With core.worktree set, git lists the main work tree under another path than its root.
                .Select(entry => new CheckedOutBranch(
                    entry.Fields[0]["worktree ".Length..], repository.GitDir == repository.CommonDir ? entry.IsMain : entry.Fields[0] == $"worktree {repository.Root}")),
        ];
    }
}
