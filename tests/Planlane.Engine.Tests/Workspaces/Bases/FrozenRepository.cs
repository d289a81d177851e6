using System.Diagnostics;
using Planlane.Git;
using Planlane.Hosting;
using Planlane.Models;
using Planlane.Requests;
using Planlane.Runs;
using Planlane.Sandbox;
using Planlane.Values;
using Planlane.Workspaces.Disk;

namespace Planlane.Workspaces.Bases;

/// <summary>A real repository whose files are frozen.</summary>
internal sealed class FrozenRepository(TempRepository temp) : IAsyncDisposable
{
    private static readonly RunSettings Settings = SettingsOf();

    public static CancellationToken Token => TempRepository.Token;

    public TempRepository Temp => temp;

    public RunFolders Folders => new(temp.Repository.CommonDir);

    public static async Task<FrozenRepository> WithAsync(params (string Path, string Text)[] files) => new(await TempRepository.WithAsync(files));

    /// <summary>A run that begins now.</summary>
    public async Task<RunState> BeginAsync(string run = "a1", WorkspacePolicy? policy = null)
    {
        var snapshot = await temp.Repository.SnapshotAsync(Token);
        return RunState.Empty with
        {
            Id = new RunId(run),
            Base = new RunBase(snapshot.Commit, snapshot.Tree, snapshot.BranchRef, snapshot.Uncommitted),
            Settings = Settings with { Workspace = policy ?? WorkspacePolicy.Default },
        };
    }

    public BaseKeeper Keeper(ISandbox? sandbox = null, BaseLimits? limits = null) =>
        new(temp.Repository, Folders, sandbox ?? new OpenSandbox(TimeProvider.System)) { Limits = limits ?? BaseLimits.Default };

    /// <summary>Opens the base of a run that begins now, as a new process would.</summary>
    public async Task<BaseFiles> OpenAsync(string run = "a1", WorkspacePolicy? policy = null, BaseLimits? limits = null) => await Keeper(limits: limits).OpenAsync(await BeginAsync(run, policy), Token);

    /// <summary>The files and links of a folder, links not followed, without those of the git folder at its root.</summary>
    public static IEnumerable<string> Names(string folder) => Below(folder).Select(path => Path.GetRelativePath(folder, path)).Where(path => !path.StartsWith(".git/", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    /// <summary>Runs git in a base as a command in a box would: nothing of the user's settings.</summary>
    public static string GitIn(BaseFiles files, params string[] arguments) => Run("env", ["-i", $"PATH={Environment.GetEnvironmentVariable("PATH")}", "GIT_CONFIG_NOSYSTEM=1", "git", "-C", files.Folder, .. arguments]);

    public static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output.TrimEnd('\n') : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {output}{error.Result}");
    }

    public ValueTask DisposeAsync()
    {
        // .NET cannot remove what it cannot name.
        if (!OperatingSystem.IsWindows())
            Run("rm", "-rf", temp.Root, Folders.TemporaryWorkspaces);
        return temp.DisposeAsync();
    }

    private static IEnumerable<string> Below(string folder) => Directory.EnumerateFileSystemEntries(folder).SelectMany(entry => DiskFiles.KindOf(entry) == EntryKind.Folder ? Below(entry) : [entry]);

    private static RunSettings SettingsOf()
    {
        var catalogue = ModelCatalogue.Load();
        return new RunSettings(catalogue.Find(new ModelId("claude-sonnet-4-5")).Facts, catalogue.Find(new ModelId("claude-haiku-4-5")).Facts);
    }
}
