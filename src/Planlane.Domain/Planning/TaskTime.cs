using Planlane.Budgets;
using Planlane.Requests;

namespace Planlane.Planning;

/// <summary>How long the model of a task needs, in the arithmetic of estimates: the first token, and the output at the model's speed.</summary>
internal static class TaskTime
{
    /// <summary>The model that works on a task; null when the task names one that the settings do not know.</summary>
    public static ModelFacts? ModelOf(PlannedTask task, RunSettings settings) =>
        task.Model is not { } id ? settings.Agent
        : id == settings.Agent.Id ? settings.Agent
        : settings.Models.FirstOrDefault(model => model.Id == id) ?? (id == settings.Planner.Id ? settings.Planner : null);

    /// <summary>Seconds of one turn that writes all of a task's output; by the agents' model where the task's is not known.</summary>
    public static double SecondsOf(PlannedTask task, RunSettings settings)
    {
        var model = ModelOf(task, settings) ?? settings.Agent;
        return model.FirstTokenSeconds + (task.Estimate.OutputTokens / model.TokensPerSecond);
    }
}
