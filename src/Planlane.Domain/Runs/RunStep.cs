using Planlane.Values;

namespace Planlane.Runs;

/// <summary>Something for a phase to do; idempotent by run and <see cref="Id"/>.</summary>
public abstract record RunStep
{
    private RunStep()
    {
    }

    /// <summary>The step's id: its kind and what it is about.</summary>
    public abstract StepId Id { get; }

    /// <summary>Ask the planner, or read an answer of it that is already there.</summary>
    /// <param name="Round">The try.</param>
    public sealed record MakePlan(int Round) : RunStep
    {
        /// <inheritdoc />
        public override StepId Id => new($"plan:{Round}");
    }

    /// <summary>Prepare what all agents share.</summary>
    public sealed record Prepare : RunStep
    {
        /// <inheritdoc />
        public override StepId Id => new("prepare");
    }

    /// <summary>Let an agent work on a task.</summary>
    /// <param name="Task">The task.</param>
    /// <param name="Number">The attempt, from 1.</param>
    public sealed record Attempt(TaskId Task, int Number) : RunStep
    {
        /// <inheritdoc />
        public override StepId Id => new($"{PrefixOf(Task)}{Number}");

        /// <summary>Whether a step is an attempt at a task.</summary>
        internal static bool IsAt(StepId step, TaskId task) => step.Value.StartsWith(PrefixOf(task), StringComparison.Ordinal);

        private static string PrefixOf(TaskId task) => $"attempt:{task}:";
    }

    /// <summary>Combine the work and check it.</summary>
    /// <param name="Round">From 1.</param>
    public sealed record Combine(int Round) : RunStep
    {
        /// <inheritdoc />
        public override StepId Id => new($"combine:{Round}");
    }

    /// <summary>Make the commits and move the branch.</summary>
    public sealed record Land : RunStep
    {
        /// <inheritdoc />
        public override StepId Id => new("land");
    }
}
