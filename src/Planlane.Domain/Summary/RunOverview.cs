using Planlane.Budgets;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Summary;

/// <summary>What a list of runs says of one: derived from its journal, and small enough that a thousand of them are read at once.</summary>
/// <param name="Id">The run.</param>
/// <param name="Goal">The whole goal, so that it can be searched.</param>
/// <param name="StartedAt">When its first event was recorded.</param>
/// <param name="LastAt">When its last event was recorded.</param>
/// <param name="Branch">The full name of the branch's ref that it started from, or null.</param>
/// <param name="Agents">How many agents took a turn.</param>
/// <param name="Files">How many files its work changes.</param>
/// <param name="Cost">What it has cost.</param>
/// <param name="Commits">How many commits it landed.</param>
public sealed record RunOverview(RunId Id, string Goal, DateTimeOffset StartedAt, DateTimeOffset LastAt, string? Branch, int Agents, int Files, Cost Cost, int Commits)
{
    /// <summary>The run that it follows, or null.</summary>
    public RunId? After { get; init; }

    /// <summary>Lines added by its work.</summary>
    public int Added { get; init; }

    /// <summary>Lines deleted by its work.</summary>
    public int Deleted { get; init; }

    /// <summary>Whether the model is a scripted one.</summary>
    public bool Scripted { get; init; }

    /// <summary>How it ended, or null.</summary>
    public RunEnd? End { get; init; }

    /// <summary>Why it stands still, or null.</summary>
    public RunHalt? Halt { get; init; }

    /// <summary>Whom it waits for.</summary>
    public RunWait Waiting { get; init; }

    /// <summary>Whether it has landed.</summary>
    public bool HasLanded { get; init; }

    /// <summary>Whether what was landed was taken back.</summary>
    public bool IsUndone { get; init; }

    /// <summary>The goal's first line.</summary>
    public string Title => Goal.Split('\n')[0].Trim();

    /// <summary>The overview of a run at any point.</summary>
    public static RunOverview Of(RunState state) => new(
        state.Id,
        state.Request.Goal,
        state.StartedAt,
        state.LastAt,
        state.Base.Branch,
        state.Tasks.Count(task => task.Turns.Count > 0),
        state.Work?.Files.Count ?? 0,
        BudgetRules.Spent(state),
        state.Receipt?.Commits.Count ?? 0)
    {
        After = state.Request.After,
        Added = state.Work?.Files.Sum(file => file.Added) ?? 0,
        Deleted = state.Work?.Files.Sum(file => file.Deleted) ?? 0,
        Scripted = state.Settings.Scripted,
        End = state.End,
        Halt = RunDecider.StandsStill(state),
        Waiting = state.Waiting,
        HasLanded = state.Receipt is not null,
        IsUndone = state.IsUndone,
    };
}
