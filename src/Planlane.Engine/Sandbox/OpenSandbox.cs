using System.Text;
using CliWrap;
using Planlane.Reports;

namespace Planlane.Sandbox;

/// <summary>Runs commands with the user's rights; only keys are kept from them.</summary>
/// <param name="time">Measures them.</param>
public sealed class OpenSandbox(TimeProvider time) : ISandbox
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

    /// <inheritdoc />
    public SandboxFacts Facts { get; } = new(SandboxKind.None);

    /// <inheritdoc />
    public async Task<BoxResult> RunAsync(BoxedCommand command, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        var output = new StringBuilder();
        using var timer = new CancellationTokenSource(command.Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        var (end, exitCode) = (CommandEnd.Exited, -1);
        try
        {
            exitCode = (await Shell(command, line => Keep(output, line)).ExecuteAsync(either.Token).ConfigureAwait(false)).ExitCode;
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            end = CommandEnd.TimedOut;
            Keep(output, $"The command was killed after {command.Limit.TotalMinutes:0} minutes.");
        }

        lock (output)
            return new BoxResult(end, exitCode, time.GetElapsedTime(begun).TotalSeconds, output.ToString());
    }

    private static Command Shell(BoxedCommand command, Action<string> keep)
    {
        var line = PipeTarget.ToDelegate(keep);
        return (OperatingSystem.IsWindows() ? CliWrap.Cli.Wrap("cmd").WithArguments(["/d", "/s", "/c", command.Text]) : CliWrap.Cli.Wrap("/bin/sh").WithArguments(["-c", command.Text]))
            .WithWorkingDirectory(command.Folder)
            .WithEnvironmentVariables(Variables.Concat(command.Variables.Select(item => KeyValuePair.Create(item.Name, (string?)item.Value))).GroupBy(item => item.Key).ToDictionary(group => group.Key, group => group.Last().Value))
            .WithValidation(CommandResultValidation.None)
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
