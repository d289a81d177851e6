using Planlane.Approval;
using Planlane.Planning;
using Planlane.Requests;
using Planlane.Values;

namespace Planlane.Cli.Views;

/// <summary>The names that the agents of a plan will have once it is approved.</summary>
internal static class AgentNames
{
    public static IReadOnlyDictionary<TaskId, AgentId> Of(Plan plan, RunSettings settings) =>
        plan.Tasks.Zip(AgentNaming.Of(plan, settings)).ToDictionary(pair => pair.First.Id, pair => pair.Second);
}
