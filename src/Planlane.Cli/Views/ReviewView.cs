using Planlane.Budgets;
using Planlane.Cli.Output;
using Planlane.Commits;
using Planlane.Reviews;
using Planlane.Runs;

namespace Planlane.Cli.Views;

/// <summary>The overview of a review: a screen of what was done, by whom, what shows that it works, and where to look first.</summary>
internal static class ReviewView
{
    // What stands around the agents: title, checks, commits, cost, help, question.
    private const int RowsAround = 12;
    private const int MostRisks = 2;
    private const int MostNames = 6;

    /// <summary>Writes the overview.</summary>
    /// <param name="screen">Where to.</param>
    /// <param name="state">The run; waits for the review.</param>
    /// <param name="review">What is proposed.</param>
    /// <param name="rows">How many rows the screen has; what does not fit is folded.</param>
    public static void Write(Screen screen, RunState state, Review review, int rows)
    {
        screen.Blank();
        screen.Line(Ink.Title(screen.Glyphs.Banner.Length == 0 ? "WORK SUMMARY" : $"{screen.Glyphs.Banner} WORK SUMMARY {screen.Glyphs.Banner}"));
        Notices.WriteScripted(screen, state);
        WriteAgents(screen, state, review, Math.Max(6, rows - RowsAround));
        WriteChecks(screen, state);
        WriteCommits(screen, state);
        var budget = state.Settings.Budget is { } cap ? $" of {cap}" : "";
        screen.Hanging("", "  ", Ink.Faint($"Spent so far: {BudgetRules.Spent(state)}{budget}{screen.Glyphs.Dot}{Viewed(review)}{screen.Glyphs.Dot}work {Short(review)}"));
        screen.Hanging("", "  ", Ink.Faint($"Look closer: walk, diff {ExampleOf(state)}. Leave out: except {ExampleOf(state)}. More: help."));
    }

    /// <summary>Such as "3 of 9 files viewed".</summary>
    public static string Viewed(Review review)
    {
        var files = review.AllFiles.Where(file => file.Task is not null).ToList();
        return $"{files.Count(file => file.IsViewed)} of {Figures.Counted(files.Count, "file")} viewed";
    }

    /// <summary>The first digits of the work's tree, enough to name it.</summary>
    public static string Short(Review review) => review.Work.Value[..12];

    private static string ExampleOf(RunState state) => state.Tasks[^1].Agent.Value;

    private static void WriteAgents(Screen screen, RunState state, Review review, int rows)
    {
        var contracts = review.Agents.Where(agent => agent.Task is null).SelectMany(agent => agent.Files).ToList();
        if (contracts.Count > 0)
            screen.Hanging("", "  ", Ink.Agent(new(CommitPlan.PlannerName)), $" Shared contracts: {string.Join(", ", contracts.Select(file => file.Path))}");
        var agents = review.Agents.Where(agent => agent.Task is not null).ToList();
        var (words, risks) = (rows >= agents.Count * 3, rows >= agents.Count * 2);
        var shown = agents.Count <= rows ? agents.Count : rows - 1;
        foreach (var agent in agents.Take(shown))
            WriteAgent(screen, state, agent, words, risks);
        if (shown < agents.Count)
            screen.Line("  ", Ink.Faint($"{screen.Glyphs.Ellipsis} and {Figures.Counted(agents.Count - shown, "more agent")}, none riskier than these; walk shows all"));
    }

    private static void WriteAgent(Screen screen, RunState state, ReviewAgent agent, bool words, bool risks)
    {
        var task = state.Task(agent.Task!.Value);
        var (dot, minus) = (screen.Glyphs.Dot, screen.Glyphs.Minus);
        screen.Hanging(
            "", "  ",
            Ink.Agent(agent.Agent), $" {agent.Title}{screen.Glyphs.Column}", Marks.OfTask(screen.Glyphs, task),
            Ink.Faint($"{dot}{Figures.Counted(agent.Files.Count, "file")} "),
            Ink.Added($"+{Figures.Count(agent.Files.Sum(file => file.Added))}"), " ", Ink.Removed($"{minus}{Figures.Count(agent.Files.Sum(file => file.Deleted))}"),
            Ink.Alert(MarkOf(screen.Glyphs, agent)));
        if (words && task.Report?.Words is { } said)
            screen.Hanging("  ", "    ", Ink.Faint("Work: "), Cut(said.Work, screen));
        if (risks)
            WriteRisks(screen, agent);
    }

    private static void WriteRisks(Screen screen, ReviewAgent agent)
    {
        var all = agent.Files.SelectMany(file => file.Risks.Select(risk => (Place: $"{file.Path.Name}: ", risk.Words))).Concat(agent.Risks.Select(risk => (Place: "", risk.Words))).ToList();
        if (all.Count == 0)
            return;
        var more = all.Count > MostRisks ? $"; and {all.Count - MostRisks} more" : "";
        screen.Hanging("  ", "    ", Ink.Alert("Look: "), SafeText.Name(string.Join("; ", all.Take(MostRisks).Select(risk => risk.Place + risk.Words)) + more));
    }

    private static string MarkOf(Glyphs glyphs, ReviewAgent agent) => agent.Standing switch
    {
        ReviewStanding.LeftOut => $"{glyphs.Dot}left out by you",
        ReviewStanding.LeftOutInPart => $"{glyphs.Dot}left out in part",
        ReviewStanding.NotPart => $"{glyphs.Dot}not part of what will be committed",
        _ when agent.ChangedSinceLastLook => $"{glyphs.Dot}changed again",
        _ => "",
    };

    private static void WriteChecks(Screen screen, RunState state)
    {
        var work = state.Work!;
        screen.Line(Ink.Strong("CHECKS"), " of all work together:", Ink.Alert(state.Plan!.Checks.Count == 0 ? " none, so nothing was built or tested." : work.Tests is null ? " no test was counted." : ""));
        foreach (var check in work.Checks)
            CheckLines.Write(screen, check, "  ");
        foreach (var skipped in state.Plan.Checks.Skip(work.Checks.Count))
            screen.Hanging("  ", "    ", $"{skipped.Name}: ", Ink.Alert("not run"), " as one before it failed");
        ReportLines.WriteGap(screen, EvidenceGap.Of(state));
    }

    private static void WriteCommits(Screen screen, RunState state)
    {
        var commits = CommitPlan.Preview(state).Commits;
        var names = string.Join(", ", commits.Take(MostNames).Select(commit => commit.Agent.Value)) + (commits.Count > MostNames ? $" {screen.Glyphs.Ellipsis}" : "");
        screen.Hanging("", "  ", Ink.Strong(state.Settings.Landing.Form is LandingForm.Staged ? "CHANGES" : "COMMITS"), $"{LandingLines.Where(state)} {commits.Count}{screen.Glyphs.Dot}{names}");
    }

    // The agent's words are claims: a line of them is enough to know what it speaks of.
    private static string Cut(string words, Screen screen)
    {
        var line = words.ReplaceLineEndings(" ").Trim();
        var most = Math.Max(40, Math.Min(screen.Width, 200) - 12);
        return line.Length > most ? line[..most].TrimEnd() + screen.Glyphs.Ellipsis : line;
    }
}
