using Planlane.Cli.Output;
using Planlane.Commits;
using Planlane.Values;

namespace Planlane.Cli.Views;

/// <summary>What taking a run back does, or letting it land again.</summary>
internal static class UndoLines
{
    /// <summary>Writes what will be done, commit by commit.</summary>
    public static void Planned(Screen screen, UndoPlan plan)
    {
        foreach (var commit in plan.Commits)
            screen.Hanging("  ", "    ", $"{Short(commit.Id)} ", Ink.Agent(commit.Agent), $" {commit.Title}");
        screen.Hanging("", "  ", Words(plan));
    }

    /// <summary>Writes what was done.</summary>
    public static void Done(Screen screen, RunId run, UndoPlan plan)
    {
        var isBack = plan.Way is UndoWay.Forward or UndoWay.Reapply || (plan.Way is UndoWay.MoveBranch && plan.Head is { } head && head == plan.Commits[^1].Id);
        var what = plan.Way switch
        {
            UndoWay.Unstage => "the changes are out of the index and your files.",
            UndoWay.Revert => $"{Figures.Counted(plan.Commits.Count, "commit")} of run {run}, by new commits on {Branch(plan)}.",
            UndoWay.Reapply => $"{Figures.Counted(plan.Commits.Count, "commit")} of run {run}, as new commits on {Branch(plan)}.",
            UndoWay.MoveBranch when plan.Head is null => $"branch {Branch(plan)} of run {run} is deleted.",
            _ => $"{Figures.Counted(plan.Commits.Count, "commit")} of run {run}; {Branch(plan)} is {Short(plan.Head!.Value)}{(isBack ? "" : " again")}.",
        };
        screen.Line(Ink.Good($"{screen.Glyphs.Done}{(isBack ? "Landed again: " : "Taken back: ")}"), what);
        screen.Line(Ink.Faint(isBack ? "Take it back: " : "Let it land again: "), $"planlane undo {run}{(isBack ? "" : " --redo")}");
    }

    /// <summary>What will be done, in a sentence.</summary>
    public static string Words(UndoPlan plan)
    {
        var commits = Figures.Counted(plan.Commits.Count, "commit");
        return plan.Way switch
        {
            UndoWay.Reset => $"{Branch(plan)} goes back to {Short(plan.Head!.Value)}, which removes {commits}; your own changes are kept.",
            UndoWay.Revert => $"{commits} are reverted by new ones on {Branch(plan)}, as {plan.Reason}; your own changes are kept.",
            UndoWay.MoveBranch when plan.Head is null => $"Branch {Branch(plan)} with {commits} is deleted; your files are not touched.",
            UndoWay.MoveBranch => $"{Branch(plan)} moves to {Short(plan.Head!.Value)}; your files are not touched.",
            UndoWay.Unstage => "What the run staged goes out of the index and your files; your own changes are kept.",
            UndoWay.Forward when plan.Commits.Count == 0 => "What the run did is staged again; your own changes are kept.",
            UndoWay.Forward => $"{Branch(plan)} goes forward to {Short(plan.Head!.Value)} again: {commits}; your own changes are kept.",
            _ => $"{commits} are made anew on {Branch(plan)}, as {plan.Reason}; your own changes are kept.",
        };
    }

    private static string Branch(UndoPlan plan) => plan.Branch is { } branch ? LandingRules.ShortName(branch) : "HEAD";

    private static string Short(ObjectId id) => id.Value[..7];
}
