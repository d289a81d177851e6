using System.Globalization;
using Planlane.Values;

namespace Planlane.Git;

/// <summary>Reads commits.</summary>
public static class GitHistory
{
    /// <summary>The tree of a commit.</summary>
    public static async Task<ObjectId> TreeOfAsync(this GitRepository repository, ObjectId commit, CancellationToken cancellationToken) =>
        new(await repository.Cli.TextAsync(new GitCall("rev-parse", "--verify", $"{commit}^{{tree}}"), cancellationToken).ConfigureAwait(false));

    /// <summary>The subjects of the last commits, the newest first; merges are left out.</summary>
    public static async Task<IReadOnlyList<string>> SubjectsAsync(this GitRepository repository, ObjectId from, int count, CancellationToken cancellationToken)
    {
        var text = await repository.Cli.TextAsync(new GitCall("log", "--no-merges", "--format=%s", "-n", count.ToString(CultureInfo.InvariantCulture), from.Value), cancellationToken).ConfigureAwait(false);
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Whether the repository has a commit.</summary>
    public static async Task<bool> HasCommitAsync(this GitRepository repository, ObjectId commit, CancellationToken cancellationToken) =>
        (await repository.Cli.RunAsync(new GitCall("cat-file", "-e", $"{commit}^{{commit}}") { Accepted = [0, 1, 128] }, cancellationToken).ConfigureAwait(false)).ExitCode == 0;

    /// <summary>How many commits each of two commits has that the other has not.</summary>
    public static async Task<(int Left, int Right)> CountApartAsync(this GitRepository repository, ObjectId left, ObjectId right, CancellationToken cancellationToken)
    {
        var counts = (await repository.Cli.TextAsync(new GitCall("rev-list", "--left-right", "--count", $"{left}...{right}"), cancellationToken).ConfigureAwait(false)).Split('\t');
        return (int.Parse(counts[0], CultureInfo.InvariantCulture), int.Parse(counts[1], CultureInfo.InvariantCulture));
    }

    /// <summary>The subjects of the newest commits that one commit has and another has not, the newest first.</summary>
    public static async Task<IReadOnlyList<string>> SubjectsBetweenAsync(this GitRepository repository, ObjectId from, ObjectId to, int count, CancellationToken cancellationToken)
    {
        var text = await repository.Cli.TextAsync(new GitCall("log", "--format=%s", "-n", count.ToString(CultureInfo.InvariantCulture), $"{from}..{to}"), cancellationToken).ConfigureAwait(false);
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>The commits from one to another with their trees, oldest first, without the first; empty when the second is not ahead.</summary>
    public static async Task<IReadOnlyList<(ObjectId Commit, ObjectId Tree)>> CommitsAsync(
        this GitRepository repository, ObjectId from, ObjectId to, CancellationToken cancellationToken)
    {
        var text = await repository.Cli.TextAsync(new GitCall("log", "--reverse", "--format=%H %T", $"{from}..{to}"), cancellationToken).ConfigureAwait(false);
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')).Select(parts => (new ObjectId(parts[0]), new ObjectId(parts[1])))];
    }
}
