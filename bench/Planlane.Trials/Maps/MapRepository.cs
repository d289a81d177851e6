using Planlane.Git;
using Planlane.Hosting;
using Planlane.Values;

namespace Planlane.Trials.Maps;

/// <summary>A git repository whose map is measured.</summary>
internal sealed class MapRepository : IDisposable
{
    private readonly GitRepository _git;
    private readonly bool _isOwn;

    private MapRepository(GitRepository git, ObjectId tree, bool isOwn) => (_git, Tree, _isOwn) = (git, tree, isOwn);

    public string Folder => _git.Root;

    /// <summary>The tree of HEAD.</summary>
    public ObjectId Tree { get; }

    /// <summary>Makes one of so many source files in a temporary folder, packed as a clone is.</summary>
    public static async Task<MapRepository> MakeAsync(int files, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("planlane-map-").FullName;
        foreach (var (path, text) in SyntheticSources.Of(files))
        {
            var full = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            await File.WriteAllTextAsync(full, text, cancellationToken).ConfigureAwait(false);
        }

        var cli = new GitCli(folder);
        string[][] commands =
        [
            ["init", "-q", "-b", "main"], ["config", "user.name", "Ada Example"], ["config", "user.email", "ada@example.org"], ["config", "commit.gpgSign", "false"],
            ["add", "-A"], ["commit", "-q", "-m", "Start"], ["gc", "-q"],
        ];
        foreach (var command in commands)
            await cli.RunAsync(new GitCall(command), cancellationToken).ConfigureAwait(false);
        return await OpenAsync(folder, isOwn: true, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes one that is there; it is not removed.</summary>
    public static Task<MapRepository> OpenAsync(string folder, CancellationToken cancellationToken) => OpenAsync(folder, isOwn: false, cancellationToken);

    /// <summary>Removes what was kept of earlier maps.</summary>
    public void Forget()
    {
        var maps = new RunFolders(_git.CommonDir).Maps;
        if (Directory.Exists(maps))
            Directory.Delete(maps, recursive: true);
    }

    /// <summary>A tree in which some source files have one more line; the work tree stays as it is.</summary>
    /// <param name="count">How many files.</param>
    /// <param name="turn">Another number changes other files.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<ObjectId> ChangeAsync(int count, int turn, CancellationToken cancellationToken)
    {
        await using var objects = new GitObjects(_git);
        var files = (await _git.ListTreeAsync(Tree, cancellationToken).ConfigureAwait(false)).Where(file => file.Value.Mode == FileModes.File && SyntheticSources.IsSource(file.Key)).OrderBy(file => file.Key).ToList();
        var changes = new List<TreeChange>();
        for (var number = 0; number < Math.Min(count, files.Count); number++)
        {
            var (path, entry) = files[(int)((((long)number * files.Count) + turn) / count) % files.Count];
            var bytes = await objects.ReadBlobAsync(entry.Id, cancellationToken).ConfigureAwait(false);
            changes.Add(new TreeChange(path, await objects.WriteBlobAsync((byte[])[.. bytes, (byte)'\n'], cancellationToken).ConfigureAwait(false), entry.Mode));
        }

        return await new TreeWriter(objects).WriteTreeAsync(Tree, changes, cancellationToken).ConfigureAwait(false);
    }

    public void Dispose()
    {
        if (!_isOwn)
            return;
        foreach (var file in new DirectoryInfo(Folder).EnumerateFiles("*", SearchOption.AllDirectories).Where(file => file.IsReadOnly))
            file.IsReadOnly = false;
        Directory.Delete(Folder, recursive: true);
    }

    private static async Task<MapRepository> OpenAsync(string folder, bool isOwn, CancellationToken cancellationToken)
    {
        var git = await GitRepository.OpenAsync(folder, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        var head = (await git.GetStateAsync(cancellationToken).ConfigureAwait(false)).Head ?? throw new InvalidOperationException($"{folder} has no commit.");
        return new MapRepository(git, await git.TreeOfAsync(head, cancellationToken).ConfigureAwait(false), isOwn);
    }
}
