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
        var layer = new BoxMount.Overlay(place.Target, [place.Lower], place.Upper, place.Work);
        var layered = plain with { Mounts = [layer] };
        List<SandboxWay> ways = [new("plain spawn", new OpenSandbox(TimeProvider.System), plain)];
        // Without a home there are no caches to make copy-on-write.
        if ((await BubblewrapSandbox.FindAsync(TimeProvider.System, host with { Home = place.Lower }).ConfigureAwait(false)).Sandbox is { } bare)
            ways.Add(new("bubblewrap, limits", bare, plain));
        if ((await BubblewrapSandbox.FindAsync(TimeProvider.System, host).ConfigureAwait(false)).Sandbox is { Facts.CanOverlay: true } full)
        {
            ways.AddRange([new("+ tools and package caches of the home", full, plain), new("+ workspace layer: an agent's command", full, layered)]);
            ways.Add(new("  the same, written to the disk at its end", full, layered with { Mounts = [layer with { IsLasting = true }] }));
            ways.Add(new("  the same, named hosts", full, layered with { Network = NetworkAccess.Hosts, Hosts = ["example.org"] }));
        }

        if (await LandlockSandbox.FindAsync(TimeProvider.System, host).ConfigureAwait(false) is { } landlock)
            ways.Add(new("Landlock", landlock, plain));
        // In turns, so that what else the machine does falls on all of them.
        for (var round = -3; round < times; round++)
            foreach (var way in ways)
                await way.RunAsync(isCounted: round >= 0, cancellationToken).ConfigureAwait(false);
        SandboxWay.Report(ways, times);
        return 0;
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
