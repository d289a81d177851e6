using Planlane.Models;
using Planlane.Values;

namespace Planlane.Runs;

/// <summary>What an agent or the planner does at this moment: a closed set. For display only: it is not recorded, and a resumed run knows nothing of it.</summary>
public abstract record RunActivity
{
    private RunActivity()
    {
    }

    /// <summary>A model is asked, or answers.</summary>
    /// <param name="Model">The model.</param>
    /// <param name="What">How far its answer is; pieces of text are as they came, so mask what you show.</param>
    public sealed record OfModel(ModelId Model, ModelActivity What) : RunActivity;

    /// <summary>A tool call runs.</summary>
    /// <param name="Tool">The tool's name.</param>
    /// <param name="Subject">The file or the command, as the model wrote it; empty when the call names none.</param>
    public sealed record OfTool(string Tool, string Subject) : RunActivity;

    /// <summary>A task's own check runs.</summary>
    /// <param name="Command">Its command.</param>
    public sealed record OfCheck(string Command) : RunActivity;
}

/// <summary>Who does what at this moment.</summary>
/// <param name="Agent">The agent, or null for the planner.</param>
/// <param name="Activity">What it does.</param>
public sealed record AgentActivity(AgentId? Agent, RunActivity Activity);
