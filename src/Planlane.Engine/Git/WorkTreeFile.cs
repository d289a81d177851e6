using Planlane.Values;

namespace Planlane.Git;

/// <summary>What lies at a path of the work tree, links not followed.</summary>
internal enum WorkTreeKind
{
    Nothing,
    File,
    Folder,
}

/// <summary>A file or link of the work tree.</summary>
/// <param name="Mode">Its mode as git would store it.</param>
/// <param name="Stored">The blob that git would store for it, with filters and line ends applied.</param>
/// <param name="AsIs">The blob of its bytes as they are.</param>
internal sealed record WorkTreeFile(string Mode, ObjectId Stored, ObjectId AsIs)
{
    public bool Is(string mode, ObjectId? id) => (Stored == id || AsIs == id) && (Mode == mode || OperatingSystem.IsWindows());

    /// <summary>What lies at a path; a link, also one to a folder, is a file.</summary>
    public static WorkTreeKind KindOf(string path)
    {
        var attributes = new FileInfo(path).Attributes;
        return (int)attributes == -1 ? WorkTreeKind.Nothing
            : attributes.HasFlag(FileAttributes.Directory) && !attributes.HasFlag(FileAttributes.ReparsePoint) ? WorkTreeKind.Folder
            : WorkTreeKind.File;
    }

    /// <summary>Reads those of the paths that are files or links.</summary>
    public static async Task<Dictionary<RepoPath, WorkTreeFile>> ReadAsync(GitRepository repository, IEnumerable<RepoPath> paths, CancellationToken cancellationToken)
    {
        var found = new Dictionary<RepoPath, WorkTreeFile>();
        var files = new List<RepoPath>();
        foreach (var path in paths.Where(path => KindOf(Full(repository, path)) == WorkTreeKind.File && !IsBehindALink(repository, path)))
        {
            if (new FileInfo(Full(repository, path)).LinkTarget is not { } target)
                files.Add(path);
            else
            {
                var call = new GitCall("hash-object", "--stdin", "--no-filters") { Input = System.Text.Encoding.UTF8.GetBytes(target) };
                var id = new ObjectId(await repository.Cli.TextAsync(call, cancellationToken).ConfigureAwait(false));
                found[path] = new WorkTreeFile(FileModes.SymbolicLink, id, id);
            }
        }

        var stored = await HashAsync(repository, files, [], cancellationToken).ConfigureAwait(false);
        var asIs = await HashAsync(repository, files, ["--no-filters"], cancellationToken).ConfigureAwait(false);
        for (var at = 0; at < files.Count; at++)
            found[files[at]] = new WorkTreeFile(ModeOf(Full(repository, files[at])), stored[at], asIs[at]);
        return found;
    }

    private static async Task<List<ObjectId>> HashAsync(GitRepository repository, List<RepoPath> files, string[] options, CancellationToken cancellationToken)
    {
        var call = new GitCall(["hash-object", .. options, "--stdin-paths"]) { Input = GitCall.Lines(files.Select(file => file.Value)) };
        var text = await repository.Cli.TextAsync(call, cancellationToken).ConfigureAwait(false);
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(id => new ObjectId(id))];
    }

    private static bool IsBehindALink(GitRepository repository, RepoPath path) =>
        LandingRecord.FoldersOf(path).Any(folder => KindOf(Full(repository, folder)) != WorkTreeKind.Folder);

    private static string Full(GitRepository repository, RepoPath path) => Path.Combine(repository.Root, path.Value);

    private static string ModeOf(string path) =>
        !OperatingSystem.IsWindows() && File.GetUnixFileMode(path).HasFlag(UnixFileMode.UserExecute) ? FileModes.Executable : FileModes.File;
}
