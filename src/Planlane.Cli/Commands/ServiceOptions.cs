using System.CommandLine;
using System.Globalization;
using Planlane.Budgets;
using Planlane.Models;
using Planlane.Runs;
using Planlane.Simulator;
using Planlane.Simulator.Cassettes;
using Planlane.Simulator.Faults;
using Planlane.Simulator.Ledgers;
using Planlane.Simulator.Limits;
using Planlane.Simulator.Pacing;
using Planlane.Values;

namespace Planlane.Cli.Commands;

/// <summary>The options that say how a simulated service behaves beyond its scenario.</summary>
internal sealed class ServiceOptions
{
    private readonly Option<string> _limits = new("--limits") { Description = $"Rate limits and spend cap: {string.Join(", ", RateLimits.Profiles.Keys)}", HelpName = "PROFILE", DefaultValueFactory = _ => "start" };
    private readonly Option<string[]> _faults = new("--fault") { Description = "What goes wrong: NAME for the next call, NAME*3 for three, NAME=0.05 for a share; :agent, :planner, :triage or :TASK after it; may be given several times", HelpName = "PLAN", AllowMultipleArgumentsPerToken = false };
    private readonly Option<bool> _mistakes = new("--mistakes") { Description = "Let models do worse than their script at usual rates, small ones more often" };
    private readonly Option<string?> _latency = new("--latency") { Description = "How fast models answer: a profile, or measured for the shipped one with its rare long waits", HelpName = "FILE" };
    private readonly Option<string?> _spendCap = new("--spend-cap") { Description = "What all calls may cost before the tier's cap is met, in US dollars", HelpName = "USD" };
    private readonly Option<string?> _ownLimit = new("--own-limit") { Description = "The same for a limit of the organisation's own", HelpName = "USD" };
    private readonly Option<string?> _priceRise = new("--price-rise") { Description = "Let every call after a number of them cost a multiple, which the client is not told, such as 3@10", HelpName = "FACTOR@CALLS" };
    private readonly Option<string[]> _workspaces = new("--workspace") { Description = "The workspace of a key, which shares its cache and batches with no other; may be given several times", HelpName = "KEY=NAME", AllowMultipleArgumentsPerToken = false };
    private readonly Option<string?> _record = new("--record") { Description = "Hand calls on to --upstream and write them to a file, without keys", HelpName = "FILE" };
    private readonly Option<string?> _upstream = new("--upstream") { Description = "The API that is recorded [default: https://api.anthropic.com]", HelpName = "URL" };
    private readonly Option<string?> _replay = new("--replay") { Description = "Answer from such a file", HelpName = "FILE" };

    public void AddTo(Command command)
    {
        Option[] all = [_limits, _faults, _mistakes, _latency, _spendCap, _ownLimit, _priceRise, _workspaces, _record, _upstream, _replay];
        foreach (var option in all)
            command.Add(option);
    }

    public SimulatorOptions Read(ParseResult parsed, SimulatorOptions simulated)
    {
        var plan = new FaultPlan();
        foreach (var words in parsed.GetValue(_faults) ?? [])
            plan.Add(words);
        var mistakes = parsed.GetValue(_mistakes);
        return simulated with
        {
            RateLimits = Limits(parsed),
            FaultPlan = plan,
            SmallModels = mistakes ? Imperfection.Small : Imperfection.None,
            LargeModels = mistakes ? Imperfection.Large : Imperfection.None,
            Latency = parsed.GetValue(_latency) switch
            {
                null => LatencyProfile.Smooth,
                "measured" => LatencyProfile.Measured,
                var file => LatencyProfile.Load(file),
            },
            Workspaces = (parsed.GetValue(_workspaces) ?? []).Select(WorkspaceOf).ToValueList(),
            PriceRise = Rise(parsed.GetValue(_priceRise)),
            Prices = ModelCatalogue.Load().Models.Select(model => model.Facts).ToValueList(),
            Record = parsed.GetValue(_record) is { } cassette ? new RecordingTarget(Upstream(parsed), cassette) : null,
            Replay = parsed.GetValue(_replay) is { } played ? Cassette.Load(played) : null,
        };
    }

    private RateLimits Limits(ParseResult parsed)
    {
        var name = parsed.GetValue(_limits)!;
        if (!RateLimits.Profiles.TryGetValue(name, out var limits))
            throw new PlanlaneException(FaultKind.Usage, $"--limits is '{name}'.", $"Name one of {string.Join(", ", RateLimits.Profiles.Keys)}.");
        return limits with { SpendCap = Usd(parsed, _spendCap) ?? limits.SpendCap, OwnLimit = Usd(parsed, _ownLimit) };
    }

    private static KeyWorkspace WorkspaceOf(string text) => text.Split('=') is [{ Length: > 0 } key, { Length: > 0 } name]
        ? new KeyWorkspace(key, name)
        : throw new PlanlaneException(FaultKind.Usage, "--workspace is no KEY=NAME.", "Name a key that the simulator is asked with and a workspace, such as any=research.");

    private Uri Upstream(ParseResult parsed) =>
        Uri.TryCreate(parsed.GetValue(_upstream) ?? "https://api.anthropic.com", UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new PlanlaneException(FaultKind.Usage, "--upstream is not an http or https address.", "Name one such as https://api.anthropic.com.");

    private static PriceRise? Rise(string? text)
    {
        if (text is null)
            return null;
        var parts = text.Split('@');
        return parts.Length == 2 && decimal.TryParse(parts[0], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var factor) && factor > 0
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var calls)
            ? new PriceRise(calls, factor)
            : throw new PlanlaneException(FaultKind.Usage, $"--price-rise is '{text}'.", "It is a factor and a number of calls, such as 3@10.");
    }

    private static Cost? Usd(ParseResult parsed, Option<string?> option) => parsed.GetValue(option) switch
    {
        null => null,
        var text when decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var usd) => new Cost(usd),
        var text => throw new PlanlaneException(FaultKind.Usage, $"{option.Name} is '{text}'.", "It is an amount such as 0.50."),
    };
}
