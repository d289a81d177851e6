using Planlane.Git;
using Planlane.Values;

namespace Planlane.Commits.Hooks;

/// <summary>The hooks of a repository that <c>git commit</c> would run.</summary>
/// <param name="Folder">Where they lie, absolute.</param>
/// <param name="Inside">The same as a path of the work tree; null when they lie elsewhere, mostly in <c>.git/hooks</c>.</param>
/// <param name="Names">Those that are there and can be run.</param>
internal sealed record HookFolder(string Folder, RepoPath? Inside, ValueList<string> Names)
{
    /// <summary>Paths of the work tree, folders or files, that links in the folder lead to.</summary>
    public ValueList<RepoPath> Linked { get; init; } = [];

    public const string PreCommit = CommitRefusal.PreCommit, PrepareMessage = "prepare-commit-msg", CommitMessage = "commit-msg", PostCommit = "post-commit";

    // As many as the system itself follows.
    private const int MostLinks = 40;

    private static readonly string[] Known = [PreCommit, PrepareMessage, CommitMessage, PostCommit];

    /// <summary>Reads which hooks there are; <c>core.hooksPath</c> is honoured.</summary>
    public static async Task<HookFolder> ReadAsync(GitRepository repository, CancellationToken cancellationToken)
    {
        var path = await repository.Cli.TextAsync(new GitCall("rev-parse", "--git-path", "hooks") { Hooks = true }, cancellationToken).ConfigureAwait(false);
        var folder = Path.GetFullPath(path, repository.Root);
        var names = Known.Where(name => IsExecutable(Path.Combine(folder, name))).ToValueList();
        // Of all hooks: git itself runs others than those of a commit when the branch moves.
        IEnumerable<string> entries = Directory.Exists(folder) ? Directory.EnumerateFileSystemEntries(folder) : [];
        var linked = entries.Prepend(folder).SelectMany(PlacesOf).Select(target => Below(repository, target)).OfType<RepoPath>().Distinct().ToValueList();
        return new HookFolder(folder, Below(repository, folder), names) { Linked = linked };
    }

    /// <summary>Whether any runs before a commit is made.</summary>
    /// <param name="skips">Whether the user passes by those that can refuse (<c>--no-verify</c>).</param>
    public bool HasBefore(bool skips) => Names.Any(name => name == PrepareMessage || (!skips && name is PreCommit or CommitMessage));

    /// <summary>Whether a path belongs to the hooks, or to the scripts beside their folder that they call.</summary>
    public bool Covers(RepoPath path) => Places.Any(place => path.Value.Equals(place, StringComparison.OrdinalIgnoreCase) || IsBelow(path, place));

    private IEnumerable<string> Places => Linked.Select(place => place.Value).Concat(Inside is { } own ? new[] { own.Value, own.Folder }.Where(folder => folder.Length > 0) : []);

    // Where a file system knows no case, the other spelling is the same folder.
    private static bool IsBelow(RepoPath path, string folder) => path.Value.StartsWith(folder + "/", StringComparison.OrdinalIgnoreCase);

    // Each link on the way, folders included, as the run could change any of them, and where they end. A link is relative to the real folder that it lies in.
    private static IEnumerable<string> PlacesOf(string path)
    {
        var (at, hops, rest) = (Path.GetPathRoot(path)!, 0, new Stack<string>(NamesOf(path)));
        while (rest.TryPop(out var name))
        {
            at = Path.GetFullPath(name, at);
            if (new FileInfo(at).LinkTarget is not { } target)
                continue;
            yield return at;
            if (++hops > MostLinks)
                yield break;
            foreach (var next in NamesOf(target))
                rest.Push(next);
            at = Path.IsPathRooted(target) ? Path.GetPathRoot(target)! : Path.GetDirectoryName(at)!;
        }

        if (hops > 0)
            yield return at;
    }

    // The last first, as a stack takes them.
    private static IEnumerable<string> NamesOf(string path) =>
        path[Path.GetPathRoot(path)!.Length..].Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries).Reverse();

    private static RepoPath? Below(GitRepository repository, string place)
    {
        var below = Path.GetRelativePath(repository.Root, place).Replace('\\', '/');
        return new RepoPath(below) is { Problem: null } found && !Path.IsPathRooted(below) ? found : null;
    }

    private static bool IsExecutable(string path) =>
        File.Exists(path) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0);
}
