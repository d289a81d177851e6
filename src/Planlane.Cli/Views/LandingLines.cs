using Planlane.Cli.Output;
using Planlane.Commits;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Cli.Views;

/// <summary>What a landing did, and what it will do.</summary>
internal static class LandingLines
{
    /// <summary>Writes the commits of a landing, what hooks changed in them, and where they are.</summary>
    public static void Landed(Screen screen, CommitReceipt receipt)
    {
        foreach (var commit in receipt.Commits)
        {
            screen.Hanging("", "  ", Ink.Good($"{screen.Glyphs.Done}Commit "), $"{Short(commit.Id)} ", Ink.Agent(commit.Agent), $" {commit.Title}");
            if (commit.ChangedByHooks.Count > 0)
                screen.Hanging("  ", "    ", Ink.Alert("changed by the repository's hooks: "), string.Join(", ", commit.ChangedByHooks));
        }

        if (receipt is { Branch: null, Commits.Count: > 0 })
            screen.Hanging("", "  ", Ink.Alert("On no branch, as HEAD is detached: "), "`git switch -c NAME` makes one that keeps the commits.");
        if (receipt.Staged is not null)
            screen.Hanging("", "  ", Ink.Good($"{screen.Glyphs.Done}Staged"), ", and not committed: `git diff --cached` shows it.");
        if (receipt is { MovedRefAlone: true, Branch: { } branch })
            screen.Hanging("", "  ", $"On {(receipt.IsNewBranch ? "the new branch " : "")}", Ink.Strong(LandingRules.ShortName(branch)), "; HEAD and your files are as they were.");
        foreach (var note in receipt.Notes)
            screen.Hanging("", "  ", Ink.Alert("Note: "), note);
    }

    /// <summary>Writes, before the yes to a plan, that no branch will have the commits; nothing when one will.</summary>
    public static void WriteDetached(Screen screen, RunState state)
    {
        if (state is not { Base.Branch: null, Settings.Landing: { Branch: null, Onto: null, Form: not LandingForm.Staged } })
            return;
        screen.Blank();
        screen.Hanging("", "  ", Ink.Alert($"{screen.Glyphs.Warning}HEAD is detached: "), "the commits will be on no branch. Stop and make one with `git switch -c NAME`, or give --branch NAME.");
    }

    /// <summary>Writes that work was put on another commit.</summary>
    public static void Rebased(Screen screen, LandingRebased rebased)
    {
        screen.Hanging("", "  ", Ink.Good($"{screen.Glyphs.Done}Rebased"), $" onto {rebased.Onto ?? "HEAD"} ({Short(rebased.Base.Commit)})");
        if (rebased.ChangedByBoth.Count > 0)
            screen.Hanging("  ", "    ", Ink.Alert("review again: "), $"the run and the commits since changed {string.Join(", ", rebased.ChangedByBoth)}");
    }

    /// <summary>What will be made of the work, and where it goes: the end of the sentence that begins with what it is.</summary>
    public static string Where(RunState state)
    {
        var landing = state.Settings.Landing;
        if (landing.Form is LandingForm.Staged)
            return " to be staged, and not committed:";
        var target = landing.Branch is { } name ? $"the new branch {name}"
            : state.Base.Branch is { } branch ? LandingRules.ShortName(branch)
            : "the detached HEAD";
        return $" to be created on {target}, all or none:";
    }

    private static string Short(ObjectId id) => id.Value.Length > 7 ? id.Value[..7] : id.Value;
}
