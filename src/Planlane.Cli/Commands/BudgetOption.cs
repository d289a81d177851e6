using System.CommandLine;
using Planlane.Budgets;
using Planlane.Cli.Settings;

namespace Planlane.Cli.Commands;

/// <summary>The option <c>--budget</c>.</summary>
internal static class BudgetOption
{
    public static Option<string?> Create(string description)
    {
        var option = new Option<string?>("--budget") { Description = description, HelpName = "USD" };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !SettingsText.TryBudget(result.Tokens[0].Value, out _))
                result.AddError($"--budget is '{result.Tokens[0].Value}'. {SettingsText.BudgetRule}");
        });
        return option;
    }

    public static Cost? Read(ParseResult parsed, Option<string?> option) =>
        parsed.GetValue(option) is { } text && SettingsText.TryBudget(text, out var budget) ? budget : null;
}
