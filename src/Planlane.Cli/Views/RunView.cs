using System.Globalization;
using Planlane.Cli.Output;
using Planlane.Runs;
using Planlane.Summary;

namespace Planlane.Cli.Views;

/// <summary>A run as it is known from its journal: plan, work, commits, end, and what can be done next.</summary>
internal static class RunView
{
    /// <param name="screen">Where it goes.</param>
    /// <param name="state">The run.</param>
    /// <param name="followers">The runs that follow it, the newest first.</param>
    public static void Write(Screen screen, RunState state, params IReadOnlyList<RunOverview> followers)
    {
        screen.Line(
            Ink.Strong($"Run {state.Id}"),
            $"{screen.Glyphs.Dot}{RunStatus.Of(state).Words}",
            Ink.Faint($"{screen.Glyphs.Dot}started {state.StartedAt.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC on {BaseOf(state)}"));
        var isPlanShown = state.Plan is not null && state.Estimate is not null;
        if (isPlanShown)
            PlanView.Write(screen, state);
        else
        {
            screen.Hanging("", "      ", Ink.Strong("Task: "), state.Request.Goal);
            PlanRequestLines.WriteEarlier(screen, state);
        }

        if (state.Work is not null)
            WorkView.Write(screen, state, isPlanShown);
        HeldLines.Write(screen, state);
        if (state.Receipt is { } receipt)
        {
            screen.Blank();
            LandingLines.Landed(screen, receipt);
        }

        WriteEnd(screen, state, isPart: isPlanShown || state.Work is not null);
        foreach (var follower in followers.Reverse())
            screen.Hanging("", "  ", Ink.Faint("Followed by: "), $"run {follower.Id}, {follower.Title}", Ink.Faint($"{screen.Glyphs.Dot}{RunStatus.Of(follower).Words}"));
    }

    private static void WriteEnd(Screen screen, RunState state, bool isPart)
    {
        if (state.End is not null)
            SummaryView.Write(screen, state, isPart);
        if (state.End is null && RunDecider.StandsStill(state) is { } halt)
        {
            screen.Blank();
            screen.Hanging("", "  ", Ink.Bad("Stands still: "), halt.Message);
        }

        if (state.End is null && RunStatus.NextCommand(state) is { } next)
        {
            screen.Blank();
            screen.Line("Go on: ", Ink.Strong(next));
        }
    }

    private static string BaseOf(RunState state) => $"{state.Base.Branch?.Replace("refs/heads/", "", StringComparison.Ordinal) ?? "a detached HEAD"} ({ShortId(state.Base.Commit.Value)})";

    private static string ShortId(string id) => id.Length > 7 ? id[..7] : id;
}
