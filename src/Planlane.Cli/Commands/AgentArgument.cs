using System.CommandLine;
using Planlane.Agents;
using Planlane.Runs;

namespace Planlane.Cli.Commands;

/// <summary>The argument that names one agent of a run, by its name or its task's id.</summary>
internal static class AgentArgument
{
    public static Argument<string?> Create(string description) => new("AGENT") { Description = description, Arity = ArgumentArity.ZeroOrOne };

    /// <summary>The task of the agent that is named.</summary>
    /// <exception cref="PlanlaneException">The run has none of that name.</exception>
    public static TaskState Find(RunState state, string name) => state.Tasks.FirstOrDefault(task => Is(task, name))
        ?? throw new PlanlaneException(
            FaultKind.Usage,
            $"Run {state.Id} has no agent '{name}'.",
            state.Tasks.Count == 0 ? "No agent has been named yet: the plan is not approved." : $"Its agents are {string.Join(", ", state.Tasks.Select(other => other.Agent))}.");

    private static bool Is(TaskState task, string name) =>
        task.Agent.Value.Equals(name, StringComparison.OrdinalIgnoreCase) || task.Id.Value.Equals(name, StringComparison.OrdinalIgnoreCase);
}
