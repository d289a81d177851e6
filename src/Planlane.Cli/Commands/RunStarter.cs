using Planlane.Cli.Dialogue;
using Planlane.Cli.Output;
using Planlane.Cli.Settings;
using Planlane.Models;
using Planlane.Planning;
using Planlane.Requests;
using Planlane.Runs;

namespace Planlane.Cli.Commands;

/// <summary>Begins runs for the commands that do.</summary>
/// <param name="command">The command.</param>
/// <param name="flags">What its flags say.</param>
internal sealed class RunStarter(CommandRun command, SettingsLayer flags)
{
    /// <summary>Runs a request, or a saved plan, to its commits.</summary>
    public async Task<int> RunAsync(RunRequest request, PlanFile? saved, AutoApproval auto)
    {
        var (service, settings) = await OpenAsync().ConfigureAwait(false);
        var run = await service.StartAsync(request, settings, saved, command.Interrupts.Stop).ConfigureAwait(false);
        return await new RunDialogue(command.Terminal, service, auto, command.Json, command.Interrupts).FollowAsync(run).ConfigureAwait(false);
    }

    /// <summary>Makes a plan and no more; saves it when a file is named.</summary>
    public async Task<int> PlanAsync(RunRequest request, string? path)
    {
        var (service, settings) = await OpenAsync().ConfigureAwait(false);
        var run = await service.StartAsync(request, settings with { PlanOnly = true }, null, command.Interrupts.Stop).ConfigureAwait(false);
        var code = await new RunDialogue(command.Terminal, service, new AutoApproval(false, false), command.Json, command.Interrupts).FollowAsync(run).ConfigureAwait(false);
        if (run.State is { End.Outcome: RunOutcome.Planned, Plan: { } plan } && path is not null)
            await SaveAsync(new PlanFile(request, run.State.Base.Commit, plan), path).ConfigureAwait(false);
        return code;
    }

    private async Task<(RunService Service, RunSettings Settings)> OpenAsync()
    {
        var settings = EngineDoor.SettingsOf(flags);
        var service = await EngineDoor.OpenAsync(null, command.Interrupts.Stop).ConfigureAwait(false);
        // Said before a run is recorded that could not take its first step.
        _ = ModelConnection.FromEnvironment(Environment.GetEnvironmentVariable);
        return (service, settings);
    }

    private async Task SaveAsync(PlanFile file, string path)
    {
        await file.WriteAsync(path, CancellationToken.None).ConfigureAwait(false);
        var screen = command.Terminal.Error;
        screen.Blank();
        screen.Line("Saved to ", Ink.Strong(path), $" (plan {file.Hash}).");
        screen.Line("Run it: ", Ink.Strong($"planlane run {path}"));
    }
}
