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

    /// <summary>Ask the agents' model whether the request should be divided at all.</summary>
    public sealed record Triage : RunStep
    {
        /// <inheritdoc />
        public override StepId Id => new("triage");
    }

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
        public override StepId Id => new($"{Prefix}{Task}:{Number}");

        /// <summary>Whether a step is an attempt at a task.</summary>
        internal static bool IsAt(StepId step, TaskId task) => TaskIn(step).SequenceEqual(task.Value);

        /// <summary>The task of a step that is an attempt, or null.</summary>
        internal static TaskId? TaskOf(StepId step) => TaskIn(step) is { Length: > 0 } task ? new TaskId(task.ToString()) : null;

        // Asked for very often: without a text for each look.
        private static ReadOnlySpan<char> TaskIn(StepId step) => step.Value.StartsWith(Prefix, StringComparison.Ordinal) && step.Value.LastIndexOf(':') is var end && end >= Prefix.Length
            ? step.Value.AsSpan(Prefix.Length, end - Prefix.Length)
            : [];

        private const string Prefix = "attempt:";
    }

    /// <summary>Put the work on another commit.</summary>
    /// <param name="Round">The combination that follows.</param>
    public sealed record Rebase(int Round) : RunStep
    {
        /// <inheritdoc />
        public override StepId Id => new($"rebase:{Round}");
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
