using Planlane.Git;

namespace Planlane.Workspaces.Bases;

/// <summary>Matches paths against patterns in the syntax of <c>.gitignore</c>. Git does it, so that they mean what they mean to git.</summary>
internal static class PatternMatch
{
    private const string Source = ".gitignore";

    /// <summary>Those of the paths that the patterns pick; a folder that is picked picks all below it. Letter case is ignored.</summary>
    /// <param name="repository">Lends its git; its own rules of what is ignored take no part.</param>
    /// <param name="patterns">The patterns, the last that matches decides.</param>
    /// <param name="paths">Paths from the root, with slashes; they need not exist.</param>
    /// <param name="cancellationToken">Stops git.</param>
    public static async Task<HashSet<string>> PickAsync(GitRepository repository, IEnumerable<string> patterns, IReadOnlyCollection<string> paths, CancellationToken cancellationToken)
    {
        var lines = patterns.ToList();
        if (lines.Count == 0 || paths.Count == 0)
            return [];

        // A work tree that holds nothing but our rules. Those of the repository's own settings come after them and are told apart by their source.
        var folder = Directory.CreateTempSubdirectory("planlane-patterns-");
        try
        {
            await File.WriteAllLinesAsync(Path.Combine(folder.FullName, Source), lines, cancellationToken).ConfigureAwait(false);
            var call = new GitCall("check-ignore", "--no-index", "-z", "--stdin", "-v")
            {
                Settings = ["core.ignoreCase=true", "core.excludesFile="],
                Input = GitCall.Lines(paths, '\0'),
                Accepted = [0, 1],
            };
            var output = await repository.CliIn(folder.FullName).RunAsync(call, cancellationToken).ConfigureAwait(false);
            return [.. output.Records.Chunk(4).Where(fields => fields is [Source, _, not ['!', ..], _]).Select(fields => fields[3])];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
