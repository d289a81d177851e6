using System.CommandLine;
using Planlane.Budgets;
using Planlane.Cli.Settings;

namespace Planlane.Cli.Commands;

/// <summary>The options <c>--budget</c>, <c>--budget-day</c> and <c>--budget-repository</c>.</summary>
internal sealed class BudgetOption
{
    private readonly Option<string?> _run;
    private readonly Option<string?> _day = Create("--budget-day", "The most that all runs of a day may cost together");
    private readonly Option<string?> _repository = Create("--budget-repository", "The most that all runs of this repository may cost together");

    /// <param name="description">What <c>--budget</c> means for the command.</param>
    public BudgetOption(string description) => _run = Create("--budget", description);

    public IEnumerable<Option> All => [_run, _day, _repository];

    /// <summary>Leaves the shared caps out of the help, where the description of <c>--budget</c> names them.</summary>
    public void HideShared() => (_day.Hidden, _repository.Hidden) = (true, true);

    /// <summary>The run's own budget.</summary>
    public Cost? Run(ParseResult parsed) => Read(parsed, _run);

    /// <summary>The shared caps.</summary>
    public SharedBudgets Shared(ParseResult parsed) => new(Read(parsed, _day), Read(parsed, _repository));

    private static Option<string?> Create(string name, string description)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = "USD" };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !SettingsText.TryBudget(result.Tokens[0].Value, out _))
                result.AddError($"{name} is '{result.Tokens[0].Value}'. {SettingsText.BudgetRule}");
        });
        return option;
    }

    private static Cost? Read(ParseResult parsed, Option<string?> option) =>
        parsed.GetValue(option) is { } text && SettingsText.TryBudget(text, out var budget) ? budget : null;
}
