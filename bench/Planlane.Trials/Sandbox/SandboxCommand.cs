using System.CommandLine;
using Planlane.Sandbox;
using Planlane.Sandbox.Linux;
using Planlane.Workspaces;

namespace Planlane.Trials.Sandbox;

/// <summary>Measures what a sandbox adds to a command, or runs one command in the best sandbox and shows what came of it.</summary>
internal static class SandboxCommand
{
    /// <summary>The word by which a sandbox starts this program to open a command's network.</summary>
    public const string NetworkWord = "box-network";

    public static Command Create()
    {
        var times = new Option<int>("--times") { Description = "Commands of each kind", DefaultValueFactory = _ => 100 };
        var text = new Option<string?>("--try") { Description = "Run this shell command in the best sandbox instead" };
        var folder = new Option<string?>("--folder") { Description = "The folder that --try works in; the current one if not given" };
        var overlay = new Option<bool>("--overlay") { Description = "With --try: what it writes goes into a layer that is thrown away" };
        var command = new Command("sandbox", "What the sandbox adds to a command") { times, text, folder, overlay };
        command.SetAction((parsed, cancellationToken) => parsed.GetValue(text) is { } line
            ? TryAsync(line, Path.GetFullPath(parsed.GetValue(folder) ?? "."), parsed.GetValue(overlay), cancellationToken)
            : MeasureAsync(parsed.GetValue(times), cancellationToken));
        return command;
    }

    private static async Task<int> TryAsync(string text, string folder, bool withOverlay, CancellationToken cancellationToken)
    {
        using var place = new TrialFolders();
        var command = new BoxedCommand(text, folder, place.Temp, TimeSpan.FromMinutes(15));
        if (withOverlay)
            command = command with { Mounts = [new BoxMount.Overlay(folder, [folder], place.Upper, place.Work)] };
        var result = await new BestSandbox().RunAsync(command, cancellationToken).ConfigureAwait(false);
        Console.WriteLine($"{result.Output}{result.End}, exit code {result.ExitCode}, {result.Seconds:0.00} s");
        return result.ExitCode;
    }

    private static async Task<int> MeasureAsync(int times, CancellationToken cancellationToken)
    {
        using var place = new TrialFolders();
        var host = BoxHost.Current() with { NetworkProgram = [Environment.ProcessPath!, NetworkWord] };
        var plain = new BoxedCommand("true", place.Target, place.Temp, TimeSpan.FromMinutes(1));
        var layered = plain with { Mounts = [new BoxMount.Overlay(place.Target, [place.Lower], place.Upper, place.Work)] };
        List<(string Name, ISandbox Sandbox, BoxedCommand Command)> ways = [("plain", new OpenSandbox(TimeProvider.System), plain)];
        // Without a home there are no caches to make copy-on-write.
        if ((await BubblewrapSandbox.FindAsync(TimeProvider.System, host with { Home = place.Lower }).ConfigureAwait(false)).Sandbox is { } bare)
            ways.Add(("bubblewrap", bare, plain));
        if ((await BubblewrapSandbox.FindAsync(TimeProvider.System, host).ConfigureAwait(false)).Sandbox is { } full)
            ways.AddRange([("bubblewrap, package caches", full, plain), ("bubblewrap, package caches, workspace layer", full, layered), ("bubblewrap, the same, named hosts", full, layered with { Network = NetworkAccess.Hosts, Hosts = ["example.org"] })]);
        if (await LandlockSandbox.FindAsync(TimeProvider.System, host).ConfigureAwait(false) is { } landlock)
            ways.Add(("Landlock", landlock, plain));
        await ReportAsync(ways, times, cancellationToken).ConfigureAwait(false);
        return 0;
    }

    // In turns, so that what else the machine does falls on all of them.
    private static async Task ReportAsync(List<(string Name, ISandbox Sandbox, BoxedCommand Command)> ways, int times, CancellationToken cancellationToken)
    {
        var measured = ways.Select(_ => new List<double>()).ToList();
        for (var i = -3; i < times; i++)
            for (var way = 0; way < ways.Count; way++)
            {
                var result = await ways[way].Sandbox.RunAsync(ways[way].Command, cancellationToken).ConfigureAwait(false);
                if (result.ExitCode != 0)
                    throw new InvalidOperationException($"{ways[way].Name}: {result.End} {result.Output}");
                if (i >= 0)
                    measured[way].Add(result.Seconds * 1000);
            }

        var medians = measured.Select(list => list.Order().ElementAt(list.Count / 2)).ToList();
        Console.WriteLine($"median of {times} commands that do nothing");
        for (var way = 0; way < ways.Count; way++)
            Console.WriteLine($"{ways[way].Name,-44} {medians[way],7:0.0} ms   +{medians[way] - medians[0],5:0.0} ms   {medians[way] / medians[0],5:0.0} x");
    }

    private sealed class TrialFolders : IDisposable
    {
        private readonly string _root = Directory.CreateTempSubdirectory("planlane-trial-").FullName;

        public string Target => Folder("target");

        public string Temp => Folder("temp");

        public string Lower => Folder("lower");

        public string Upper => Folder("upper");

        public string Work => Folder("work");

        public void Dispose() => Directory.Delete(_root, recursive: true);

        private string Folder(string name) => Directory.CreateDirectory(Path.Combine(_root, name)).FullName;
    }
}
