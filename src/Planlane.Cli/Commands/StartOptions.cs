using System.CommandLine;
using Planlane.Cli.Settings;
using Planlane.Requests;

namespace Planlane.Cli.Commands;

/// <summary>The options of commands that begin a run: what it may use, and whether it is divided.</summary>
internal sealed class StartOptions
{
    private readonly ModelOption _models = new(RunSettingsBuilder.DefaultPlanner, RunSettingsBuilder.DefaultAgent);

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

    private readonly Option<string?> _agents = new("--max-agents")
    {
        Description = $"The most agents that a plan may have [default: {RunSettings.DefaultMaxAgents}]",
        HelpName = "N",
    };

    private readonly Option<bool> _single = new("--single") { Description = "One agent does all of it: nothing is planned, the same review and commit" };
    private readonly Option<bool> _force = new("--force") { Description = "Divide it among agents even if that does not pay" };
    private readonly WorkspaceOptions _workspace = new();
    private readonly LandingOptions _landing = new();
    private readonly BudgetOption _budget;
    private readonly bool _lands;

    /// <param name="budget">What <c>--budget</c> means for the command.</param>
    /// <param name="lands">Whether its runs may land.</param>
    public StartOptions(string budget = "The most that the run may cost, in US dollars; --budget-day, --budget-repository for all runs", bool lands = true)
    {
        (_budget, _lands) = (new BudgetOption(budget), lands);
        foreach (var option in new[] { _slots, _turns, _agents })
            option.Validators.Add(result =>
            {
                if (result.Tokens.Count == 1 && !SettingsText.TryCount(result.Tokens[0].Value, out _))
                    result.AddError($"{option.Name} is '{result.Tokens[0].Value}'. {SettingsText.CountRule}");
            });
    }

    public void AddTo(Command command)
    {
        // What is planned or was planned is for several agents.
        _single.Hidden = command is not RootCommand;
        // The program's own help has to fit on a screen.
        _turns.Hidden = command is RootCommand;
        if (command is RootCommand)
            _budget.HideShared();
        Option[] all = [_single, _force, _agents, .. _models.All, .. _budget.All, _slots, _turns];
        foreach (var option in all)
            command.Add(option);
        _workspace.AddTo(command);
        if (_lands)
            _landing.AddTo(command);
        command.Validators.Add(result =>
        {
            if (!result.GetValue(_single))
                return;
            if (result.GetValue(_force))
                result.AddError("--single and --force contradict each other: one agent alone, or several.");
            else if (command is not RootCommand)
                result.AddError($"--single makes no plan, so it does not go with '{command.Name}'. Give one agent the request itself: planlane \"REQUEST\" --single");
        });
    }

    /// <summary>Those that say what may be spent.</summary>
    public IEnumerable<Option> Budgets => _budget.All;

    /// <summary>What the flags say.</summary>
    /// <exception cref="Planlane.Runs.PlanlaneException">The flags for models contradict each other.</exception>
    public SettingsLayer LayerOf(ParseResult parsed)
    {
        var (planner, agent) = _models.Read(parsed);
        return new SettingsLayer
        {
            PlannerModel = planner,
            AgentModel = agent,
            AloneModel = agent,
            Slots = Count(parsed, _slots),
            MaxTurns = Count(parsed, _turns),
            MaxAgents = Count(parsed, _agents),
            Budget = _budget.Run(parsed),
            SharedBudgets = _budget.Shared(parsed),
            Workspace = _workspace.Read(parsed),
            Landing = _lands ? _landing.Read(parsed) : LandingLayer.Empty,
            Mode = parsed.GetValue(_single) ? RunMode.Single : parsed.GetValue(_force) ? RunMode.Forced : null,
        };
    }

    private static int? Count(ParseResult parsed, Option<string?> option) =>
        parsed.GetValue(option) is { } text && SettingsText.TryCount(text, out var count) ? count : null;
}
