using System.CommandLine;
using System.Globalization;
using Planlane.Cli.Output;
using Planlane.Cli.Views;
using Planlane.Simulator;
using Planlane.Simulator.Behaviours;

namespace Planlane.Cli.Commands;

/// <summary><c>planlane simulate</c>: the Messages API on loopback, for any program that speaks it.</summary>
internal static class SimulateCommand
{
    private const int DefaultPort = 8462;

    public static Command Create(GlobalOptions options)
    {
        var port = new Option<int>("--port") { Description = "The port on 127.0.0.1; 0 for any free one", HelpName = "N", DefaultValueFactory = _ => DefaultPort };
        port.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !ushort.TryParse(result.Tokens[0].Value, out _))
                result.AddError($"--port is '{result.Tokens[0].Value}'. It is a number from 0 to 65535.");
        });
        var scenario = new ScenarioOptions(1);
        var command = new Command("simulate", "Serve a simulated Messages API on this machine, with a scripted model behind it") { port };
        scenario.AddTo(command);
        var service = new ServiceOptions();
        service.AddTo(command);
        var behaviours = new Option<bool>("--behaviours") { Description = "List what is simulated because the real service does it, with sources, dates and tests, and serve nothing" };
        command.Add(behaviours);
        command.SetAction(CommandRun.Of(options, async run =>
        {
            if (run.Parsed.GetValue(behaviours))
            {
                foreach (var behaviour in Behaviour.All)
                    run.Json?.Write(new { type = "behaviour", behaviour.Point, behaviour.Area, behaviour.Says, behaviour.Certainty, behaviour.Source, behaviour.Read, behaviour.Test });
                if (run.Json is null)
                    BehavioursView.Write(run.Terminal.Out, Behaviour.All);
                return ExitCodes.Ok;
            }

            var simulated = service.Read(run.Parsed, scenario.Read(run.Parsed)) with { Port = run.Parsed.GetValue(port) };
            await using var server = await SimulatorServer.StartAsync(simulated, run.Interrupts.Stop).ConfigureAwait(false);
            var address = server.Address.ToString().TrimEnd('/');
            run.Json?.Write(new { type = "listening", address, scenario = simulated.Scenario.Name, request = simulated.Scenario.Request });
            if (run.Json is null)
                Write(run.Terminal.Out, address, simulated);
            await WaitAsync(run.Interrupts.Stop).ConfigureAwait(false);
            run.Terminal.Error.Line(simulated.Record is { } record
                ? $"Stopped; the calls are in {record.File}."
                : string.Create(CultureInfo.InvariantCulture, $"Stopped after {Figures.Counted(server.Calls.Count, "call")}, by its own ledger {server.Ledger.Cost}."));
            return run.Interrupts.ExitCode;
        }));
        return command;
    }

    private static void Write(Screen screen, string address, SimulatorOptions simulated)
    {
        if (simulated.Record is { } record)
        {
            screen.Line(Ink.Good("Listening on "), Ink.Strong(address), $" and recording {record.Upstream} into {record.File}.");
            return;
        }

        screen.Line(Ink.Good("Listening on "), Ink.Strong(address), $" with the scripted model of scenario '{simulated.Scenario.Name}'.");
        screen.Line("It answers one request, in a repository made by ", Ink.Strong($"planlane demo --scenario {simulated.Scenario.Name} --dir DIR --no-input"), ":");
        screen.Blank();
        screen.Line($"  ANTHROPIC_BASE_URL={address} ANTHROPIC_API_KEY=any planlane \"{simulated.Scenario.Request}\"");
        screen.Blank();
        foreach (var after in simulated.Scenario.FollowUps)
        {
            screen.Line("And one that comes after that has landed, with the same two variables:");
            screen.Blank();
            screen.Line($"  planlane \"{after.Request}\" --after RUN");
            screen.Blank();
        }

        screen.Line(Ink.Faint("Ctrl-C stops it."));
    }

    private static async Task WaitAsync(CancellationToken stop)
    {
        var stopped = new TaskCompletionSource();
        await using var registration = stop.Register(stopped.SetResult);
        await stopped.Task.ConfigureAwait(false);
    }
}
