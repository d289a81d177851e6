using System.CommandLine;
using System.Globalization;
using Planlane.Cli.Dialogue;
using Planlane.Cli.Output;
using Planlane.Cli.Settings;
using Planlane.Models;
using Planlane.Requests;
using Planlane.Runs;
using Planlane.Simulator;
using Planlane.Simulator.Scripting;

namespace Planlane.Cli.Commands;

/// <summary><c>planlane demo</c>: a whole run without a key: all is real but the model.</summary>
internal static class DemoCommand
{
    private const double PleasantSpeed = 4;

    public static Command Create(GlobalOptions options)
    {
        var scenario = new ScenarioOptions(PleasantSpeed);
        var folder = new Option<string?>("--dir") { Description = "Keep the sample repository in this folder [default: a temporary one, removed at the end]", HelpName = "DIR" };
        var list = new Option<bool>("--list") { Description = "List the scenarios" };
        var approve = ApprovalOption.Create();
        var command = new Command("demo", "See a whole run on a sample repository: no key, no cost, a scripted model") { list, folder, approve };
        scenario.AddTo(command);
        command.SetAction(CommandRun.Of(options, async run =>
        {
            if (run.Parsed.GetValue(list))
                return List(run);
            var simulated = scenario.Read(run.Parsed);
            await using var sample = await SampleRepository.OpenAsync(simulated.Scenario, run.Parsed.GetValue(folder), run.Interrupts.Stop).ConfigureAwait(false);
            Say(run, simulated, sample);
            return await FollowAsync(run, simulated, sample, run.Parsed.GetValue(approve)).ConfigureAwait(false);
        }));
        return command;
    }

    private static async Task<int> FollowAsync(CommandRun run, SimulatorOptions simulated, SampleRepository sample, string? approve)
    {
        await using var server = await SimulatorServer.StartAsync(simulated, run.Interrupts.Stop).ConfigureAwait(false);
        Environment.CurrentDirectory = sample.Folder;
        var service = await EngineDoor.OpenAsync(new ModelConnection(server.Address, "simulated"), run.Interrupts.Stop).ConfigureAwait(false);
        var open = (await service.ListAsync(run.Interrupts.Stop).ConfigureAwait(false)).FirstOrDefault(state => state.End is null);
        var settings = RunSettingsBuilder.Build(SettingsLayer.Empty, ModelCatalogue.Load()) with { Scripted = true };
        run.Telemetry.Begin();
        var active = open is null
            ? await service.StartAsync(RequestText.Parse(simulated.Scenario.Request), settings, null, run.Interrupts.Stop).ConfigureAwait(false)
            : await service.ResumeAsync(open.Id, null, run.Interrupts.Stop).ConfigureAwait(false);
        var dialogue = new RunDialogue(run.Terminal, service, AutoApproval.Of(approve), run.Json, run.Interrupts)
        {
            GoOn = $"planlane demo --scenario {simulated.Scenario.Name}{(sample.IsKept ? $" --dir {sample.Folder}" : "")}",
            IsKept = sample.IsKept,
        };
        var code = await dialogue.FollowAsync(active).ConfigureAwait(false);
        if (run.Json is null)
            SayAfter(run.Terminal.Error, sample, active.State);
        return code;
    }

    private static int List(CommandRun run)
    {
        var scenarios = new ScenarioCatalogue().List();
        foreach (var item in scenarios)
            run.Json?.Write(new { type = "scenario", item.Name, item.Title, item.Request });
        run.Json?.Result(ExitCodes.Ok);
        if (run.Json is not null)
            return ExitCodes.Ok;
        var width = scenarios.Select(item => item.Name.Length).DefaultIfEmpty().Max() + 2;
        foreach (var item in scenarios)
            run.Terminal.Out.Hanging("", new string(' ', width), Ink.Strong(item.Name.PadRight(width)), $"{item.Title}: ", Ink.Faint($"\"{item.Request}\""));
        return ExitCodes.Ok;
    }

    private static void Say(CommandRun run, SimulatorOptions simulated, SampleRepository sample)
    {
        if (run.Terminal.Progress is not (ProgressMode.Live or ProgressMode.Plain))
            return;
        var screen = run.Terminal.Error;
        var speed = simulated.Speed == 1 ? "as fast as" : string.Create(CultureInfo.InvariantCulture, $"{simulated.Speed:0.##} times as fast as");
        screen.Hanging(
            "",
            "  ",
            Ink.Alert("Demo: "),
            $"{simulated.Scenario.Title}. The model is scripted and simulated on this machine: no key, no network, no cost. It answers {speed} a real one. Everything else is what a paid run does.");
        screen.Hanging("", "  ", Ink.Faint("Sample repository: "), sample.Folder, Ink.Faint(sample.IsKept ? "" : " (removed at the end; --dir DIR keeps one)"));
        screen.Blank();
    }

    private static void SayAfter(Screen screen, SampleRepository sample, RunState state)
    {
        if (!sample.IsKept)
            screen.Line(Ink.Faint("The sample repository is removed. Keep one to look at: "), "planlane demo --dir DIR");
        else if (state.Receipt is not null)
            screen.Line(Ink.Faint("Look at the commits: "), $"git -C {sample.Folder} log --stat");
    }
}
