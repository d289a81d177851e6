namespace Planlane.Agents;

/// <summary>The next move of an agent's loop.</summary>
public abstract record AgentMove
{
    private AgentMove()
    {
    }

    /// <summary>Ask the model.</summary>
    public sealed record Ask : AgentMove;

    /// <summary>Run the tool calls of a turn.</summary>
    /// <param name="Turn">The turn.</param>
    public sealed record Act(Turn Turn) : AgentMove;

    /// <summary>Compile the C# that the agent changed, in process.</summary>
    /// <param name="Turn">The turn after which it is done.</param>
    public sealed record Compile(Turn Turn) : AgentMove;

    /// <summary>Run the task's own check.</summary>
    /// <param name="Turn">The turn after which it runs.</param>
    /// <param name="Command">The shell command.</param>
    public sealed record Check(Turn Turn, string Command) : AgentMove;

    /// <summary>Say something to the agent.</summary>
    /// <param name="Feedback">What it reads at its next turn.</param>
    public sealed record Say(Feedback Feedback) : AgentMove;

    /// <summary>End the attempt.</summary>
    /// <param name="Outcome">How.</param>
    public sealed record End(AttemptOutcome Outcome) : AgentMove;

    /// <summary>Collect the report.</summary>
    public sealed record Report : AgentMove;
}
