using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using Planlane.Budgets;

namespace Planlane.Cli.Settings;

/// <summary>Reads settings that are given as text.</summary>
internal static class SettingsText
{
    public const string BudgetRule = "A budget is an amount in US dollars above 0, such as 3.00.";
    public const string FlagRule = "It is true or false.";
    public const string CountRule = "It is a whole number from 1 to 1000.";

    public static bool TryBudget(string text, [NotNullWhen(true)] out Cost? budget)
    {
        var found = decimal.TryParse(text.Trim().TrimStart('$'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var usd) && usd > 0;
        budget = found ? new Cost(usd) : null;
        return found;
    }

    /// <summary>A flag of a settings file; null when it is something else.</summary>
    public static bool? FlagOf(JsonElement value) => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : null;

    public static bool TryCount(string text, [NotNullWhen(true)] out int? count)
    {
        var found = int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 1000;
        count = found ? number : null;
        return found;
    }
}
