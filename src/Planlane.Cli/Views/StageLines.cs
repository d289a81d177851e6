using Planlane.Agents;
using Planlane.Cli.Output;
using Planlane.Planning;
using Planlane.Reports;
using Planlane.Runs;

namespace Planlane.Cli.Views;

/// <summary>The lines of tasks that begin and end, and of the stages they belong to.</summary>
internal static class StageLines
{
    private static readonly string[] Making = ["Add", "Build", "Create", "Define", "Implement", "Make", "Write"];

    public static void Begun(Screen screen, RunState state, TaskState task)
    {
        var stage = StageOf(state, task);
        var isFirstOfStage = task.Order!.Reason is AttemptReason.First && task.Turns.Count == 0
            && stage.Tasks.All(other => other.Id == task.Id || IsUntouched(state, state.Task(other.Id)));
        if (isFirstOfStage)
            WriteHeader(screen, state, stage);
        screen.Hanging("", "  ", Ink.Agent(task.Agent), $" {Words(screen.Glyphs, state, task)}");
    }

    public static void Reported(Screen screen, RunState state, TaskReport report)
    {
        var (glyphs, task) = (screen.Glyphs, state.Task(report.TaskId));
        var pipe = glyphs.Pipe;
        var files = report.Files.Count == 0 ? "none" : string.Join(", ", report.Files.Select(file => SafeText.Name(file.Path.Value)));
        var detail = report.Reason is { } reason ? $"{pipe}{OneLine(reason)}" : report.Words is { Work.Length: > 0 } words ? $"{pipe}Work: {OneLine(words.Work)}" : "";
        screen.Hanging(
            "",
            "  ",
            Ink.Agent(report.Agent),
            " ",
            Marks.OfReport(glyphs, report),
            $"{pipe}Files: {files}{detail}",
            Ink.Faint($"{pipe}Tokens: {Figures.Count(report.Usage.Total)}{pipe}{report.Cost}"));
        foreach (var contradiction in report.Contradictions)
            screen.Hanging("", "  ", Ink.Agent(report.Agent), Ink.Alert($" {glyphs.Warning}Contradiction: "), contradiction);
        if (task.Order?.Reason is AttemptReason.Escalation)
            return;
        var stage = StageOf(state, task);
        if (state.CombinedRounds == 0 && stage.Tasks.Select(other => state.Task(other.Id)).All(other => other is { Report: not null, IsOpen: false }))
            WriteEnd(screen, state, stage);
    }

    private static void WriteHeader(Screen screen, RunState state, Stage stage)
    {
        screen.Blank();
        screen.Line(
            Ink.Title($"{screen.Glyphs.Launch}STAGE {stage.Number}"),
            stage.Title is null ? "" : Ink.Strong($": {stage.Title}"),
            $" - {string.Join(", ", stage.Tasks.GroupBy(task => state.Settings.ModelOf(task).Family).Select(family => Figures.Counted(family.Count(), $"{family.Key} agent")))}",
            Ink.Faint(WhileOthers(state, stage)));
    }

    // A task begins when what it builds on is there: whoever reads this must not think that a stage was forgotten.
    private static string WhileOthers(RunState state, Stage stage)
    {
        var open = PlanGraph.StagesOf(state.Plan!).Where(other => other.Number < stage.Number && other.Tasks.Any(task => state.Task(task.Id).IsOpen)).Select(other => other.Number).ToList();
        return open.Count == 0 ? "" : $" (while stage {string.Join(", ", open)} goes on)";
    }

    private static void WriteEnd(Screen screen, RunState state, Stage stage)
    {
        var complete = stage.Tasks.Count(task => state.Task(task.Id).IsComplete);
        screen.Line(
            complete == stage.Tasks.Count ? Ink.Good($"{screen.Glyphs.Done}STAGE {stage.Number} COMPLETE") : Ink.Alert($"{screen.Glyphs.Warning}STAGE {stage.Number} ENDED"),
            $" ({complete}/{stage.Tasks.Count} agents finished, work collected)");
    }

    private static string Words(Glyphs glyphs, RunState state, TaskState task) => task.Order!.Reason switch
    {
        _ when task.CurrentTurns.Any() => $"Going on with {Subject(task.Task.Title)}{glyphs.Ellipsis}",
        AttemptReason.Repair => $"{glyphs.Repair}Repairing{glyphs.Ellipsis}",
        AttemptReason.Changes => $"Working on the changes you asked for{glyphs.Ellipsis}",
        AttemptReason.Escalation => $"{glyphs.Escalation}{state.Settings.Planner.Id} takes over {Subject(task.Task.Title)}{glyphs.Ellipsis}",
        _ => $"Starting work on {Subject(task.Task.Title)}{glyphs.Ellipsis}",
    };

    // Titles are imperatives: "Create authentication types" is work on "authentication types", but "Test the guard" is not work on "the guard".
    private static string Subject(string title)
    {
        var words = title.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length < 2 || !Making.Contains(words[0], StringComparer.OrdinalIgnoreCase) || words[1] is "up" or "out" or "in" or "and" or "down" or "over" ? $"\"{title}\"" : string.Join(' ', words.Skip(1));
    }

    private static bool IsUntouched(RunState state, TaskState task) => task.Turns.Count == 0 && task.Report is null && !state.IsRunning(task);

    private static Stage StageOf(RunState state, TaskState task) => PlanGraph.StagesOf(state.Plan!).First(stage => stage.Tasks.Any(other => other.Id == task.Id));

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
