using Planlane.Cli.Output;
using Planlane.Reviews;
using Planlane.Runs;

namespace Planlane.Cli.Views;

/// <summary>What a reviewer is about to decide, and what builds on the parts that would be left out: said before the last yes.</summary>
internal static class ReviewSelectionView
{
    /// <summary>Writes the choices that differ from what was decided before.</summary>
    public static void Write(Screen screen, RunState state, Review review, ReviewSelection selection)
    {
        selection = selection.Effective;
        var before = ReviewSelection.Of(state);
        foreach (var target in selection.LeftOut.Where(target => !before.LeftOut.Contains(target)))
            screen.Hanging("  ", "    ", Ink.Alert("Left out: "), NameOf(state, target));
        foreach (var target in before.LeftOut.Where(target => !selection.LeftOut.Any(other => other.Task == target.Task && (other.Path is null || other.Path == target.Path))))
            screen.Hanging("  ", "    ", Ink.Good("Taken in again: "), NameOf(state, target));
        foreach (var sentence in ReviewConsequences.Of(state, review, selection))
            screen.Hanging("  ", "    ", Ink.Alert($"{screen.Glyphs.Warning}"), sentence);
        foreach (var comment in selection.Comments)
            screen.Hanging("  ", "    ", Ink.Strong($"To {(comment.Task is { } id ? state.Task(id).Agent.Value : "all")}{PlaceOf(comment)}: "), comment.Text);
    }

    /// <summary>A part in words: <c>Haiku-2: src/a.cs, 2 hunks</c>.</summary>
    public static string NameOf(RunState state, ReviewTarget target)
    {
        var agent = state.Task(target.Task).Agent.Value;
        if (target.Path is not { } path)
            return agent;
        return target.Hunks.Count == 0 ? $"{agent}: {SafeText.Name(path.Value)}" : $"{agent}: {SafeText.Name(path.Value)}, {Figures.Counted(target.Hunks.Count, "hunk")} ({string.Join(", ", target.Hunks)})";
    }

    /// <summary>Where a comment stands, as words that follow whom it is for; empty for the whole work.</summary>
    public static string PlaceOf(ReviewComment comment) => comment.Path is { } path ? $", {SafeText.Name(path.Value)}{(comment.Line is { } line ? $":{line}" : "")}" : "";
}
