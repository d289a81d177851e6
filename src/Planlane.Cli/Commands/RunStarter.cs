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
    /// <summary>The command that asks for the same again; made of the request when null.</summary>
    public string? Again { get; init; }

    /// <summary>Whether a plan is shown whole where an overview would fit the screen.</summary>
    public bool ShowsDetails { get; init; }

    /// <summary>Runs a request, or a saved plan, to its commits.</summary>
    public async Task<int> RunAsync(RunRequest request, PlanFile? saved, AutoApproval auto)
    {
        var (service, settings) = await OpenAsync(flags).ConfigureAwait(false);
        var (code, ended) = await FollowAsync(service, request, settings, saved, auto).ConfigureAwait(false);
        if (code != ExitCodes.Unsuitable || saved is not null || command.Json is not null || !command.Terminal.CanAsk || command.Interrupts.ExitCode != 0)
            return code;
        return await AskAsync().ConfigureAwait(false) is { } mode ? await InsteadAsync(service, request, mode, ended, auto).ConfigureAwait(false) : code;
    }

    /// <summary>Makes a plan and no more; saves it when a file is named.</summary>
    public async Task<int> PlanAsync(RunRequest request, string? path)
    {
        if (path is not null && Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
            throw new PlanlaneException(FaultKind.Usage, $"The plan cannot be saved: there is no folder '{folder}'.", "Name a file in a folder that is there with -o; nothing was asked of a model yet.");
        var (service, settings) = await OpenAsync(flags).ConfigureAwait(false);
        var (code, ended) = await FollowAsync(service, request, settings with { PlanOnly = true }, null, new AutoApproval(false, false)).ConfigureAwait(false);
        if (ended is { End.Outcome: RunOutcome.Planned, Plan: { } plan } && path is not null)
            await SaveAsync(new PlanFile(request with { After = ended.Request.After }, ended.Base.Commit, plan), path).ConfigureAwait(false);
        return code;
    }

    private async Task<(RunService Service, RunSettings Settings)> OpenAsync(SettingsLayer layer)
    {
        var settings = EngineDoor.SettingsOf(layer);
        var service = await EngineDoor.OpenAsync(null, command.Interrupts.Stop).ConfigureAwait(false);
        // Said before a run is recorded that could not take its first step.
        _ = ModelConnection.FromEnvironment(Environment.GetEnvironmentVariable);
        if (command.Terminal.Progress is ProgressMode.Live or ProgressMode.Plain)
            foreach (var note in SettingsNotes.Of(EngineDoor.Merged(layer).Workspace, settings))
                command.Terminal.Error.Hanging("", "  ", Ink.Alert("Note: "), note);
        return (service, settings);
    }

    // The exit code, and the state of the run if there was one: what is plainly no work to divide is refused before a run is recorded.
    private async Task<(int Code, RunState? State)> FollowAsync(RunService service, RunRequest request, RunSettings settings, PlanFile? saved, AutoApproval auto)
    {
        ActiveRun run;
        command.Telemetry.Begin();
        try
        {
            run = await service.StartAsync(request, settings, saved, command.Interrupts.Stop).ConfigureAwait(false);
        }
        catch (PlanlaneException exception) when (exception.Kind is FaultKind.Unsuitable && saved is null)
        {
            var code = Diagnostics.Report(command.Terminal, new PlanlaneException(exception.Kind, exception.Message), debug: false, command.Json);
            UnsuitableOffer.Write(command.Terminal.Error, Again ?? CommandText.Of(request));
            return (code, null);
        }

        var dialogue = new RunDialogue(command.Terminal, service, auto, command.Json, command.Interrupts) { Again = Again, ShowsDetails = ShowsDetails };
        var ended = await dialogue.FollowAsync(run).ConfigureAwait(false);
        if (run.State is { End.Outcome: RunOutcome.Failed, Plan: null, PlanDraft: { } draft })
            await KeepAsync(new PlanFile(request, run.State.Base.Commit, draft), service.DraftPathOf(run.State.Id)).ConfigureAwait(false);
        return (ended, run.State);
    }

    private async Task<RunMode?> AskAsync()
    {
        try
        {
            return await UnsuitableOffer.AskAsync(new Answers(command.Terminal.Error, Console.In), command.Interrupts.Stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            command.Terminal.Error.Blank();
            return null;
        }
    }

    private async Task<int> InsteadAsync(RunService service, RunRequest request, RunMode mode, RunState? ended, AutoApproval auto)
    {
        var settings = EngineDoor.SettingsOf(flags with { Mode = mode });
        var reused = mode is RunMode.Forced && ended is { Plan.Tasks.Count: > 0 } ? await ReusedAsync(service, settings, ended).ConfigureAwait(false) : null;
        return (await FollowAsync(service, request, settings, reused, auto).ConfigureAwait(false)).Code;
    }

    // The plan that was paid for, when it can be run: it was not proven as long as nobody wanted it divided.
    private async Task<PlanFile?> ReusedAsync(RunService service, RunSettings settings, RunState ended)
    {
        var insisted = ended.Plan! with { Suitability = ended.Plan.Suitability with { Orchestrate = true } };
        var proof = await service.ProveAsync(ended.Request, insisted, settings, command.Interrupts.Stop).ConfigureAwait(false);
        return proof.Holds ? new PlanFile(ended.Request, ended.Base.Commit, proof.Plan) : null;
    }

    // What was paid for and could not be mended by the planner may be mended by hand.
    private async Task KeepAsync(PlanFile file, string path)
    {
        await file.WriteAsync(path, CancellationToken.None).ConfigureAwait(false);
        command.Terminal.Error.Line("The last plan is kept in ", Ink.Strong(path), ".");
        command.Terminal.Error.Line("Mend it, then: ", Ink.Strong($"planlane validate {path}"), " and ", Ink.Strong($"planlane run {path}"));
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
