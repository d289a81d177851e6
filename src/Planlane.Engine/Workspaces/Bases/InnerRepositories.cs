using Planlane.Git;
using Planlane.Workspaces.Disk;

namespace Planlane.Workspaces.Bases;

/// <summary>Reads the files of submodules and of repositories that lie in the work tree: builds need them, and agents get them without their git folders.</summary>
internal static class InnerRepositories
{
    /// <summary>Whether a folder is the root of a repository.</summary>
    public static bool IsAt(string folder) => Path.Exists(Path.Combine(folder, ".git"));

    /// <summary>Whether a folder is a work tree that is linked to a repository.</summary>
    /// <param name="commonDir">The repository's folder.</param>
    /// <param name="folder">The folder.</param>
    public static bool IsLinkedTo(string commonDir, string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, ".git")) is var text && text.StartsWith("gitdir: ", StringComparison.Ordinal)
                && Path.GetFullPath(Path.Combine(folder, text[8..].Trim())).StartsWith(Path.Combine(commonDir, "worktrees") + Path.DirectorySeparatorChar, StringComparison.Ordinal);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>The files that a repository and those inside it hold and do not ignore, as they are now, and what they ignore.</summary>
    /// <param name="root">The root of the user's work tree.</param>
    /// <param name="path">Where the inner repository lies in it.</param>
    /// <param name="ignored">Takes what it ignores.</param>
    /// <param name="cancellationToken">Stops git.</param>
    public static async Task<Dictionary<string, FileStamp>> ReadAsync(string root, string path, IgnoredFiles ignored, CancellationToken cancellationToken)
    {
        var files = new Dictionary<string, FileStamp>();
        var cli = new GitCli(Path.Combine(root, path));
        var listed = await cli.RunAsync(new GitCall("ls-files", "-z", "-c", "-o", "--exclude-standard"), cancellationToken).ConfigureAwait(false);
        foreach (var name in listed.Records.Where(name => name.Length > 0).Distinct())
        {
            var below = $"{path}/{name.TrimEnd('/')}";
            var stamp = FileStamp.Of(Path.Combine(root, below));
            if (stamp.Kind is EntryKind.File or EntryKind.Link)
                files[below] = stamp;
            else if (stamp.Kind == EntryKind.Folder && IsAt(Path.Combine(root, below)))
                foreach (var (inner, found) in await ReadAsync(root, below, ignored, cancellationToken).ConfigureAwait(false))
                    files[inner] = found;
        }

        var others = await cli.RunAsync(new GitCall("ls-files", "-z", "-o", "-i", "--exclude-standard", "--directory"), cancellationToken).ConfigureAwait(false);
        foreach (var name in others.Records.Where(name => name.Length > 0))
            ignored.Add($"{path}/{name}", cancellationToken);
        return files;
    }
}
