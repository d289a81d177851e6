using System.CommandLine;
using System.Globalization;
using Planlane.Simulator;
using Planlane.Simulator.Scripting;

namespace Planlane.Cli.Commands;

/// <summary>The options of the commands that start the simulator.</summary>
internal sealed class ScenarioOptions
{
    private readonly Option<string> _scenario = new("--scenario") { Description = "The request that its model has an answer for", HelpName = "NAME", DefaultValueFactory = _ => "auth" };
    private readonly Option<string?> _speed;
    private readonly Option<int> _seed = new("--seed") { Description = "Draws latencies and ids; the same seed gives the same ones", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<bool> _faults = new("--faults") { Description = "Let agents make the mistakes of the scenario: a compile error, a refused edit, a write outside the lane" };
    private readonly double _defaultSpeed;

    public ScenarioOptions(double defaultSpeed)
    {
        _defaultSpeed = defaultSpeed;
        _speed = new("--speed") { Description = string.Create(CultureInfo.InvariantCulture, $"How many times faster than the real models it answers [default: {defaultSpeed:0.#}]"), HelpName = "X" };
        _speed.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !TrySpeed(result.Tokens[0].Value, out _))
                result.AddError($"--speed is '{result.Tokens[0].Value}'. It is a number above 0, such as 1 or 20.");
        });
    }

    public void AddTo(Command command)
    {
        Option[] all = [_scenario, _speed, _faults, _seed];
        foreach (var option in all)
            command.Add(option);
    }

    public string NameOf(ParseResult parsed) => parsed.GetValue(_scenario)!;

    public SimulatorOptions Read(ParseResult parsed) => new(new ScenarioCatalogue().Open(NameOf(parsed)))
    {
        Speed = parsed.GetValue(_speed) is { } text && TrySpeed(text, out var speed) ? speed : _defaultSpeed,
        Seed = parsed.GetValue(_seed),
        Faults = parsed.GetValue(_faults),
    };

    private static bool TrySpeed(string text, out double speed) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out speed) && speed > 0 && double.IsFinite(speed);
}
