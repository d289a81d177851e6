using Planlane.Budgets;

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
public sealed record RunSettings(
    ModelFacts Planner,
    ModelFacts Agent,
    int Slots = 8,
    Cost? Budget = null,
    int MaxTurns = 20,
    int MaxRepairs = 2,
    bool PlanOnly = false,
    bool Scripted = false);
