using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Planlane.Trials.Startup;

/// <summary>A program that was published into a temporary folder.</summary>
/// <param name="Program">Its executable.</param>
/// <param name="Assembly">Its assembly, for <c>dotnet exec</c>.</param>
internal sealed record Publication(string Program, string Assembly)
{
    private const string NothingProject = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <InvariantGlobalization>true</InvariantGlobalization>
          </PropertyGroup>
        </Project>
        """;

    /// <summary>The command line, compiled ahead of time for this machine; writes nothing into the sources, their lock files included.</summary>
    public static async Task<Publication> OfPlanlaneAsync(string repository, string folder, CancellationToken cancellationToken)
    {
        var output = Path.Combine(folder, "planlane");
        await DotnetAsync(
            repository,
            [
                "publish", "src/Planlane.Cli", "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "--self-contained", "false", "-o", output, "-p:PublishReadyToRun=true",
                "-p:RestorePackagesWithLockFile=false", $"-p:NuGetLockFilePath={Path.Combine(folder, "none.lock.json")}", $"-p:ArtifactsPath={Path.Combine(folder, "artifacts")}",
                "-v", "q", "--nologo",
            ],
            cancellationToken).ConfigureAwait(false);
        return Of(output, "planlane");
    }

    /// <summary>The least that a .NET program can do: it prints one line.</summary>
    public static async Task<Publication> OfNothingAsync(string folder, CancellationToken cancellationToken)
    {
        var source = Directory.CreateDirectory(Path.Combine(folder, "nothing")).FullName;
        await File.WriteAllTextAsync(Path.Combine(source, "nothing.csproj"), NothingProject, cancellationToken).ConfigureAwait(false);
        await File.WriteAllTextAsync(Path.Combine(source, "Program.cs"), "System.Console.Out.WriteLine(\"0.0.0\");", cancellationToken).ConfigureAwait(false);
        var output = Path.Combine(folder, "nothing-published");
        await DotnetAsync(source, ["publish", "-c", "Release", "-o", output, "-v", "q", "--nologo"], cancellationToken).ConfigureAwait(false);
        return Of(output, "nothing");
    }

    private static Publication Of(string folder, string name) =>
        new(Path.Combine(folder, name + (OperatingSystem.IsWindows() ? ".exe" : "")), Path.Combine(folder, name + ".dll"));

    private static async Task DotnetAsync(string folder, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(ProgramTimer.DotnetHost(), arguments) { WorkingDirectory = folder };
        // A build node that stays would take part in the measurement.
        (start.Environment["MSBUILDDISABLENODEREUSE"], start.Environment["UseSharedCompilation"]) = ("1", "false");
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"dotnet {start.ArgumentList[0]} failed with exit code {process.ExitCode}.");
    }
}
