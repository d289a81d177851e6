using Planlane.Git;
using Planlane.Runs;
using Planlane.Simulator.Scripting;

namespace Planlane.Cli.Commands;

/// <summary>The repository that a demo works on: a real one with a first commit. One in a temporary folder is removed when it is disposed.</summary>
internal sealed class SampleRepository : IAsyncDisposable
{
    // Names the scenario; also tells a demo's repository from one of the user's.
    private const string Marker = ".git/planlane/demo";

    private SampleRepository(string folder, bool isKept)
    {
        Folder = folder;
        IsKept = isKept;
        // A second Ctrl-C ends the process without disposing of anything.
        if (!isKept)
            AppDomain.CurrentDomain.ProcessExit += (_, _) => Remove();
    }

    public string Folder { get; }

    /// <summary>Whether the user named the folder.</summary>
    public bool IsKept { get; }

    /// <summary>Makes the repository of a scenario, or opens the one that an earlier demo of the same scenario left in the folder.</summary>
    /// <exception cref="PlanlaneException">The folder holds something else, or git is missing.</exception>
    public static async Task<SampleRepository> OpenAsync(Scenario scenario, string? folder, CancellationToken cancellationToken)
    {
        if (folder is null)
            return await MakeAsync(scenario, Directory.CreateTempSubdirectory("planlane-demo-").FullName, isKept: false, cancellationToken).ConfigureAwait(false);
        var path = Path.GetFullPath(folder);
        if (File.Exists(Path.Combine(path, Marker)) && await File.ReadAllTextAsync(Path.Combine(path, Marker), cancellationToken).ConfigureAwait(false) == scenario.Name)
            return new SampleRepository(path, isKept: true);
        if (File.Exists(path) || (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any()))
            throw new PlanlaneException(FaultKind.Usage, $"'{folder}' is not empty.", "Name a new or empty folder with --dir.");
        return await MakeAsync(scenario, path, isKept: true, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        if (!IsKept)
            Remove();
        return ValueTask.CompletedTask;
    }

    private void Remove()
    {
        if (!Directory.Exists(Folder))
            return;
        Environment.CurrentDirectory = Path.GetTempPath();
        try
        {
            // Git makes its objects read-only, and Windows does not delete such files.
            foreach (var file in new DirectoryInfo(Folder).EnumerateFiles("*", SearchOption.AllDirectories).Where(file => file.IsReadOnly))
                file.IsReadOnly = false;
            Directory.Delete(Folder, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It lies in the system's folder for what may be lost at any time.
        }
    }

    private static async Task<SampleRepository> MakeAsync(Scenario scenario, string folder, bool isKept, CancellationToken cancellationToken)
    {
        var sample = new SampleRepository(folder, isKept);
        try
        {
            Directory.CreateDirectory(folder);
            scenario.CopyBaseTo(folder);
            var git = new GitCli(folder);
            await git.RunAsync(new GitCall("init", "-q", "-b", "main"), cancellationToken).ConfigureAwait(false);
            await git.RunAsync(new GitCall("config", "user.name", "Planlane Demo"), cancellationToken).ConfigureAwait(false);
            await git.RunAsync(new GitCall("config", "user.email", "demo@planlane.invalid"), cancellationToken).ConfigureAwait(false);
            await git.RunAsync(new GitCall("config", "commit.gpgSign", "false"), cancellationToken).ConfigureAwait(false);
            await git.RunAsync(new GitCall("add", "-A"), cancellationToken).ConfigureAwait(false);
            await git.RunAsync(new GitCall("commit", "-q", "-m", "Start the sample product"), cancellationToken).ConfigureAwait(false);
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, Marker))!);
            await File.WriteAllTextAsync(Path.Combine(folder, Marker), scenario.Name, cancellationToken).ConfigureAwait(false);
            return sample;
        }
        catch
        {
            await sample.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
