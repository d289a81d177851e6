using System.Text;
using Planlane.Git;
using Planlane.Requests.Sources;
using Planlane.Values;

namespace Planlane.Planning.Contracts;

/// <summary>The files of a tree that say how its C# is compiled.</summary>
internal static class CSharpSettings
{
    /// <summary>The text of every project and of what is shared by those below it, by path.</summary>
    public static async Task<Dictionary<RepoPath, string>> ReadAsync(GitObjects objects, IReadOnlyDictionary<RepoPath, TreeEntry> files, CancellationToken cancellationToken)
    {
        var texts = new Dictionary<RepoPath, string>();
        foreach (var (path, entry) in files)
            if ((CSharpProjects.IsProject(path) || CSharpProjects.IsShared(path)) && entry.Mode is FileModes.File or FileModes.Executable)
                texts[path] = Encoding.UTF8.GetString(await objects.ReadBlobAsync(entry.Id, cancellationToken).ConfigureAwait(false));
        return texts;
    }
}
