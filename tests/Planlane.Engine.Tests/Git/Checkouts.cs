using Planlane.Values;

namespace Planlane.Git;

/// <summary>Plain checkouts into folders of a test's own.</summary>
internal static class Checkouts
{
    /// <summary>Writes the files of a tree into a new folder.</summary>
    public static async Task WriteAsync(GitRepository repository, ObjectId tree, string folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        await repository.Cli.RunAsync(new GitCall("read-tree", "--reset", "-u", tree.Value) { IndexFile = folder + ".index", WorkTree = folder }, cancellationToken);
    }
}
