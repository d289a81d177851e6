using System.Text.RegularExpressions;
using Planlane.Values;

namespace Planlane.Git;

/// <summary>Writes trees into folders outside the user's work tree.</summary>
public static partial class TreeCheckout
{
    /// <summary>Makes the tracked files of a folder those of a tree, writing only what differs.</summary>
    /// <remarks>
    /// The folder's index lies beside it (<c>folder.index</c>); together they may be kept from run to run. Files of the folder that no tree held, such as build outputs, stay; tracked
    /// ones that were changed there are put back. The user's index and work tree take no part; no hook and no filter driver but git-lfs runs. One call at a time for a folder.
    /// </remarks>
    /// <param name="repository">The repository.</param>
    /// <param name="tree">The tree or commit.</param>
    /// <param name="folder">The folder; made when it is not there.</param>
    /// <param name="cancellationToken">Kills git; the next checkout repairs what it left.</param>
    public static async Task CheckoutAsync(this GitRepository repository, ObjectId tree, string folder, CancellationToken cancellationToken)
    {
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var index = target + ".index";
        Directory.CreateDirectory(target);
        // The lock of a checkout that was killed; nobody else uses this index.
        File.Delete(index + ".lock");
        if (!Directory.EnumerateFileSystemEntries(target).Any())
            File.Delete(index);

        var filters = await repository.FiltersOffAsync(cancellationToken).ConfigureAwait(false);
        await repository.Cli.RunAsync(
            new GitCall("read-tree", "--reset", "-u", "--no-sparse-checkout", tree.Value)
            {
                IndexFile = index,
                WorkTree = target,
                Settings = filters.Add("core.sparseCheckout=false"),
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Settings that keep the user's filter programs, but for git-lfs, from running.</summary>
    internal static async Task<ValueList<string>> FiltersOffAsync(this GitRepository repository, CancellationToken cancellationToken)
    {
        var output = await repository.Cli.RunAsync(
            new GitCall("config", "-z", "--get-regexp", @"^filter\..*\.(clean|smudge|process|required)$") { Accepted = [0, 1] }, cancellationToken).ConfigureAwait(false);
        var settings = output.Records.Where(record => record.Length > 0).Select(record => record.Split('\n', 2)).Select(parts => (Name: parts[0], Value: parts.Length > 1 ? parts[1] : "")).ToList();
        var isLfs = settings.Where(setting => IsOfLfs(setting.Name) && !setting.Name.EndsWith(".required", StringComparison.Ordinal)).All(setting => LfsCommand().IsMatch(setting.Value));
        return settings.Select(setting => setting.Name).Where(name => !(isLfs && IsOfLfs(name))).Distinct()
            .Select(name => name.EndsWith(".required", StringComparison.Ordinal) ? $"{name}=false" : $"{name}=")
            .ToValueList();
    }

    private static bool IsOfLfs(string name) => name.StartsWith("filter.lfs.", StringComparison.Ordinal);

    // The name alone proves nothing: any command can be set under it.
    [GeneratedRegex(@"^git[- ]lfs (clean|smudge|filter-process)( --skip)?( -- %f| %f)?\z")]
    private static partial Regex LfsCommand();
}
