using Planlane.Agents;
using Planlane.Cli.Output;

namespace Planlane.Cli.Views;

/// <summary>What an agent was told, answered and did, turn by turn.</summary>
internal static class TranscriptView
{
    private const int MostLines = 12;

    public static void Write(Screen screen, TaskState task)
    {
        screen.Line(Ink.Agent(task.Agent), Ink.Strong($" {task.Task.Title}"), $"{screen.Glyphs.Column}", Marks.OfTask(screen.Glyphs, task));
        screen.Hanging("  ", "  ", task.Task.Brief);
        foreach (var turn in task.Turns)
            WriteTurn(screen, turn);
    }

    private static void WriteTurn(Screen screen, Turn turn)
    {
        var pipe = screen.Glyphs.Pipe;
        screen.Blank();
        screen.Line(
            Ink.Strong($"Turn {turn.Number}"),
            Ink.Faint($"{pipe}{turn.Call.Model}{pipe}attempt {turn.Attempt}"),
            Ink.Faint($"{pipe}{Figures.Count(turn.Call.Usage.Total)} tokens{pipe}{turn.Call.Cost}{pipe}{Figures.Duration(turn.Call.Seconds)}"));
        if (turn.Prompted is { } prompted)
            WriteText(screen, $"said to it ({prompted.Kind.ToString().ToLowerInvariant()}): ", prompted.Text);
        foreach (var block in turn.Answer)
            if (block is AnswerBlock.Text text)
                WriteText(screen, "", text.Value);
            else if (block is AnswerBlock.ToolCall call)
                WriteCall(screen, turn, call);
    }

    private static void WriteCall(Screen screen, Turn turn, AnswerBlock.ToolCall call)
    {
        var members = ToolInput.Read(call.Input);
        WriteText(screen, $"{call.Name} ", string.Join(", ", members.Where(member => !member.Value.Contains('\n', StringComparison.Ordinal)).Select(member => member.Value)));
        foreach (var (name, value) in members.Where(member => member.Value.Contains('\n', StringComparison.Ordinal)))
            WriteText(screen, $"{name}:\n", value, "    ");
        if (turn.Results?.FirstOrDefault(result => result.CallId == call.Id) is { } result)
            WriteText(screen, result.IsError ? "refused: " : "gave: ", result.Text, "    ");
    }

    private static void WriteText(Screen screen, string label, string text, string indent = "  ")
    {
        var lines = text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        screen.Hanging(indent, indent + "  ", Ink.Faint(label), string.Join('\n', lines.Take(MostLines)));
        if (lines.Length > MostLines)
            screen.Line(indent, Ink.Faint($"  {screen.Glyphs.Ellipsis} {lines.Length - MostLines} more lines; --json shows them"));
    }
}
