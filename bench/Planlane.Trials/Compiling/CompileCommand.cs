using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Planlane.Git;
using Planlane.Reports;
using Planlane.Reports.Compiling;
using Planlane.Values;

namespace Planlane.Trials.Compiling;

/// <summary><c>compile</c>: what it costs to compile an agent's C# in process, the first time in a process and after that, in a repository that is there.</summary>
internal static class CompileCommand
{
    public static Command Create()
    {
        var folder = new Option<DirectoryInfo>("--repository") { Description = "The repository; only its object database is written to", Required = true };
        var file = new Option<string>("--file") { Description = "The C# file that is taken as changed", Required = true };
        var times = new Option<int>("--times") { Description = "How often the later ones are measured", DefaultValueFactory = _ => 5 };
        var command = new Command("compile", "Measures how long the C# of a changed file and its projects takes to compile in process") { folder, file, times };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(folder)!.FullName, new RepoPath(parsed.GetValue(file)!), Math.Max(1, parsed.GetValue(times)), cancellationToken));
        return command;
    }

    private static async Task RunAsync(string folder, RepoPath file, int times, CancellationToken cancellationToken)
    {
        var repository = await GitRepository.OpenAsync(folder, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        await using var objects = new GitObjects(repository);
        using var compiler = new CSharpCompiler(repository, objects, TimeProvider.System);
        var before = new ObjectId(await repository.Cli.TextAsync(new GitCall("rev-parse", "HEAD^{tree}"), cancellationToken).ConfigureAwait(false));
        var text = Encoding.UTF8.GetString(await objects.ReadBlobAsync((await repository.ListTreeAsync(before, cancellationToken).ConfigureAwait(false))[file].Id, cancellationToken).ConfigureAwait(false));
        for (var turn = 0; turn <= times; turn++)
        {
            var change = new FileChange(file, await objects.WriteBlobAsync(Encoding.UTF8.GetBytes($"{text}// {turn}\n"), cancellationToken).ConfigureAwait(false));
            var after = await new TreeWriter(objects).WriteTreeAsync(before, [new TreeChange(change.Path, change.Blob, change.Mode)], cancellationToken).ConfigureAwait(false);
            var (begun, processor) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            var result = await compiler.RunAsync(before, after, new ChangeSet([change]), new HashSet<string>(), cancellationToken).ConfigureAwait(false);
            Console.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{(turn == 0 ? "first" : "later")}: {Stopwatch.GetElapsedTime(begun).TotalSeconds:0.000} s, processor {(Environment.CpuUsage.TotalTime - processor).TotalSeconds:0.000} s, exit code {result.ExitCode}"));
            if (turn == 0)
                Console.Out.WriteLine(result.Output);
        }
    }
}
