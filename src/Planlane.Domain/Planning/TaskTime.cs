using Planlane.Requests;

namespace Planlane.Planning;

/// <summary>How long the model of a task needs, in the arithmetic of estimates: the first token, and the output at the model's speed.</summary>
internal static class TaskTime
{
    /// <summary>Seconds of one turn that writes all of a task's output; by the agents' model where the task's is not known.</summary>
    public static double SecondsOf(PlannedTask task, RunSettings settings)
    {
        var model = settings.ModelOf(task);
        return model.FirstTokenSeconds + (task.Estimate.OutputTokens / model.TokensPerSecond);
    }
}
