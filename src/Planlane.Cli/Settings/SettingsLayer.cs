using Planlane.Budgets;

namespace Planlane.Cli.Settings;

/// <summary>The settings that one source gives; null where it gives none.</summary>
internal sealed record SettingsLayer
{
    public static SettingsLayer Empty { get; } = new();

    public string? PlannerModel { get; init; }

    public string? AgentModel { get; init; }

    public int? Slots { get; init; }

    public Cost? Budget { get; init; }

    public int? MaxTurns { get; init; }

    /// <summary>These settings, and the other's where these give none.</summary>
    public SettingsLayer Over(SettingsLayer other) => new()
    {
        PlannerModel = PlannerModel ?? other.PlannerModel,
        AgentModel = AgentModel ?? other.AgentModel,
        Slots = Slots ?? other.Slots,
        Budget = Budget ?? other.Budget,
        MaxTurns = MaxTurns ?? other.MaxTurns,
    };
}
