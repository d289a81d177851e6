using Planlane.Git;
using Planlane.Runs;

namespace Planlane.Workspaces.Bases;

/// <summary>Judges whether the files of a repository can be frozen here.</summary>
internal static class BaseFitness
{
    // So much stays free for what agents build.
    private const long Spare = 256L << 20;

    /// <summary>Throws when they cannot.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="bases">Where the copy would lie.</param>
    /// <param name="inventory">What it would hold.</param>
    /// <param name="cancellationToken">Stops git.</param>
    /// <exception cref="PlanlaneException">Usage or Failed, with the reason.</exception>
    public static async Task EnsureAsync(GitRepository repository, string bases, BaseInventory inventory, CancellationToken cancellationToken)
    {
        var names = inventory.Entries.Where(entry => entry.Blob is not null).Select(entry => entry.Path).ToList();
        if (names.FirstOrDefault(HasGitFolder) is { } hidden)
            throw new PlanlaneException(FaultKind.Usage, $"The repository tracks '{hidden}', which lies in a .git folder.", "Remove it from the repository: no workspace can hold it safely.");

        var ignoresCase = await repository.Cli.RunAsync(new GitCall("config", "--type=bool", "core.ignoreCase") { Accepted = [0, 1] }, cancellationToken).ConfigureAwait(false);
        if (ignoresCase.Text == "true" && NameTwins.FirstAdded(names, _ => true) is { } twin)
            throw new PlanlaneException(FaultKind.Usage, $"The repository has two files that differ from '{twin}' in letter case or accents only, and this file system keeps one of them.", "Rename one, or work on a file system that tells them apart.");

        Directory.CreateDirectory(bases);
        var (needed, free) = (inventory.Entries.Sum(entry => entry.Stamp.Size) + Spare, new DriveInfo(bases).AvailableFreeSpace);
        if (free < needed)
            throw new PlanlaneException(FaultKind.Failed, $"A copy of your files takes {needed >> 20} MB, and {bases} has {free >> 20} MB left.", "Make room, or run without commands.");
    }

    private static bool HasGitFolder(string path) => path.Split('/').Any(part => part.Equals(".git", StringComparison.OrdinalIgnoreCase));
}
