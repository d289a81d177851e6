using System.CommandLine;
using System.Globalization;

namespace Planlane.Trials.Startup;

/// <summary><c>startup</c>: how long <c>planlane --version</c> takes as a whole process.</summary>
internal static class StartupCommand
{
    public static Command Create()
    {
        var times = new Option<int>("--times") { Description = "How often each program is started", DefaultValueFactory = _ => 20 };
        var repository = new Option<DirectoryInfo>("--repository") { Description = "The root of Planlane's sources", DefaultValueFactory = _ => new DirectoryInfo(Environment.CurrentDirectory) };
        var command = new Command("startup", "Measures the start of planlane --version, compiled ahead of time (ReadyToRun), beside a program that does nothing") { times, repository };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(repository)!.FullName, Math.Max(1, parsed.GetValue(times)), cancellationToken));
        return command;
    }

    private static async Task RunAsync(string repository, int times, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("planlane-startup-");
        try
        {
            var planlane = await Publication.OfPlanlaneAsync(repository, folder.FullName, cancellationToken).ConfigureAwait(false);
            var nothing = await Publication.OfNothingAsync(folder.FullName, cancellationToken).ConfigureAwait(false);
            var host = ProgramTimer.DotnetHost();
            var measured = await ProgramTimer.MeasureAsync(
                [
                    ("planlane --version", [planlane.Program, "--version"]),
                    ("dotnet exec planlane.dll --version", [host, "exec", planlane.Assembly, "--version"]),
                    ("a program that prints one line", [nothing.Program]),
                    ("dotnet exec of the same", [host, "exec", nothing.Assembly]),
                ],
                times,
                cancellationToken).ConfigureAwait(false);
            Write(measured, times);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Write(IReadOnlyList<ProgramTimes> measured, int times)
    {
        Console.WriteLine($"Whole processes, started {times} times each, in turns; milliseconds.");
        Console.WriteLine($"{"",-38}{"min",8}{"median",8}{"max",8}");
        foreach (var program in measured)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{program.Name,-38}{program.Min,8:0}{program.Median,8:0}{program.Max,8:0}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"planlane --version takes {measured[0].Median / measured[2].Median:0.00} times as long as a program that prints one line (aim: at most 120 ms)."));
    }
}
