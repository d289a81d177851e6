using Planlane.Budgets;
using Planlane.Planning;
using Planlane.Requests;
using Planlane.Values;

namespace Planlane.Cli.Settings;

/// <summary>The settings that one source gives; null where it gives none.</summary>
internal sealed record SettingsLayer
{
    public static SettingsLayer Empty { get; } = new();

    public string? PlannerModel { get; init; }

    public string? AgentModel { get; init; }

    public int? Slots { get; init; }

    public Cost? Budget { get; init; }

    /// <summary>The caps that runs share.</summary>
    public SharedBudgets SharedBudgets { get; init; } = SharedBudgets.None;

    public int? MaxTurns { get; init; }

    public int? MaxAgents { get; init; }

    /// <summary>Whether the agents' model is asked first if the request should be divided.</summary>
    public bool? Triage { get; init; }

    /// <summary>The commands that build and test, in their order.</summary>
    public ValueList<PlannedCheck>? Checks { get; init; }

    /// <summary>What commands find and may do.</summary>
    public WorkspaceSettings Workspace { get; init; } = WorkspaceSettings.Empty;

    /// <summary>How work lands.</summary>
    public LandingLayer Landing { get; init; } = LandingLayer.Empty;

    /// <summary>Who decides whether a request is divided; only flags say it.</summary>
    public RunMode? Mode { get; init; }

    /// <summary>The model of an agent that works alone; only flags say it, as the agents' model of the files is meant for many cheap ones.</summary>
    public string? AloneModel { get; init; }

    /// <summary>These settings, and the other's where these give none.</summary>
    public SettingsLayer Over(SettingsLayer other) => new()
    {
        PlannerModel = PlannerModel ?? other.PlannerModel,
        AgentModel = AgentModel ?? other.AgentModel,
        Slots = Slots ?? other.Slots,
        Budget = Budget ?? other.Budget,
        SharedBudgets = new(SharedBudgets.Day ?? other.SharedBudgets.Day, SharedBudgets.Repository ?? other.SharedBudgets.Repository),
        MaxTurns = MaxTurns ?? other.MaxTurns,
        MaxAgents = MaxAgents ?? other.MaxAgents,
        Triage = Triage ?? other.Triage,
        Checks = Checks ?? other.Checks,
        Workspace = Workspace.Over(other.Workspace),
        Landing = Landing.Over(other.Landing),
        Mode = Mode ?? other.Mode,
        AloneModel = AloneModel ?? other.AloneModel,
    };
}
