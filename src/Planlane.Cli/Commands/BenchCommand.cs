using System.CommandLine;
using System.Globalization;
using Planlane.Budgets;
using Planlane.Cli.Bench;
using Planlane.Cli.Dialogue;
using Planlane.Cli.Output;
using Planlane.Cli.Settings;
using Planlane.Commits;
using Planlane.Models;
using Planlane.Requests;
using Planlane.Runs;
using Planlane.Simulator;
using Planlane.Simulator.Scripting;

namespace Planlane.Cli.Commands;

/// <summary><c>planlane bench "REQUEST"</c>: the same request by Planlane and by one agent alone, on the user's repository and with the user's key; nothing lands.</summary>
internal static class BenchCommand
{
    private const int MostTimes = 20;
    private const double ScriptedSpeed = 4;

    // Above the high end of the price, so that a plan of more tasks than the rule of thumb knows is not cut off, and room for what one call reserves.
    private const decimal CapTimes = 2;
    private const decimal CapRoom = 1;

    public static Command Create(GlobalOptions options)
    {
        var request = new RequestOptions();
        var start = new StartOptions("The most that all runs of the comparison may cost together, in US dollars [default: twice the high end of the price, and a dollar]", lands: false);
        var times = new Option<int>("--times") { Description = $"How often each of the two works, 1 to {MostTimes}; one run is one sample", HelpName = "N", DefaultValueFactory = _ => 1 };
        times.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !(int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= MostTimes))
                result.AddError($"--times is '{result.Tokens[0].Value}'. It is a number from 1 to {MostTimes}.");
        });
        var yes = new Option<bool>("--yes", "-y") { Description = "Do not ask before money is spent; the budget holds" };
        var resume = new Option<string?>("--resume") { Description = "Go on with a comparison that was stopped; --budget gives it another cap", HelpName = "ID" };
        var scenario = new Option<string?>("--scenario") { Description = "Compare on a sample repository with a scripted model instead: no key, no cost; the names are in planlane demo --list", HelpName = "NAME" };
        var command = new Command("bench", "Compare Planlane with one agent alone on your request: price first, nothing lands") { times, yes, resume, scenario };
        request.AddTo(command);
        start.AddTo(command);
        command.SetAction(CommandRun.Of(options, async run =>
        {
            var parsed = run.Parsed;
            var (words, id, name) = (request.IsGiven(parsed), parsed.GetValue(resume), parsed.GetValue(scenario));
            if (new[] { words, id is not null, name is not null }.Count(given => given) != 1)
                throw new PlanlaneException(FaultKind.Usage, "A comparison needs one thing to compare on.", "Give a request, or --resume ID, or --scenario NAME.");
            var asked = new BenchAsked(start.LayerOf(parsed), parsed.GetValue(times), parsed.GetValue(yes))
            {
                Again = request.CommandOf(parsed),
                Options = GivenOptions.Of(parsed, command.Options.Except([yes, resume, scenario, .. request.All])),
            };
            if (name is not null)
                return await SampleAsync(run, asked, new ScenarioCatalogue().Open(name)).ConfigureAwait(false);
            var connection = ModelConnection.FromEnvironment(Environment.GetEnvironmentVariable);
            var service = await EngineDoor.OpenAsync(null, run.Interrupts.Stop).ConfigureAwait(false);
            if (id is not null)
            {
                if (GivenOptions.Of(parsed, command.Options.Except([resume, yes, .. start.Budgets])) is { Length: > 0 } others)
                    throw new PlanlaneException(FaultKind.Usage, $"A comparison goes on as it was agreed, so{others} cannot be given with --resume.", "Leave it out; --budget, --budget-day and --budget-repository can change. Or begin another comparison: planlane bench \"REQUEST\"");
                var kept = Resumed(Comparison.Read(service.Comparisons, id), asked.Layer);
                if (await LocalModels.IsScriptedAsync(connection, run.Interrupts.Stop).ConfigureAwait(false) != kept.IsScripted)
                    throw new PlanlaneException(FaultKind.Usage, $"Comparison {kept.Id} was begun with {Models(kept.IsScripted)}, and now there is {Models(!kept.IsScripted)}. Nothing was spent.", "Set ANTHROPIC_BASE_URL as it was then; or begin another comparison: planlane bench \"REQUEST\"");
                kept.Write(service.Comparisons);
                return await FollowAsync(run, service, kept).ConfigureAwait(false);
            }

            var comparison = await MakeAsync(run, service, request.Read(parsed, []), asked, EngineDoor.Merged(asked.Layer), await LocalModels.IsScriptedAsync(connection, run.Interrupts.Stop).ConfigureAwait(false)).ConfigureAwait(false);
            if (!await AgreeAsync(run, comparison, asked).ConfigureAwait(false))
                return ExitCodes.InPart;
            // Before anything is asked of a model: after a kill, nobody would know how to go on.
            comparison.Write(service.Comparisons);
            ComparisonView.Kept(run.Terminal.Error, comparison);
            return await FollowAsync(run, service, comparison).ConfigureAwait(false);
        }));
        return command;
    }

    private static async Task<int> SampleAsync(CommandRun run, BenchAsked asked, Scenario scenario)
    {
        await using var sample = await SampleRepository.OpenAsync(scenario, null, run.Interrupts.Stop).ConfigureAwait(false);
        await using var server = await SimulatorServer.StartAsync(new SimulatorOptions(scenario) { Speed = ScriptedSpeed, Seed = 1, SingleIsOneByOne = true }, run.Interrupts.Stop).ConfigureAwait(false);
        Environment.CurrentDirectory = sample.Folder;
        var service = await EngineDoor.OpenAsync(new ModelConnection(server.Address, "simulated"), run.Interrupts.Stop).ConfigureAwait(false);
        var comparison = await MakeAsync(run, service, RequestText.Parse(scenario.Request), asked, asked.Layer, isScripted: true).ConfigureAwait(false);
        return await FollowAsync(run, service, comparison, isKept: false).ConfigureAwait(false);
    }

    // What it is, and what it is expected to cost; nothing is asked of a model yet.
    private static async Task<Comparison> MakeAsync(CommandRun run, RunService service, RunRequest request, BenchAsked asked, SettingsLayer layer, bool isScripted)
    {
        var divided = Settings(layer, isScripted);
        var alone = Settings(layer with { Mode = RunMode.Single, AloneModel = null }, isScripted);
        if (divided.Mode is RunMode.Auto && RequestKinds.Undivided(request) is { } undivided)
            throw new PlanlaneException(FaultKind.Unsuitable, undivided.Reason, "One agent alone does this better: planlane \"REQUEST\" --single. To compare all the same, add --force.");
        var price = await service.EstimateAsync(request, divided, run.Interrupts.Stop).ConfigureAwait(false);
        // What the settings say is meant for one run.
        var cap = asked.Layer.Budget ?? new Cost(Math.Ceiling((CapTimes * (decimal)price.Usd(asked.Times).High) + CapRoom));
        var comparison = new Comparison(Comparison.NewId(service.Comparisons), request, divided, alone, asked.Times, cap, price, []);
        run.Json?.Write(ComparisonJson.Price(comparison));
        ComparisonView.Price(run.Terminal.Error, comparison);
        return comparison;
    }

    private static RunSettings Settings(SettingsLayer layer, bool isScripted) => RunSettingsBuilder.Build(layer, ModelCatalogue.Load()) with { Scripted = isScripted, Landing = LandingPolicy.Default };

    private static string Models(bool isScripted) => isScripted ? "the scripted model of planlane simulate" : "a real service";

    private static Comparison Resumed(Comparison kept, SettingsLayer layer)
    {
        var shared = EngineDoor.SharedOf(kept.Divided.SharedBudgets, layer.SharedBudgets);
        return kept with { Cap = layer.Budget ?? kept.Cap, Divided = kept.Divided with { SharedBudgets = shared }, Alone = kept.Alone with { SharedBudgets = shared } };
    }

    private static async Task<bool> AgreeAsync(CommandRun run, Comparison comparison, BenchAsked asked)
    {
        if (asked.IsAgreed)
            return true;
        if (!run.Terminal.CanAsk)
            throw new PlanlaneException(FaultKind.InputNeeded, "A comparison costs money, and nobody can be asked. Nothing was spent.", $"Say yes beforehand: {asked.CommandFor(comparison)} --yes");
        if (await new Answers(run.Terminal.Error, Console.In).AgreesAsync("Spend it? (yes / no)", run.Interrupts.Stop).ConfigureAwait(false))
            return true;
        run.Terminal.Error.Line("Nothing was run, and nothing was spent.");
        run.Json?.Result(ExitCodes.InPart);
        return false;
    }

    private static async Task<int> FollowAsync(CommandRun run, RunService service, Comparison comparison, bool isKept = true)
    {
        run.Telemetry.Begin();
        var runner = new ComparisonRunner(comparison, service, run.Terminal, run.Json, run.Interrupts);
        var halt = await runner.RunAsync().ConfigureAwait(false);
        var samples = runner.Samples;
        var code = run.Interrupts.ExitCode != 0 && ComparisonView.NextOf(comparison, samples) is not null ? run.Interrupts.ExitCode
            : halt is not null ? ExitCodes.Of(halt.Kind)
            : samples.Any(sample => sample.Sample.End is Summary.SampleEnd.Declined) ? ExitCodes.Unsuitable
            : samples.Any(sample => sample.Sample.End is Summary.SampleEnd.Failed) ? ExitCodes.InPart : ExitCodes.Ok;
        if (run.Json is null && samples.Count > 0)
            ComparisonView.Result(run.Terminal.Out, runner.Comparison, samples, runner.Spent);
        run.Json?.Write(ComparisonJson.Result(runner.Comparison, samples, runner.Spent, code, halt?.Message));
        if (halt is not null)
            Diagnostics.Write(run.Terminal, halt.Message, halt.Kind is FaultKind.Budget ? null : halt.Hint);
        if (code is not (ExitCodes.Ok or ExitCodes.Unsuitable))
            ComparisonView.Unfinished(run.Terminal.Error, runner.Comparison, samples, runner.Spent, isKept, halt?.Kind is FaultKind.Budget);
        return code;
    }

    /// <summary>What the command line says of a comparison beside its request.</summary>
    private sealed record BenchAsked(SettingsLayer Layer, int Times, bool IsAgreed)
    {
        /// <summary>The command that begins a run of the request when that is in a file; else null.</summary>
        public string? Again { get; init; }

        /// <summary>What was given beside the request, as it is typed.</summary>
        public string Options { get; init; } = "";

        public string CommandFor(Comparison comparison) => $"planlane bench{(Again ?? CommandText.Of(comparison.Request))["planlane".Length..]}{Options}";
    }
}
