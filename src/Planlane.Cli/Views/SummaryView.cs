using Planlane.Budgets;
using Planlane.Cli.Output;
using Planlane.Planning;
using Planlane.Reports;
using Planlane.Requests;
using Planlane.Runs;
using Planlane.Summary;

namespace Planlane.Cli.Views;

/// <summary>How a run ended, and what it cost and saved.</summary>
internal static class SummaryView
{
    private const int MostHooked = 5;

    /// <summary>Writes the end of a run that has ended.</summary>
    /// <param name="screen">Where to.</param>
    /// <param name="state">The run.</param>
    /// <param name="isPart">Whether something above it has said already what figures of a scripted model are.</param>
    public static void Write(Screen screen, RunState state, bool isPart = false)
    {
        var summary = RunSummary.From(state);
        screen.Blank();
        screen.Hanging("", "  ", Headline(screen.Glyphs, state.End!, state.Settings.Mode is RunMode.Single ? "RUN" : "ORCHESTRATION"));
        if (state.End!.Reason is { } reason)
            screen.Hanging("", "  ", reason);
        if (state.Triage is { Divide: TriageAnswer.No })
            screen.Hanging("", "  ", Ink.Faint($"{state.Settings.Agent.Id} judged this for {summary.Cost}, before the planner was asked. It may be wrong: --force asks the planner."));
        if (state.IsUndone)
            screen.Line(Ink.Alert("Taken back: "), $"planlane undo {state.Id} has removed its commits.");
        if (!isPart)
            Notices.WriteScripted(screen, state);
        screen.Hanging("", "  ", Overview(screen.Glyphs, summary, state));
        WriteStages(screen, summary);
        WriteReview(screen, summary);
        WriteTokens(screen, summary);
        if (summary.Estimate is { } outcome)
            EstimateLines.WriteOutcome(screen, outcome);
        WriteSavings(screen, state, summary);
        WriteNext(screen, state);
    }

    private static void WriteNext(Screen screen, RunState state)
    {
        if (state.Receipt is not null && !state.IsUndone)
            screen.Line(Ink.Faint("Take it back: "), $"planlane undo {state.Id}");
        screen.Hanging("", "  ", Ink.Faint("See all of it: "), $"planlane show {state.Id}", Ink.Faint(", as a page: "), $"planlane show {state.Id} --html");
    }

    // What a person gave, and what hooks put in after it.
    private static void WriteReview(Screen screen, RunSummary summary)
    {
        if (summary is { ReviewSecondsPerLine: { } each, ReviewSeconds: >= 1 })
            screen.Hanging("", "  ", Ink.Faint("Review: "), $"{Figures.Duration(summary.ReviewSeconds)} for {Figures.Counted(summary.AcceptedLines, "accepted line")}, {(each < 0.1 ? "less than 0.1 s" : Figures.Duration(each))} a line");
        if (summary.Receipt?.Commits.SelectMany(commit => commit.ChangedByHooks).Distinct().Order().ToList() is { Count: > 0 } hooked)
            screen.Hanging("", "  ", Ink.Alert("Changed by hooks after your review: "), string.Join(", ", hooked.Take(MostHooked)), hooked.Count > MostHooked ? $" and {hooked.Count - MostHooked} more" : "");
    }

    // A single stage says no more than the duration.
    private static void WriteStages(Screen screen, RunSummary summary)
    {
        if (summary.Stages.Count < 2)
            return;
        var stages = summary.Stages.Select(stage => $"{stage.Number}{(stage.Title is null ? "" : $" {stage.Title}")} {Figures.Duration(stage.Seconds)}");
        screen.Hanging("", "  ", Ink.Faint("Stages: "), string.Join(screen.Glyphs.Dot, stages), Ink.Faint(" (they overlap)"));
    }

