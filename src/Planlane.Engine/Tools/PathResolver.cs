using Planlane.Git;
using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane.Tools;

/// <summary>Finds the file that a model means by a path, before any rule is asked: so that no other spelling of a path gets round a rule, and a harmless one is not refused.</summary>
/// <remarks>
/// Taken away are backslashes, <c>.</c> and <c>..</c> parts, and the repository's own folder before an absolute path. A part that exists in other letter case or in another form of its
/// accented letters takes the existing spelling. A symbolic link of the tree is followed to read, and stops a write. Only the tree is looked at: hard links and junctions are a matter of
/// the file system, and no tool writes to one.
/// </remarks>
/// <param name="workspace">The agent's files.</param>
/// <param name="root">The root of the user's work tree, which commands see as theirs.</param>
public sealed class PathResolver(Workspace workspace, string root)
{
    private const int MostLinks = 40;

    private readonly string _root = root.Replace('\\', '/').TrimEnd('/');

    /// <summary>The file that a path means where it is to be read: symbolic links are followed inside the repository.</summary>
    public Task<ResolvedPath> ToReadAsync(string text, CancellationToken cancellationToken) => ResolveAsync(text, isWrite: false, cancellationToken);

    /// <summary>The file that a path means where it is to be written.</summary>
    public Task<ResolvedPath> ToWriteAsync(string text, CancellationToken cancellationToken) => ResolveAsync(text, isWrite: true, cancellationToken);

    private async Task<ResolvedPath> ResolveAsync(string text, bool isWrite, CancellationToken cancellationToken)
    {
        var asked = text.Trim();
        if (Relative(asked) is not { } relative)
            return Refused(asked, "is outside of the repository; name files from its root");

        var open = new Stack<string>(relative.Split('/').Reverse());
        var at = new List<string>();
        var links = 0;
        while (open.TryPop(out var part))
        {
            if (part is "" or ".")
                continue;
            if (part == "..")
            {
                if (at.Count == 0)
                    return Refused(asked, "leaves the repository");
                at.RemoveAt(at.Count - 1);
                continue;
            }

            var path = Spelled(at, part);
            at.Add(path.Name);
            if (isWrite && PortableName.ProblemOf(path.Name) is { } unfit && workspace.SpellingOf(path.Value) is null)
                return Refused(asked, unfit);
            if (workspace.Find(path) is { Mode: FileModes.Submodule })
                return Refused(asked, $"lies in the submodule '{path}', which this run does not touch");
            if (await workspace.LinkAsync(path, cancellationToken).ConfigureAwait(false) is not { } target)
                continue;
            if (isWrite)
                return Refused(asked, $"leads through '{path}', a symbolic link to '{UnseenText.Shown(target)}'; links are not written through. Name the file itself, if it is in your lane");
            at.RemoveAt(at.Count - 1);
            if (Relative(target) is not { } inside || ++links > MostLinks)
                return Refused(asked, $"is a symbolic link that leads out of the repository ('{UnseenText.Shown(target)}'), or round in a circle");
            if (IsAbsolute(target))
                at.Clear();
            foreach (var next in inside.Split('/').Reverse())
                open.Push(next);
        }

        var found = new RepoPath(string.Join('/', at));
        return found.Problem is { } problem ? Refused(asked, problem) : new ResolvedPath(found, null);
    }

    private RepoPath Spelled(List<string> above, string part)
    {
        var path = string.Join('/', above.Append(part));
        return new RepoPath(workspace.SpellingOf(path) ?? path);
    }

    // Null for an absolute path that is not below the root.
    private string? Relative(string text)
    {
        var path = text.Replace('\\', '/');
        if (!IsAbsolute(path))
            return path;
        var letters = OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return path.Equals(_root, letters) ? "" : path.StartsWith(_root + "/", letters) ? path[(_root.Length + 1)..] : null;
    }

    private static bool IsAbsolute(string path) => path.Length > 0 && (path[0] is '/' or '\\' || (path.Length > 1 && path[1] == ':' && char.IsAsciiLetter(path[0])));

    private static ResolvedPath Refused(string asked, string problem) => new(new RepoPath(asked), $"The path '{UnseenText.Shown(asked)}' {problem}.");
}

/// <summary>What a path means.</summary>
/// <param name="Path">The file; what was asked for when there is a problem.</param>
/// <param name="Problem">Why it cannot be used, as the model reads it; null when it can.</param>
public readonly record struct ResolvedPath(RepoPath Path, string? Problem);
