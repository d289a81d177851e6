using Planlane.Budgets;
using Planlane.Planning;
using Planlane.Values;

namespace Planlane.Cli.Views;

/// <summary>The names that the agents of a plan will have once it is approved.</summary>
internal static class AgentNames
{
    public static IReadOnlyDictionary<TaskId, AgentId> Of(Plan plan, ModelFacts agent) =>
        plan.Tasks.Select((task, index) => (task.Id, Agent: new AgentId($"{agent.Family}-{index + 1}"))).ToDictionary(pair => pair.Id, pair => pair.Agent);
}
