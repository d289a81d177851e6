using Planlane.Git;
using Planlane.Hosting;
using Planlane.Values;
using Planlane.Workspaces.Disk;

namespace Planlane.Workspaces;

/// <summary>Where the parts of one workspace lie. All of it is ours; commands see only the files and a folder for temporary ones.</summary>
/// <param name="folders">Where the run's state lies.</param>
/// <param name="place">Which kind of workspace it is.</param>
/// <param name="run">The run.</param>
/// <param name="name">The workspace.</param>
internal sealed class WorkspaceFolders(RunFolders folders, WorkspacePlace place, RunId run, string name)
{
    private readonly string _root = Path.Combine(place.IsUnderGit ? folders.WorkspacesOf(run) : folders.TemporaryWorkspacesOf(run), name);

    /// <summary>The files: the upper layer of an overlay, or the whole folder.</summary>
    public string Files => Path.Combine(_root, place.Kind is WorkspaceKind.Overlay ? "upper" : "tree");

    /// <summary>The kernel's own folder beside an upper layer.</summary>
    public string Work => Path.Combine(_root, "work");

    /// <summary>Where files are made before they are moved in.</summary>
    public string Staged => Path.Combine(_root, "staged");

    /// <summary>The commands' folder for temporary files; checks have one of their own. In the system's own: the path of a socket in it may not be long.</summary>
    public string Temp(bool isCheck) => Path.Combine(folders.TemporaryWorkspacesOf(run), name, isCheck ? "check-tmp" : "tmp");

    /// <summary>The two folders of the layer over a shared folder. Checks have one of their own.</summary>
    public (string Upper, string Work) Over(RepoPath shared, bool isCheck)
    {
        var folder = Path.Combine(Shared(isCheck), Uri.EscapeDataString(shared.Value));
        return (Path.Combine(folder, "upper"), Path.Combine(folder, "work"));
    }

    /// <summary>Removes what checks left beside the files.</summary>
    public void ForgetChecks()
    {
        DiskFiles.Remove(Temp(isCheck: true));
        DiskFiles.Remove(Shared(isCheck: true));
    }

    /// <summary>Removes a layer over which the machine stopped: nobody waits until what commands write is on the disk. The work itself is in the object database.</summary>
    public void ForgetHalfWritten()
    {
        const string Boot = "/proc/sys/kernel/random/boot_id";
        var (mark, now) = (Path.Combine(_root, "boot"), File.Exists(Boot) ? File.ReadAllText(Boot) : "");
        if (File.Exists(mark) && File.ReadAllText(mark) == now)
            return;
        DiskFiles.Remove(_root);
        Directory.CreateDirectory(_root);
        File.WriteAllText(mark, now);
    }

    /// <summary>The folders of the user's repository that commands must not read: what is shown at the root covers those in it.</summary>
    public static IEnumerable<string> GitsToHide(GitRepository repository, bool isRootCovered) => new[] { repository.CommonDir, repository.GitDir }.Distinct()
        .Where(git => !isRootCovered || !git.StartsWith(repository.Root + Path.DirectorySeparatorChar, StringComparison.Ordinal));

    private string Shared(bool isCheck) => Path.Combine(_root, isCheck ? "check-shared" : "shared");
}
