using Planlane.Agents;
using Planlane.Cli.Output;
using Planlane.Reports;
using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane.Cli.Views;

/// <summary>The lines of an agent at work.</summary>
internal static class AgentLines
{
    private const int MostWords = 200;

    public static void Acted(Screen screen, TaskState task, TaskState before, TurnActed acted)
    {
        var calls = task.Turns.First(turn => turn.Number == acted.Number).ToolCalls.ToList();
        foreach (var file in acted.Changes.Files)
            screen.Hanging("", "  ", Ink.Agent(task.Agent), $" {screen.Glyphs.Write}{Verb(before, calls, file)} ", file.Path.Value);
        foreach (var command in acted.Commands)
            Ran(screen, task, command);
        // A command that failed has its line.
        foreach (var (refused, call) in acted.Results.Where(result => result.IsError).Select(result => (result, calls.FirstOrDefault(call => call.Id == result.CallId))))
            if (call?.Name != "run_command" || acted.Commands.Count == 0)
                Refused(screen, task, call, refused);
    }

    private static void Ran(Screen screen, TaskState task, CommandRun command)
    {
        var end = command.End is CommandEnd.Exited ? $"exit code {command.ExitCode}" : "killed";
        screen.Hanging("", "  ", Ink.Agent(task.Agent), " Ran ", FirstLine(screen.Glyphs, command.Command), Ink.Faint($"{screen.Glyphs.Dot}{end}{screen.Glyphs.Dot}{Figures.Duration(command.Seconds)}"));
        if (command.Undone.Count > 0)
            screen.Hanging("", "  ", Ink.Agent(task.Agent), Ink.Alert($" {screen.Glyphs.Refused}Undone, outside its lane: "), FirstLine(screen.Glyphs, string.Join(", ", command.Undone.Select(path => SafeText.Name(path.Value)))));
    }

    public static void Requested(Screen screen, TaskState task, FileRequested requested)
    {
        var request = task.Requests.LastOrDefault(request => request.Path == requested.Path);
        screen.Hanging(
            "",
            "  ",
            Ink.Agent(task.Agent),
            request?.Decision switch
            {
                FileDecision.Granted => $" {screen.Glyphs.Granted}File granted: ",
                FileDecision.Queued => $" {screen.Glyphs.Granted}Waits for a file of {request.Owner}: ",
                _ => Ink.Alert($" {screen.Glyphs.Refused}File not granted: "),
            },
            $"{requested.Path} ({FirstLine(screen.Glyphs, requested.Why)})");
    }

    public static void Checked(Screen screen, TaskState task, CheckResult result)
    {
        // What compiles in process is only the way to the check that counts.
        if (result.Name == CheckResult.Compile && result.Passed)
            return;
        var check = result.Name == CheckResult.Compile ? "Its C#" : "Own check";
        screen.Hanging(
            "",
            "  ",
            Ink.Agent(task.Agent),
            result.Passed ? Ink.Good($" {screen.Glyphs.Done}{check} passed") : Ink.Bad($" {screen.Glyphs.Failure}{check} {(result.Name == CheckResult.Compile ? "does not compile" : "failed")}"),
            result.Tests is { } tests ? $"{screen.Glyphs.Dot}{CheckLines.Tests(tests)}" : "",
            Ink.Faint($"{screen.Glyphs.Dot}{result.Command}{screen.Glyphs.Dot}{Figures.Duration(result.Seconds)}"));
    }

    public static void SentBack(Screen screen, TaskState task, Feedback feedback)
    {
        if (feedback.Kind is FeedbackKind.Check)
            Repair(screen, task, new[] { task.Compiled, task.Check }.OfType<TaskCheck>().Where(check => check.AfterTurn == task.Turns[^1].Number).Select(check => check.Result).ToList());
        else
            screen.Hanging("", "  ", Ink.Agent(task.Agent), $" {screen.Glyphs.Repair}Sent back: ", FirstLine(screen.Glyphs, feedback.Text));
    }

    /// <summary>Says that failed checks went back to an agent.</summary>
    public static void Repair(Screen screen, TaskState task, IReadOnlyList<CheckResult> checks)
    {
        var failed = checks.Where(check => !check.Passed).ToList();
        var found = failed.Sum(check => check.Diagnostics.Count(item => item.Path is { } path && (task.Lane.Includes(path) || task.Changes.Find(path) is not null)));
        var sent = found > 0 ? Figures.Counted(found, "diagnostic") : "its output";
        var name = failed.Count == 1 ? $"Check '{failed[0].Name}'" : "Check";
        screen.Line(Ink.Agent(task.Agent), $" {screen.Glyphs.Repair}{name} failed, {sent} sent back");
    }

    // Only a write outside the lane is a refusal that a user should notice; a missed edit or a file that is not there is the agent's to mend.
    private static void Refused(Screen screen, TaskState task, AnswerBlock.ToolCall? call, ToolResult refused) => screen.Hanging(
        "",
        "  ",
        Ink.Agent(task.Agent),
        call?.Name is "write_file" or "edit_file" or "delete_file" && !task.Lane.Includes(new RepoPath(PathOf(call) is ['.', '/', .. var rest] ? rest : PathOf(call)))
            ? Ink.Alert($" {screen.Glyphs.Refused}Refused: ")
            : Ink.Faint(" Did not work: "),
        call is null ? "" : $"{call.Name} {PathOf(call)} ",
        Ink.Faint($"({FirstLine(screen.Glyphs, refused.Text)})"));

    // What a task creates is known from its plan; a file that a pattern of the lane covers may have existed or not.
    private static string Verb(TaskState before, List<AnswerBlock.ToolCall> calls, FileChange file)
    {
        if (file.Blob is null)
            return "Deleted";
        if (before.Changes.Find(file.Path) is not null || calls.Any(call => call.Name == "edit_file" && PathOf(call) == file.Path.Value))
            return "Changed";
        if (before.ToCreate.Contains(file.Path))
            return "Created";
        return before.Task.Owns.Named.Contains(file.Path) ? "Changed" : "Wrote";
    }

    private static string PathOf(AnswerBlock.ToolCall call) => ToolInput.Read(call.Input).FirstOrDefault(member => member.Name == "path").Value ?? "";

    // What is left out is marked, be it the end of a long line or all lines but the first.
    private static string FirstLine(Glyphs glyphs, string text)
    {
        var lines = text.ReplaceLineEndings("\n").Trim().Split('\n', 2);
        var line = lines[0].TrimEnd();
        return line.Length > MostWords ? line[..MostWords] + glyphs.Ellipsis : lines.Length > 1 ? $"{line} {glyphs.Ellipsis}" : line;
    }
}
