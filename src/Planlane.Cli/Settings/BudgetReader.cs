using System.Text.Json;
using Planlane.Budgets;
using Planlane.Runs;

namespace Planlane.Cli.Settings;

/// <summary>Reads the member <c>budget</c> of a settings file: an amount for each run, or an object with amounts for a run, a day and the repository.</summary>
/// <param name="path">The file, for messages.</param>
internal sealed class BudgetReader(string path)
{
    private static readonly string[] Names = ["run", "day", "repository"];

    /// <exception cref="PlanlaneException">A member is unknown or wrong; kind <see cref="FaultKind.Usage"/>.</exception>
    public SettingsLayer Read(SettingsLayer layer, JsonElement value) => value.ValueKind is JsonValueKind.Object
        ? value.EnumerateObject().Aggregate(layer, With)
        : layer with { Budget = Amount("budget", value) };

    private SettingsLayer With(SettingsLayer layer, JsonProperty member) => member.Name switch
    {
        _ when member.Value.ValueKind is JsonValueKind.Null && Names.Contains(member.Name) => layer,
        "run" => layer with { Budget = Amount("budget.run", member.Value) },
        "day" => layer with { SharedBudgets = layer.SharedBudgets with { Day = Amount("budget.day", member.Value) } },
        "repository" => layer with { SharedBudgets = layer.SharedBudgets with { Repository = Amount("budget.repository", member.Value) } },
        _ => throw new PlanlaneException(FaultKind.Usage, $"\"budget.{member.Name}\" in {path} is not a setting.", $"Known are {string.Join(", ", Names)}."),
    };

    private Cost? Amount(string name, JsonElement value)
    {
        var text = value.ValueKind is JsonValueKind.String ? value.GetString()! : value.GetRawText();
        return SettingsText.TryBudget(text, out var budget) ? budget : throw new PlanlaneException(FaultKind.Usage, $"\"{name}\" in {path} is '{text}'. {SettingsText.BudgetRule}");
    }
}
