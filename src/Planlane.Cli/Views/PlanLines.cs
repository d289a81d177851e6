using Planlane.Approval;
using Planlane.Cli.Output;
using Planlane.Planning;
using Planlane.Runs;

namespace Planlane.Cli.Views;

/// <summary>The lines of planning.</summary>
internal static class PlanLines
{
    public static void Asking(Screen screen, RunState state) =>
        screen.Hanging("", "  ", $"{screen.Glyphs.Planning}Asking {state.Settings.Agent.Id} whether this should be divided{screen.Glyphs.Ellipsis}");

    public static void Triaged(Screen screen, RequestTriaged triaged)
    {
        var said = triaged switch
        {
            { Call: null } => "No answer came; the planner decides",
            { Verdict.Divide: TriageAnswer.No } => "Not to be divided; the planner is not asked",
            { Verdict.Divide: TriageAnswer.Yes } => "It can be divided",
            _ => "It is not plain; the planner decides",
        };
        var cost = triaged.Call is { } call ? $"{screen.Glyphs.Pipe}{Figures.Duration(call.Seconds)}{screen.Glyphs.Pipe}Tokens: {Figures.Count(call.Usage.Total)}{screen.Glyphs.Pipe}{call.Cost}" : "";
        screen.Line(Ink.Faint($"   {said}{cost}"));
    }

    public static void Begun(Screen screen, RunState state, PlanOrder order) => screen.Hanging(
        "",
        "  ",
        $"{screen.Glyphs.Planning}",
        order switch
        {
            { Words: null } => $"Planning with {state.Settings.Planner.Id}{screen.Glyphs.Ellipsis}",
            { FromUser: true } => $"Planning again with your words{screen.Glyphs.Ellipsis}",
            _ => $"Planning again to solve the problems{screen.Glyphs.Ellipsis}",
        });

    public static void Answered(Screen screen, PlanAnswered answered) => screen.Line(Ink.Faint(
        $"   The planner answered in {Figures.Duration(answered.Call.Seconds)}{screen.Glyphs.Pipe}Tokens: {Figures.Count(answered.Call.Usage.Total)}{screen.Glyphs.Pipe}{answered.Call.Cost}"));

    public static void Checked(Screen screen, PlanChecked read, RunState after)
    {
        if (read.Problems.Count == 0)
            return;
        var next = after.PlanOrder is null ? "" : "; sent back to the planner";
        screen.Hanging("", "  ", Ink.Alert($"{screen.Glyphs.Warning}The plan has {Figures.Counted(read.Problems.Count, "problem")}{next}:"));
        foreach (var problem in read.Problems)
            screen.Hanging("   - ", "     ", problem.Message);
    }

    public static void Decided(Screen screen, PlanDecided decided)
    {
        var by = decided.By == Reviews.ReviewRules.Auto ? " automatically" : "";
        switch (decided.Decision)
        {
            case PlanDecision.Approved: screen.Line(Ink.Good($"{screen.Glyphs.Done}Plan approved{by}")); break;
            case PlanDecision.Rejected: screen.Line(Ink.Alert($"{screen.Glyphs.Blocked}Plan rejected{by}")); break;
            case PlanDecision.Edited: screen.Line(Ink.Good($"{screen.Glyphs.Done}Your edited plan has no problems")); break;
            case PlanDecision.Revise revise: screen.Hanging("", "  ", Ink.Faint("You: "), revise.Words); break;
        }
    }
}