    private static Phrase Headline(Glyphs glyphs, RunEnd end, string what) => end.Outcome switch
    {
        RunOutcome.Completed => Ink.Good($"{glyphs.Done}{what} COMPLETE"),
        RunOutcome.CompletedInPart => Ink.Alert($"{glyphs.Warning}{what} COMPLETE IN PART"),
        RunOutcome.Planned => Ink.Good($"{glyphs.Done}PLAN READY"),
        RunOutcome.Rejected => Ink.Alert($"{glyphs.Blocked}NOTHING COMMITTED"),
        RunOutcome.Unsuitable => Ink.Alert($"{glyphs.Blocked}NOT SUITABLE FOR ORCHESTRATION"),
        _ => Ink.Bad($"{glyphs.Failure}RUN FAILED"),
    };

    private static Phrase[] Overview(Glyphs glyphs, RunSummary summary, RunState state)
    {
        int Of(FileChangeKind kind) => summary.Files.Count(file => file.Kind == kind);
        var waited = state.HumanSeconds >= 1 ? $" (and {Figures.Duration(state.HumanSeconds)} waiting for you)" : "";
        var deleted = Of(FileChangeKind.Deleted) is > 0 and var count ? $", {count} deleted" : "";
        var tests = summary.Tests switch
        {
            null => "not measured",
            { Failed: 0, Skipped: 0 } all => $"{Figures.Count(all.Passed)}/{Figures.Count(all.Total)} passing",
            { } some => CheckLines.Tests(some).Replace(" tests", " passing", StringComparison.Ordinal),
        };
        if (summary.Agents == 0)
            return [Ink.Faint("Duration: "), Figures.Duration(summary.WorkSeconds) + waited];
        return
        [
            Ink.Faint("Duration: "), Figures.Duration(summary.WorkSeconds) + waited, Ink.Faint($"{glyphs.Pipe}Agents: "), $"{summary.Agents}",
            Ink.Faint($"{glyphs.Pipe}Files: "), $"{Of(FileChangeKind.Created)} created, {Of(FileChangeKind.Changed)} changed{deleted}, +{Figures.Count(summary.AddedLines)} {glyphs.Minus}{Figures.Count(summary.DeletedLines)}",
            Ink.Faint($"{glyphs.Pipe}Tests: "), tests,
        ];
    }

    private static void WriteTokens(Screen screen, RunSummary summary)
    {
        if (summary.Models.Count == 0)
            return;
        var (dot, total) = (screen.Glyphs.Dot, summary.Usage);
        screen.Hanging(
            "",
            "  ",
            Ink.Faint("Token report: "),
            $"planner {Figures.Count(summary.PlannerUsage.Total)}{dot}agents {Figures.Count(summary.AgentsUsage.Total)}{dot}total {Figures.Count(total.Total)}{dot}{Figures.Percent(summary.CachedShare)} of input cached{dot}cost ",
            Ink.Strong(summary.Cost.ToString()));
        TokenTable.Write(screen, summary.Models);
    }

    private static void WriteSavings(Screen screen, RunState state, RunSummary summary)
    {
        if (summary.Alone is not { } alone)
            return;
        var (money, time) = (alone.Cost - summary.Cost, alone.Seconds - summary.WorkSeconds);
        var (moneyPercent, timePercent) = (Figures.SavedPercent((double)summary.Cost.Usd, (double)alone.Cost.Usd), Figures.SavedPercent(summary.WorkSeconds, alone.Seconds));
        var cost = money.Usd >= 0 ? $"{money} ({moneyPercent}%)" : $"no cost ({new Cost(-money.Usd)} more)";
        var duration = time >= 0 ? $"{Figures.Duration(time)} ({timePercent}%)" : $"no time ({Figures.Duration(-time)} more)";
        screen.Hanging("", "  ", Ink.Faint($"Saved against one {state.Settings.Planner.Id} agent alone: "), money.Usd > 0 ? Ink.Good($"{cost}, {duration}") : $"{cost}, {duration}");
        screen.Hanging(
            "  ",
            "  ",
            Ink.Faint($"(how it was estimated: the agent alone would take {alone.Turns} turns for these files with a rolling prompt cache, write {Figures.Count(alone.Usage.Output)} tokens "
                + $"and cost {alone.Cost} in {Figures.Duration(alone.Seconds)}, from the tokens and speeds measured in this run; an estimate, not a measurement)"));
    }
}
