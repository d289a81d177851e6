using Planlane.Values;

namespace Planlane.Git;

/// <summary>What a repository's settings say that changes how git is called.</summary>
/// <param name="Hooks">The names of hooks that are settings (<c>hook.NAME.command</c>), as git knows them from version 2.54 on.</param>
/// <param name="IsPartial">Whether it is a partial clone, which lacks objects until somebody fetches them.</param>
/// <param name="IsPlain">Whether a new object is just a file: no other users with a share in it, whose modes git knows, and no second name for it in another format.</param>
internal sealed record RepositorySettings(ValueList<string> Hooks, bool IsPartial, bool IsPlain)
{
    private static readonly string[] Particular = ["core.sharedrepository", "extensions.compatobjectformat"];

    public static async Task<RepositorySettings> ReadAsync(GitCli cli, CancellationToken cancellationToken)
    {
        var output = await cli.RunAsync(
            new GitCall("config", "-z", "--name-only", "--get-regexp", @"^(hook\..*\.(command|event)|remote\..*\.promisor|extensions\.partialclone|core\.sharedrepository|extensions\.compatobjectformat)$") { Accepted = [0, 1] }, cancellationToken)
            .ConfigureAwait(false);
        var keys = output.Records.Where(key => key.Length > 0).ToList();
        var hooks = keys.Where(key => key.StartsWith("hook.", StringComparison.Ordinal)).Select(key => key["hook.".Length..key.LastIndexOf('.')]);
        return new RepositorySettings(hooks.Distinct().ToValueList(), keys.Any(key => !key.StartsWith("hook.", StringComparison.Ordinal) && !Particular.Contains(key)), !keys.Any(Particular.Contains));
    }

    /// <summary>How many objects of a commit's tree are not in the repository.</summary>
    public static async Task<int> CountMissingAsync(GitCli cli, ObjectId commit, CancellationToken cancellationToken)
    {
        var objects = await cli.TextAsync(new GitCall("rev-list", "--objects", "--no-walk", "--missing=print", $"{commit}^{{tree}}"), cancellationToken).ConfigureAwait(false);
        return objects.Split('\n').Count(line => line.StartsWith('?'));
    }
}
