using System.CommandLine;
using System.Diagnostics;
using Planlane.Git;
using Planlane.Hosting;
using Planlane.Models;
using Planlane.Requests;
using Planlane.Runs;
using Planlane.Sandbox;
using Planlane.Trials.Maps;
using Planlane.Values;
using Planlane.Workspaces.Bases;

namespace Planlane.Trials.Bases;

/// <summary><c>base</c>: how long the frozen copy of a large repository takes and how much disk, at first and for later runs.</summary>
internal static class BaseCommand
{
    private const int Changed = 20;

    public static Command Create()
    {
        var files = new Option<int>("--files") { Description = "How many source files the repository has; a tenth as many build outputs lie beside them", DefaultValueFactory = _ => 10_000 };
        var command = new Command("base", "Measures the frozen files of a large repository: the first, the next with 20 changed files, after a commit, and the same again") { files };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(files), cancellationToken));
        return command;
    }

    private static async Task RunAsync(int files, CancellationToken cancellationToken)
    {
        using var sources = await MapRepository.MakeAsync(files, cancellationToken).ConfigureAwait(false);
        var repository = await GitRepository.OpenAsync(sources.Folder, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        await File.AppendAllTextAsync(Path.Combine(repository.CommonDir, "info", "exclude"), "bin/\n", cancellationToken).ConfigureAwait(false);
        for (var at = 0; at < files / 10; at++)
            await WriteAsync(repository.Root, $"part{at % 50}/bin/{at}.dll", new string('x', 4_000), cancellationToken).ConfigureAwait(false);

        Console.Out.WriteLine($"{files:#,0} source files and {files / 10:#,0} build outputs; the user's files take {Disk(repository.Root, "--exclude=.git"):0.0} MB, the repository {Disk(repository.CommonDir):0.0} MB.");
        await OpenAsync(repository, "first", cancellationToken).ConfigureAwait(false);
        await OpenAsync(repository, "the same again", cancellationToken).ConfigureAwait(false);
        foreach (var path in (await repository.ListTreeAsync(sources.Tree, cancellationToken).ConfigureAwait(false)).Keys.Where(SyntheticSources.IsSource).Select(path => Path.Combine(repository.Root, path.Value)).Order(StringComparer.Ordinal).Take(Changed))
            await File.AppendAllTextAsync(path, "\n", cancellationToken).ConfigureAwait(false);
        await OpenAsync(repository, $"{Changed} files edited", cancellationToken).ConfigureAwait(false);
        await repository.Cli.RunAsync(new GitCall("commit", "-q", "-a", "-m", "Edits"), cancellationToken).ConfigureAwait(false);
        await OpenAsync(repository, "after a commit of them", cancellationToken).ConfigureAwait(false);
    }

    private static async Task OpenAsync(GitRepository repository, string name, CancellationToken cancellationToken)
    {
        var catalogue = ModelCatalogue.Load();
        var settings = new RunSettings(catalogue.Find(new ModelId("claude-sonnet-4-5")).Facts, catalogue.Find(new ModelId("claude-haiku-4-5")).Facts);
        var folders = new RunFolders(repository.CommonDir);
        var snapshot = await repository.SnapshotAsync(cancellationToken).ConfigureAwait(false);
        var state = RunState.Empty with { Id = new RunId(name.Replace(' ', '-')), Settings = settings, Base = new RunBase(snapshot.Commit, snapshot.Tree, snapshot.BranchRef, snapshot.Uncommitted) };
        var before = Disk(folders.Bases);

        var (begun, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        await new BaseKeeper(repository, folders, new OpenSandbox(TimeProvider.System)).OpenAsync(state, cancellationToken).ConfigureAwait(false);
        Console.Out.WriteLine($"{name,-24}{Stopwatch.GetElapsedTime(begun).TotalSeconds,8:0.00} s{(Environment.CpuUsage.TotalTime - used).TotalSeconds,8:0.00} s of processor time without git's{Disk(folders.Bases) - before,10:0.0} MB more");
    }

    // What the disk holds, each linked file once.
    private static double Disk(string folder, params string[] options)
    {
        if (!Directory.Exists(folder))
            return 0;
        using var process = Process.Start(new ProcessStartInfo("du", ["-sk", .. options, folder]) { RedirectStandardOutput = true })!;
        return double.Parse(process.StandardOutput.ReadToEnd().Split('\t')[0], System.Globalization.CultureInfo.InvariantCulture) / 1_000;
    }

    private static async Task WriteAsync(string root, string path, string text, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(root, path))!);
        await File.WriteAllTextAsync(Path.Combine(root, path), text, cancellationToken).ConfigureAwait(false);
    }
}
