using Planlane.Cli.Output;
using Planlane.Planning;
using Planlane.Runs;

namespace Planlane.Cli.Views;

/// <summary>What the plan that is to be decided on changes in the one that was shown before.</summary>
internal static class PlanChangesView
{
    /// <summary>Writes the changes; nothing when no plan was shown before.</summary>
    public static void Write(Screen screen, RunState state)
    {
        if (state is not { Plan: { } plan, PreviousPlan: { } previous })
            return;
        var diff = PlanDiff.Between(previous, plan);
        screen.Blank();
        screen.Line(Ink.Strong("CHANGES"), diff.IsEmpty ? " - none: the plan is the same as before." : " from the plan before:");
        foreach (var change in diff.Tasks)
            WriteTask(screen, change);
        foreach (var change in diff.Contracts)
            screen.Hanging("  ", "    ", Sign(screen, change.Kind), $"contract {change.Name}");
        foreach (var change in diff.Checks)
            screen.Hanging("  ", "    ", Sign(screen, change.Kind), $"check {change.Name}");
        if (diff.Others.Count > 0)
            screen.Hanging("  ", "    ", Sign(screen, ChangeKind.Changed), string.Join(", ", diff.Others));
    }

    private static void WriteTask(Screen screen, TaskChange change)
    {
        var task = change.Task;
        var lists = new[] { Words(screen, "owns", change.Lane), Words(screen, "after", change.DependsOn), Words(screen, "reads", change.Reads) }.Where(words => words.Length > 0);
        var members = change.Members.Except(["owns", "dependsOn", "reads"]);
        var detail = change.Kind switch
        {
            ChangeKind.Changed => string.Join("; ", members.Any() ? lists.Append(string.Join(", ", members)) : lists),
            ChangeKind.Added => $"owns {task.Owns}",
            _ => "",
        };
        screen.Hanging("  ", "    ", Sign(screen, change.Kind), $"{task.Id}: {task.Title}", Ink.Faint(detail.Length == 0 ? "" : $" ({detail})"));
    }

    private static string Words(Screen screen, string name, ListChange change)
    {
        var words = change.Added.Select(item => $"+{item}").Concat(change.Removed.Select(item => $"{screen.Glyphs.Minus}{item}")).ToList();
        return words.Count == 0 ? "" : $"{name} {string.Join(' ', words)}";
    }

    private static Phrase Sign(Screen screen, ChangeKind kind) => kind switch
    {
        ChangeKind.Added => Ink.Added(screen.IsPlain ? "new: " : "+ "),
        ChangeKind.Removed => Ink.Removed(screen.IsPlain ? "gone: " : $"{screen.Glyphs.Minus} "),
        _ => Ink.Alert(screen.IsPlain ? "changed: " : "~ "),
    };
}
