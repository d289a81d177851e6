using System.Diagnostics;
using Planlane.Reports;

namespace Planlane.Sandbox.Windows;

/// <summary>Holds processes and memory of commands by a Windows job object. Files and the network are not held. It has not been run on Windows.</summary>
/// <param name="time">Measures commands.</param>
/// <param name="host">The user.</param>
public sealed class JobObjectSandbox(TimeProvider time, BoxHost host) : ISandbox
{
    /// <inheritdoc />
    public SandboxFacts Facts { get; } = new(SandboxKind.JobObject)
    {
        Holds =
        [
            new(BoxAspect.FilesWritten, HoldDegree.Open, "a command can write whatever you can"),
            new(BoxAspect.FilesRead, HoldDegree.Open, "a command can read whatever you can"),
            new(BoxAspect.Network, HoldDegree.Open, "open"),
            new(BoxAspect.Processes, HoldDegree.Partly, "what a command leaves behind is ended; your other processes can be reached"),
            new(BoxAspect.Resources, HoldDegree.Held, "memory and number of processes of a command together"),
            new(BoxAspect.Time, HoldDegree.Held, "a command is ended at its limit"),
            new(BoxAspect.Environment, HoldDegree.Partly, "variables that look like keys are not passed; all others are"),
        ],
    };

    /// <inheritdoc />
    public async Task<BoxResult> RunAsync(BoxedCommand command, CancellationToken cancellationToken)
    {
        if (command.Mounts.Count > 0)
            return new BoxResult(CommandEnd.NotStarted, -1, 0, "The command was not started: on Windows no folder can be shown at another path.\n");
        using var job = new JobObject(command.Limits);
        var run = new BoxRun { Start = () => BoxProcess.Start(Prepare(command), after: process => job.Add(process.Handle)), Command = command, Time = time, Kill = _ => job.Dispose(), Reap = _ => Close(job) };
        return await run.RunAsync(cancellationToken).ConfigureAwait(false);
    }

    private static Task Close(JobObject job)
    {
        job.Dispose();
        return Task.CompletedTask;
    }

    private ProcessStartInfo Prepare(BoxedCommand command)
    {
        var start = new ProcessStartInfo("cmd") { Arguments = $"/d /s /c \"({command.Text}) 2>&1\"", RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false, WorkingDirectory = command.Folder };
        start.Environment.Clear();
        foreach (var (name, value) in host.Environment.Where(pair => !SecretNames.Matches(pair.Key, pair.Value)))
            start.Environment[name] = value;
        (start.Environment["TEMP"], start.Environment["TMP"]) = (command.TempFolder, command.TempFolder);
        foreach (var variable in command.Variables)
            start.Environment[variable.Name] = variable.Value;
        return start;
    }
}
