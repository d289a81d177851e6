using System.Diagnostics;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Reviews;

/// <summary>The work of all agents was combined and checked.</summary>
/// <param name="Work">The combination.</param>
[WireName("work.combined")]
public sealed record WorkCombined(CombinedWork Work) : RunEvent
{
    /// <inheritdoc />
    internal override RunState ApplyTo(RunState state)
    {
        var combined = state with { Work = Work, CombinedRounds = Work.Round };
        if (Work.Included.Count == 0)
            return combined with { End = state.End ?? new RunEnd(RunOutcome.Failed, "No task was completed, so there is nothing to review.") };
        if (!Work.Passed)
            return ReviewRules.AfterFailedChecks(combined);
        return state.StandingApproval is { } by ? ReviewRules.Approve(combined, new ReviewDecision.Approved([]), by) : combined;
    }
}

/// <summary>A human, or a rule that a human set, decided on the work.</summary>
/// <param name="Decision">What was decided.</param>
/// <param name="By">Who: <c>user</c>, or <c>auto</c>.</param>
[WireName("review.decided")]
public sealed record ReviewDecided(ReviewDecision Decision, string By) : RunEvent
{
    /// <inheritdoc />
    internal override RunState ApplyTo(RunState state)
    {
        if (ReviewRules.Refusal(state, Decision, By) is not null)
            return state;

        var decided = state with { Refusal = null };
        return Decision switch
        {
            ReviewDecision.Approved approved => ReviewRules.Approve(decided, approved, By),
            ReviewDecision.Rejected => decided with { End = new RunEnd(RunOutcome.Rejected, "The work was rejected; nothing was committed.") },
            ReviewDecision.ChangesRequested changes => ReviewRules.SendBack(decided, changes),
            _ => throw new UnreachableException(),
        };
    }
}

/// <summary>The reviewer looked at files, or wants to look at them again.</summary>
/// <param name="Files">The files as they were.</param>
/// <param name="IsViewed">False to take the marks back.</param>
[WireName("review.viewed")]
public sealed record ReviewViewed(ValueList<ViewedFile> Files, bool IsViewed = true) : RunEvent
{
    /// <inheritdoc />
    internal override RunState ApplyTo(RunState state)
    {
        var others = state.Viewed.Where(file => !Files.Contains(file));
        return state with { Viewed = (IsViewed ? others.Concat(Files) : others).ToValueList() };
    }
}
