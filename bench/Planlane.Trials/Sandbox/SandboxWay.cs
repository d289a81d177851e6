using System.Diagnostics;
using Planlane.Sandbox;

namespace Planlane.Trials.Sandbox;

/// <summary>One way to run a command that does nothing, and how long it took each time: from the call until nothing of the command is left and its folders are gone.</summary>
/// <param name="name">What it is called.</param>
/// <param name="sandbox">The sandbox.</param>
/// <param name="command">The command.</param>
internal sealed class SandboxWay(string name, ISandbox sandbox, BoxedCommand command)
{
    private readonly List<double> _milliseconds = [];

    public async Task RunAsync(bool isCounted, CancellationToken cancellationToken)
    {
        var begun = Stopwatch.GetTimestamp();
        var result = await sandbox.RunAsync(command, cancellationToken).ConfigureAwait(false);
        var took = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
        if (result.ExitCode != 0)
            throw new InvalidOperationException($"{name}: {result.End} {result.Output}");
        if (isCounted)
            _milliseconds.Add(took);
    }

    /// <summary>Prints a line for each. Differences are those of one round, so that a load that lasts longer than a round falls out of them.</summary>
    public static void Report(IReadOnlyList<SandboxWay> ways, int times)
    {
        Console.WriteLine($"{times} commands of each kind that do nothing, in turns, in milliseconds");
        Console.WriteLine($"{"",-44} {"median",8} {"p95",8} {"above plain: median",22} {"p95",8} {"ratio",7}");
        foreach (var way in ways)
        {
            var above = way._milliseconds.Zip(ways[0]._milliseconds, (mine, plain) => mine - plain).ToList();
            Console.WriteLine($"{way.Name,-44} {At(way._milliseconds, 0.5),8:0.0} {At(way._milliseconds, 0.95),8:0.0} {At(above, 0.5),22:+0.0;-0.0} {At(above, 0.95),8:+0.0;-0.0} {At(way._milliseconds, 0.5) / At(ways[0]._milliseconds, 0.5),7:0.0}");
        }
    }

    private string Name => name;

    private static double At(List<double> values, double part) => values.Order().ElementAt(Math.Min(values.Count - 1, (int)(values.Count * part)));
}
