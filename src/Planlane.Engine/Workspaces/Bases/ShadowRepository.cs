using Planlane.Git;
using Planlane.Requests;
using Planlane.Workspaces.Disk;

namespace Planlane.Workspaces.Bases;

/// <summary>
/// Makes the repository in a frozen base's <c>.git</c>: the run's branch and commit, without history, and the objects of the commit's tree and of the base's tree; no other
/// object, ref, hook or setting of the user's. Git and build tools find what they look for in it, and nothing that is done to it reaches the user's repository.
/// </summary>
/// <param name="repository">The user's repository.</param>
internal sealed class ShadowRepository(GitRepository repository)
{
    /// <summary>Writes the objects.</summary>
    /// <param name="start">Commit and tree.</param>
    /// <param name="files">The folder of the base's files.</param>
    /// <param name="previous">A base whose pack is linked when it has the same commit; null for none.</param>
    /// <param name="cancellationToken">Stops git.</param>
    /// <returns>The name of the pack with the commit's files.</returns>
    public async Task<string> PackAsync(RunBase start, string files, BaseManifest? previous, CancellationToken cancellationToken)
    {
        var packs = PacksOf(files);
        Directory.CreateDirectory(packs);
        var name = previous?.Commit == start.Commit && TryLinkPack(PacksOf(previous.Head.Folder), packs, previous.CommitPack)
            ? previous.CommitPack
            : await WritePackAsync(packs, ["--no-walk", start.Commit.Value], cancellationToken).ConfigureAwait(false);
        await WritePackAsync(packs, [start.Tree.Value, $"^{start.Commit}^{{tree}}"], cancellationToken).ConfigureAwait(false);
        return name;
    }

    /// <summary>Writes all but the objects.</summary>
    /// <param name="inventory">Commit, branch and settings.</param>
    /// <param name="files">The folder of the base's files, complete.</param>
    /// <param name="index">The index of the base's tree with the stamps of the user's files, which are those of the copies.</param>
    /// <param name="mustRefresh">Whether some of the copies have other stamps.</param>
    /// <param name="cancellationToken">Stops git.</param>
    public static async Task WriteAsync(BaseInventory inventory, string files, PrivateIndex index, bool mustRefresh, CancellationToken cancellationToken)
    {
        var (start, settings, git) = (inventory.Start, inventory.Settings, Path.Combine(files, ".git"));
        Directory.CreateDirectory(Path.Combine(git, "info"));
        Directory.CreateDirectory(Path.Combine(git, "refs", "heads"));
        await TextAsync("config", settings.Config).ConfigureAwait(false);
        await TextAsync("shallow", $"{start.Commit}\n").ConfigureAwait(false);
        await TextAsync("info/exclude", settings.Exclude).ConfigureAwait(false);
        await TextAsync("info/attributes", settings.Attributes).ConfigureAwait(false);
        await TextAsync("HEAD", start.Branch is { } branch ? $"ref: {branch}\n" : $"{start.Commit}\n").ConfigureAwait(false);
        if (start.Branch is { } name)
            await TextAsync("packed-refs", $"# pack-refs with: peeled fully-peeled sorted \n{start.Commit} {name}\n").ConfigureAwait(false);
        File.Copy(index.Path, Path.Combine(git, "index"));
        if (mustRefresh)
            await new GitCli(files, git, []).RunAsync(new GitCall("update-index", "-q", "--refresh", "--ignore-submodules") { Accepted = [0, 1] }, cancellationToken).ConfigureAwait(false);

        Task TextAsync(string path, string text) => File.WriteAllTextAsync(Path.Combine(git, path), text, cancellationToken);
    }

    private static bool TryLinkPack(string from, string to, string name) =>
        new[] { ".pack", ".idx" }.All(ending => DiskFiles.TryLink(Path.Combine(from, name + ending), Path.Combine(to, name + ending)));

    // Without a search for similar files, which takes far longer than it saves here: there is one version of each.
    private async Task<string> WritePackAsync(string packs, string[] revisions, CancellationToken cancellationToken)
    {
        var listed = await repository.Cli.RunAsync(new GitCall(["rev-list", "--objects", "--missing=allow-promisor", .. revisions]), cancellationToken).ConfigureAwait(false);
        if (listed.Output.Length == 0)
            return "";
        var call = new GitCall("pack-objects", "-q", "--window=0", Path.Combine(packs, "pack"))
        {
            Input = listed.Output,
            Settings = ["pack.writeReverseIndex=false"],
            // It makes its files in the object folder and renames them, so that must be where they go to: the repository's may be on another disk.
            Variables = [("GIT_OBJECT_DIRECTORY", Path.GetDirectoryName(packs)!), ("GIT_ALTERNATE_OBJECT_DIRECTORIES", Path.Combine(repository.CommonDir, "objects"))],
        };
        return $"pack-{await repository.Cli.TextAsync(call, cancellationToken).ConfigureAwait(false)}";
    }

    private static string PacksOf(string files) => Path.Combine(files, ".git", "objects", "pack");
}
