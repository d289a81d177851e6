using Planlane.Planning;
using Planlane.Requests;
using Planlane.Values;

namespace Planlane.Approval;

/// <summary>The names of agents: the family of the model that works on the task, and the task's number in the plan.</summary>
public static class AgentNaming
{
    /// <summary>The names of the agents of a plan, in the order of its tasks.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="settings">Knows the models.</param>
    public static ValueList<AgentId> Of(Plan plan, RunSettings settings) =>
        plan.Tasks.Select((task, index) => new AgentId($"{settings.ModelOf(task).Family}-{index + 1}")).ToValueList();
}
