using Planlane.Budgets;
using Planlane.Commits;
using Planlane.Planning;
using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane.Requests;

/// <summary>What a run may use; fixed when it begins, so that a replay does not depend on today's settings.</summary>
/// <param name="Planner">The model that plans and takes over tasks that the agents' model cannot finish.</param>
/// <param name="Agent">The model of the agents.</param>
/// <param name="Slots">How many agents may run at once; at least 1.</param>
/// <param name="Budget">The most that the run may cost, or null for no cap.</param>
/// <param name="MaxTurns">The most turns of one attempt; at least 1.</param>
/// <param name="MaxRepairs">How often a failed check goes back to the agents' model before the planner's model takes over; at least 0.</param>
/// <param name="PlanOnly">Whether the run ends when a valid plan is there.</param>
/// <param name="Scripted">Whether the model is a scripted one; shown wherever its figures show.</param>
/// <param name="Mode">Who decides whether the request is divided.</param>
/// <param name="MaxAgents">The most tasks that a plan may have; at least 1.</param>
public sealed record RunSettings(
    ModelFacts Planner,
    ModelFacts Agent,
    int Slots = 8,
    Cost? Budget = null,
    int MaxTurns = 20,
    int MaxRepairs = 2,
    bool PlanOnly = false,
    bool Scripted = false,
    RunMode Mode = RunMode.Auto,
    int MaxAgents = RunSettings.DefaultMaxAgents)
{
    /// <summary>The most tasks of a plan when nobody says otherwise: wider plans gain nothing in published measurements and are harder to review.</summary>
    public const int DefaultMaxAgents = 24;

    /// <summary>Whether the agents' model is asked first if the request should be divided at all, where that is not known; see <see cref="TriageRules"/>.</summary>
    public bool Triages { get; init; }

    /// <summary>The caps that it shares with other runs.</summary>
    public SharedBudgets SharedBudgets { get; init; } = SharedBudgets.None;

    /// <summary>Every model that a task of a plan may name, as the catalogue had it when the run began.</summary>
    public ValueList<ModelFacts> Models { get; init; } = [];

    /// <summary>The commands that the user set for building and testing; they replace those that the repository's files suggest.</summary>
    public ValueList<PlannedCheck> Checks { get; init; } = [];

    /// <summary>What the commands of agents and checks find and may do.</summary>
    public WorkspacePolicy Workspace { get; init; } = WorkspacePolicy.Default;

    /// <summary>How approved work lands.</summary>
    public LandingPolicy Landing { get; init; } = LandingPolicy.Default;

    /// <summary>The model that works on a task until it is escalated: the one that the plan names for it, or the agents'.</summary>
    /// <remarks>A name that nobody knows counts as none; the rules of plans refuse it before.</remarks>
    public ModelFacts ModelOf(PlannedTask task) => task.Model is { } id ? Find(id) ?? Agent : Agent;

    /// <summary>The model that a plan names, or null when nobody knows the name.</summary>
    public ModelFacts? Find(ModelId id) => id == Agent.Id ? Agent : Models.Append(Planner).FirstOrDefault(model => model.Id == id);
}
