using System.Diagnostics;
using Planlane.Git;
using Planlane.Reports;
using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane.Tools;

/// <summary>Workspaces for tests of what becomes of a command's writes: a plain checkout of the tree in a temporary folder, compared file by file afterwards. No sandbox, no time limit.</summary>
internal sealed class FolderWorkspaces : IWorkspaces, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("planlane-test-").FullName;

    /// <summary>The commands that were asked for.</summary>
    public List<WorkspaceCommand> Commands { get; } = [];

    /// <summary>The repository whose trees are checked out.</summary>
    public GitRepository? Repository { get; set; }

    public Task<ValueList<BaseRemark>> PrepareAsync(Runs.RunState run, CancellationToken cancellationToken) => Task.FromResult(ValueList<BaseRemark>.Empty);

    public async Task<WorkspaceOutcome> RunAsync(WorkspaceCommand command, CancellationToken cancellationToken)
    {
        Commands.Add(command);
        var root = Path.Combine(_folder, $"w{Commands.Count}");
        var repository = Repository!;
        await Checkouts.WriteAsync(repository, command.Tree, root, cancellationToken);
        var before = FilesOf(root);
        using var process = Process.Start(new ProcessStartInfo("sh", ["-c", command.Text + " 2>&1"]) { WorkingDirectory = root, RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        var after = FilesOf(root);
        await using var objects = new GitObjects(repository);
        var written = new List<FileChange>();
        foreach (var path in before.Keys.Union(after.Keys).Where(path => !before.TryGetValue(path, out var old) || !after.TryGetValue(path, out var now) || !old.AsSpan().SequenceEqual(now)).Order(StringComparer.Ordinal))
            written.Add(new FileChange(new RepoPath(path), after.TryGetValue(path, out var bytes) ? await objects.WriteBlobAsync(bytes, cancellationToken) : null));
        return new WorkspaceOutcome(CommandEnd.Exited, process.ExitCode, 0.5, output, root)
        {
            Written = new ChangeSet(written.Where(file => command.Lane?.Includes(file.Path) == true).ToValueList()),
            Undone = written.Select(file => file.Path).Where(path => command.Lane?.Includes(path) != true).ToValueList(),
        };
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Dictionary<string, byte[]> FilesOf(string root) =>
        Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).ToDictionary(file => Path.GetRelativePath(root, file), File.ReadAllBytes);
}
