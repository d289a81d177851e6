using Planlane.Planning;

namespace Planlane.Agents;

/// <summary>An agent that does a whole request by itself.</summary>
public static class AgentAlone
{
    /// <summary>What it reads before all else.</summary>
    public static string Rules => Prompts.Read("Agents/AgentAlone.md");
}
