using System.Diagnostics;
using Planlane.Reports;

namespace Planlane.Sandbox;

/// <summary>Runs commands with the user's rights; only keys are kept from them, and time is held.</summary>
/// <param name="time">Measures them.</param>
public sealed class OpenSandbox(TimeProvider time) : ISandbox
{
    // Git variables would lead git astray; MSBuild nodes and build servers would outlive the command.
    private static readonly Dictionary<string, string?> Ours = new()
    {
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

    /// <summary>What it holds.</summary>
    public static SandboxFacts Nothing { get; } = new(SandboxKind.None)
    {
        Holds =
        [
            new(BoxAspect.FilesWritten, HoldDegree.Open, "a command can write whatever you can"),
            new(BoxAspect.FilesRead, HoldDegree.Open, "a command can read whatever you can"),
            new(BoxAspect.Network, HoldDegree.Open, "open"),
            new(BoxAspect.Processes, HoldDegree.Open, "a command can reach your other processes, and leave its own behind"),
            new(BoxAspect.Resources, HoldDegree.Open, "not limited"),
            new(BoxAspect.Time, HoldDegree.Held, "a command is killed at its limit"),
            new(BoxAspect.Environment, HoldDegree.Partly, "variables that look like keys are not passed; all others are"),
        ],
    };

    /// <inheritdoc />
    public SandboxFacts Facts { get; init; } = Nothing;

    /// <inheritdoc />
    public async Task<BoxResult> RunAsync(BoxedCommand command, CancellationToken cancellationToken)
    {
        if (command.Mounts.Count > 0)
            return new BoxResult(CommandEnd.NotStarted, -1, 0, "The command was not started: without a sandbox no folder can be shown at another path.\n");
        return await new BoxRun { Start = () => BoxProcess.Start(Prepare(command)), Command = command, Time = time }.RunAsync(cancellationToken).ConfigureAwait(false);
    }

    private static ProcessStartInfo Prepare(BoxedCommand command)
    {
        var start = OperatingSystem.IsWindows()
            ? new ProcessStartInfo("cmd") { Arguments = $"/d /s /c \"({command.Text}) 2>&1\"" }
            : new ProcessStartInfo("/bin/sh", ["-c", "exec 2>&1; exec /bin/sh -c \"$1\"", "sh", command.Text]);
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.UseShellExecute, start.WorkingDirectory) = (true, true, false, command.Folder);
        foreach (var (name, value) in start.Environment.ToList())
            if (SecretNames.Matches(name, value ?? ""))
                start.Environment.Remove(name);
        foreach (var (name, value) in Ours)
            start.Environment[name] = value;
        foreach (var variable in command.Variables)
            start.Environment[variable.Name] = variable.Value;
        return start;
    }
}
