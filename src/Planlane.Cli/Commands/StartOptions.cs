using System.CommandLine;
using Planlane.Cli.Settings;

namespace Planlane.Cli.Commands;

/// <summary>The options of commands that begin a run: what it may use.</summary>
internal sealed class StartOptions
{
    private readonly Option<string?> _planner = new("--planner-model", "--planner")
    {
        Description = $"The model that plans, and takes over what agents cannot finish [default: {RunSettingsBuilder.DefaultPlanner}]",
        HelpName = "MODEL",
    };

    private readonly Option<string?> _agent = new("--agent-model", "--model")
    {
        Description = $"The model of the agents [default: {RunSettingsBuilder.DefaultAgent}]",
        HelpName = "MODEL",
    };

    private readonly Option<string?> _slots = new("--slots")
    {
        Description = $"How many agents may run at once [default: {RunSettingsBuilder.DefaultSlots}]",
        HelpName = "N",
    };

    private readonly Option<string?> _turns = new("--max-turns")
    {
        Description = $"The most turns of one attempt at a task [default: {RunSettingsBuilder.DefaultMaxTurns}]",
        HelpName = "N",
    };

    private readonly Option<string?> _budget = BudgetOption.Create("The most that the run may cost, in US dollars");

    public StartOptions()
    {
        foreach (var option in new[] { _slots, _turns })
            option.Validators.Add(result =>
            {
                if (result.Tokens.Count == 1 && !SettingsText.TryCount(result.Tokens[0].Value, out _))
                    result.AddError($"{option.Name} is '{result.Tokens[0].Value}'. {SettingsText.CountRule}");
            });
    }

    public void AddTo(Command command)
    {
        Option[] all = [_budget, _slots, _planner, _agent, _turns];
        foreach (var option in all)
            command.Add(option);
    }

    public SettingsLayer LayerOf(ParseResult parsed) => new()
    {
        PlannerModel = parsed.GetValue(_planner),
        AgentModel = parsed.GetValue(_agent),
        Slots = Count(parsed, _slots),
        MaxTurns = Count(parsed, _turns),
        Budget = BudgetOption.Read(parsed, _budget),
    };

    private static int? Count(ParseResult parsed, Option<string?> option) =>
        parsed.GetValue(option) is { } text && SettingsText.TryCount(text, out var count) ? count : null;
}
