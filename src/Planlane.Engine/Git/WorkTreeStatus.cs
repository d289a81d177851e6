using Planlane.Values;

namespace Planlane.Git;

/// <summary>A path at which index or work tree differ from HEAD. An untracked nested repository ends with a slash.</summary>
/// <param name="Path">Where.</param>
/// <param name="Code">Git's two letters: index, then work tree; <c>??</c> for untracked.</param>
internal sealed record WorkTreeStatus(RepoPath Path, string Code)
{
    // How many fields precede the path in a record, by its first letter (git-status, porcelain format version 2).
    private static readonly Dictionary<char, int> FieldsBeforePath = new() { ['1'] = 8, ['u'] = 10, ['?'] = 1 };

    public static async Task<IReadOnlyList<WorkTreeStatus>> ReadAsync(
        GitRepository repository, string indexFile, bool untracked, CancellationToken cancellationToken)
    {
        var call = new GitCall(
            "status", "--porcelain=v2", "-z", "--no-renames", "--ignore-submodules=dirty", untracked ? "--untracked-files=all" : "--untracked-files=no")
        {
            IndexFile = indexFile,
        };
        var output = await repository.Cli.RunAsync(call, cancellationToken).ConfigureAwait(false);
        return [.. output.Records.Where(record => record.Length > 0 && FieldsBeforePath.ContainsKey(record[0])).Select(Parse)];
    }

    private static WorkTreeStatus Parse(string record)
    {
        var fields = record.Split(' ', FieldsBeforePath[record[0]] + 1);
        return new WorkTreeStatus(new RepoPath(fields[^1]), record[0] == '?' ? "??" : fields[1]);
    }
}
