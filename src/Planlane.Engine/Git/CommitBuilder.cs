using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Planlane.Values;

namespace Planlane.Git;

/// <summary>A commit to be made.</summary>
/// <param name="Tree">What it holds.</param>
/// <param name="Message">Subject, and body if there is one.</param>
/// <param name="Trailers">What is written in the last block of the message, <c>Key: value</c> a line.</param>
public sealed record PlannedTreeCommit(ObjectId Tree, string Message, ValueList<(string Key, string Value)> Trailers);

/// <summary>Makes commit objects without moving a ref, an index or a file.</summary>
/// <param name="repository">The repository.</param>
public sealed partial class CommitBuilder(GitRepository repository)
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
        var sign = await repository.Cli.RunAsync(
            new GitCall("config", "--type=bool", "--get", "commit.gpgsign") { Accepted = [0, 1] }, cancellationToken).ConfigureAwait(false);
        string[] signing = sign.Text == "true" ? ["-S"] : [];
        var made = new List<ObjectId>();
        foreach (var commit in commits)
        {
            var date = string.Create(CultureInfo.InvariantCulture, $"{at.ToUnixTimeSeconds()} {(at.Offset < TimeSpan.Zero ? '-' : '+')}{at.Offset:hhmm}");
            var id = await repository.Cli.TextAsync(
                new GitCall(["commit-tree", commit.Tree.Value, "-p", parent.Value, .. signing, "-F", "-"])
                {
                    Input = Encoding.UTF8.GetBytes(MessageOf(commit)),
                    Variables = [("GIT_AUTHOR_DATE", date), ("GIT_COMMITTER_DATE", date)],
                },
                cancellationToken).ConfigureAwait(false);
            made.Add(parent = new ObjectId(id));
        }

        return made.ToValueList();
    }

    // As `git interpret-trailers`: join the block that ends the message, else begin one after a blank line. The program itself would run commands of the user's trailer settings.
    internal static string MessageOf(PlannedTreeCommit commit)
    {
        var message = string.Join('\n', commit.Message.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd())).Trim('\n');
        var trailers = commit.Trailers.Select(trailer => $"{trailer.Key}: {OneLine().Replace(trailer.Value.Trim(), " ")}").Distinct().ToList();
        var paragraphs = message.Split("\n\n");
        var last = paragraphs.Length > 1 ? paragraphs[^1].Split('\n') : [];
        if (last.Length > 0 && last.All(line => Trailer().IsMatch(line)))
            return $"{string.Join('\n', [message, .. trailers.Except(last)])}\n";
        return trailers.Count == 0 ? $"{message}\n" : $"{message}\n\n{string.Join('\n', trailers)}\n";
    }

    [GeneratedRegex(@"\s*\n\s*|\r")]
    private static partial Regex OneLine();

    [GeneratedRegex(@"^[A-Za-z0-9-]+: ?\S")]
    private static partial Regex Trailer();
}
