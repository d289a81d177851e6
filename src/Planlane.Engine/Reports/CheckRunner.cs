using System.Text;
using CliWrap;

namespace Planlane.Reports;

/// <summary>Runs a check's shell command and reads its output. The command gets no keys; it is not sandboxed.</summary>
/// <param name="time">Measures it.</param>
/// <param name="limit">After this time the command's process tree is killed and the check has failed.</param>
public sealed class CheckRunner(TimeProvider time, TimeSpan limit)
{
    private const int KeptCharacters = 200_000;

    // Credentials stay with us; git variables would lead git astray; MSBuild nodes and build servers would outlive the command.
    private static readonly Dictionary<string, string?> Variables = new()
    {
        ["ANTHROPIC_API_KEY"] = null,
        ["ANTHROPIC_AUTH_TOKEN"] = null,
        ["GIT_DIR"] = null,
        ["GIT_INDEX_FILE"] = null,
        ["GIT_WORK_TREE"] = null,
        ["MSBUILDDISABLENODEREUSE"] = "1",
        ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        ["DOTNET_NOLOGO"] = "1",
        ["UseSharedCompilation"] = "false",
        ["NO_COLOR"] = "1",
        ["CI"] = "true",
    };

    /// <summary>Runs a command in a folder.</summary>
    /// <param name="name">The check's name.</param>
    /// <param name="command">The shell command.</param>
    /// <param name="folder">The root of the workspace.</param>
    /// <param name="cancellationToken">Kills the command's process tree.</param>
    /// <exception cref="OperationCanceledException">It was cancelled; nothing is known of the check then.</exception>
    public async Task<CheckResult> RunAsync(string name, string command, string folder, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        var output = new StringBuilder();
        using var timer = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        int exitCode;
        try
        {
            var result = await Shell(command, folder, line => Keep(output, line)).ExecuteAsync(either.Token).ConfigureAwait(false);
            exitCode = result.ExitCode;
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            exitCode = -1;
            Keep(output, $"The command was killed after {limit.TotalMinutes:0} minutes.");
        }

        string text;
        lock (output)
            text = output.ToString();
        var read = CheckOutput.Read(text, folder, exitCode);
        return new CheckResult(name, command, exitCode, read.Tests, time.GetElapsedTime(begun).TotalSeconds, read.Tail, read.Diagnostics);
    }

    private static Command Shell(string command, string folder, Action<string> keep)
    {
        var line = PipeTarget.ToDelegate(keep);
        return (OperatingSystem.IsWindows() ? CliWrap.Cli.Wrap("cmd").WithArguments(["/d", "/s", "/c", command]) : CliWrap.Cli.Wrap("/bin/sh").WithArguments(["-c", command]))
            .WithWorkingDirectory(folder).WithEnvironmentVariables(Variables).WithValidation(CommandResultValidation.None)
            .WithStandardOutputPipe(line).WithStandardErrorPipe(line);
    }

    private static void Keep(StringBuilder output, string line)
    {
        lock (output)
        {
            output.Append(line).Append('\n');
            if (output.Length > 2 * KeptCharacters)
                output.Remove(0, output.Length - KeptCharacters);
        }
    }
}
