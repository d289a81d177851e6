using System.Diagnostics;
using Planlane.Trials.WholeRun;

namespace Planlane.Trials.Startup;

/// <summary>Starts programs and measures them from before their start until they have ended.</summary>
internal static class ProgramTimer
{
    /// <summary>The host that a user's shell would start.</summary>
    public static string DotnetHost() => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } path ? path : "dotnet";

    /// <summary>Measures programs in turns, so that a noisy minute hits all of them; a first turn is not counted.</summary>
    public static async Task<IReadOnlyList<ProgramTimes>> MeasureAsync(
        IReadOnlyList<(string Name, string[] CommandLine)> programs, int times, CancellationToken cancellationToken)
    {
        var measured = programs.Select(_ => new List<double>()).ToList();
        for (var turn = 0; turn <= times; turn++)
        {
            for (var i = 0; i < programs.Count; i++)
            {
                var milliseconds = await StartAsync(programs[i].CommandLine, cancellationToken).ConfigureAwait(false);
                if (turn > 0)
                    measured[i].Add(milliseconds);
            }
        }

        return [.. programs.Select((program, i) => new ProgramTimes(program.Name, measured[i].Min(), TrialReport.Median(measured[i]), measured[i].Max()))];
    }

    private static async Task<double> StartAsync(string[] commandLine, CancellationToken cancellationToken)
    {
        var begun = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo(commandLine[0], commandLine[1..]) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
        await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        var milliseconds = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
        return process.ExitCode == 0 && output.Length > 0 ? milliseconds : throw new InvalidOperationException($"{commandLine[0]} failed with exit code {process.ExitCode}.");
    }
}

/// <summary>How long a program took, in milliseconds.</summary>
internal sealed record ProgramTimes(string Name, double Min, double Median, double Max);
