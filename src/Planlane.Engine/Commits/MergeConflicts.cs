using System.Text;
using Planlane.Git;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Commits;

/// <summary>Gathers where the work of a run and the commits that came meanwhile changed the same, and shows both sides.</summary>
/// <param name="repository">The repository.</param>
/// <param name="from">The commit that the work was done on.</param>
/// <param name="onto">The commit that it is to stand on.</param>
internal sealed class MergeConflicts(GitRepository repository, ObjectId from, ObjectId onto)
{
    private const int MostLines = 16, MostPaths = 8;

    private readonly List<(string Agent, RepoPath Path, ObjectId Tree)> _found = [];

    /// <summary>Adds the conflicts of one merge.</summary>
    public void Add(string agent, TreeMerge merge)
    {
        foreach (var path in merge.Conflicts.Where(path => !_found.Exists(other => other.Path == path)))
            _found.Add((agent, path, merge.Tree));
    }

    /// <summary>Tells them, if there are any.</summary>
    /// <exception cref="PlanlaneException">Stale: there are.</exception>
    public async Task ThrowIfAnyAsync(RunId run, CancellationToken cancellationToken)
    {
        if (_found.Count == 0)
            return;
        var text = new StringBuilder($"The run and the commits since {from.Value[..7]} changed the same lines, so nothing was put on {onto.Value[..7]} and nothing landed.");
        foreach (var (agent, path, tree) in _found.Take(MostPaths))
        {
            text.Append($"\n{path}: {agent}, and {await SinceAsync(path, cancellationToken).ConfigureAwait(false)}");
            text.Append(await SidesAsync(tree, path, agent, cancellationToken).ConfigureAwait(false));
        }

        if (_found.Count > MostPaths)
            text.Append($"\n… and {_found.Count - MostPaths} more files");
        throw new PlanlaneException(
            FaultKind.Stale,
            text.ToString(),
            $"Take your side back for these files and try again; or land beside it on a branch of its own and merge there: planlane resume {run} --branch NAME");
    }

    private async Task<string> SinceAsync(RepoPath path, CancellationToken cancellationToken)
    {
        var log = await repository.Cli.TextAsync(new GitCall("log", "-1", "--format=%h \"%s\"", $"{from}..{onto}", "--", $":(top,literal){path}"), cancellationToken).ConfigureAwait(false);
        return log.Length > 0 ? log : "the commits since";
    }

    // The first of git's marked places in the file; none when a side deleted it, or it is no text.
    private async Task<string> SidesAsync(ObjectId tree, RepoPath path, string agent, CancellationToken cancellationToken)
    {
        var blob = await repository.Cli.RunAsync(new GitCall("cat-file", "blob", $"{tree}:{path}") { Accepted = [0, 128] }, cancellationToken).ConfigureAwait(false);
        var lines = blob.ExitCode == 0 && !blob.Output.Contains((byte)0) ? blob.Text.Split('\n').SkipWhile(line => !line.StartsWith("<<<<<<< ", StringComparison.Ordinal)).ToList() : [];
        var end = lines.FindIndex(line => line.StartsWith(">>>>>>> ", StringComparison.Ordinal));
        if (end < 0)
            return "";
        var shown = lines.Take(end + 1).Select(line => line.TrimEnd('\r')).ToList();
        (shown[0], shown[^1]) = ("<<<<<<< as it is now", $">>>>>>> {agent}");
        if (shown.Count > MostLines)
            shown = [.. shown.Take(MostLines), "…"];
        return string.Concat(shown.Select(line => $"\n  {line}"));
    }
}
