using System.Text.Json.Serialization;

namespace Planlane.Budgets;

/// <summary>The caps that all runs share, beside the budget of each run.</summary>
/// <param name="Day">The most that all runs may cost on one day, the local date of the machine, or null for no cap.</param>
/// <param name="Repository">The most that all runs of one repository may cost together, ever, or null for no cap.</param>
public sealed record SharedBudgets(Cost? Day, Cost? Repository)
{
    /// <summary>No cap.</summary>
    public static SharedBudgets None { get; } = new(null, null);

    /// <summary>Whether neither cap is set.</summary>
    [JsonIgnore]
    public bool AreNone => Day is null && Repository is null;
}
