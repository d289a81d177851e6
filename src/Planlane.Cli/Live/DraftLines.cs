using System.Runtime.CompilerServices;
using System.Text.Json;
using Planlane.Agents;

namespace Planlane.Cli.Live;

/// <summary>How many lines an agent has written so far, by its tool calls alone: an estimate that its report replaces by a measured figure.</summary>
internal static class DraftLines
{
    // Asked at each frame, and a state of a task never changes.
    private static readonly ConditionalWeakTable<TaskState, Counted> Known = [];

    /// <summary>Lines added and deleted by the calls that were not refused; a file that is written again counts once.</summary>
    public static (int Added, int Deleted) Of(TaskState task) => Known.GetValue(task, Count).Lines;

    private static Counted Count(TaskState task)
    {
        Dictionary<string, (int Added, int Deleted)> files = [];
        foreach (var turn in task.Turns)
            foreach (var call in turn.ToolCalls.Where(call => turn.Results?.Any(result => result.CallId == call.Id && !result.IsError) is true))
                Take(files, call);
        return new Counted((files.Values.Sum(file => file.Added), files.Values.Sum(file => file.Deleted)));
    }

    private static void Take(Dictionary<string, (int Added, int Deleted)> files, AnswerBlock.ToolCall call)
    {
        if (call.Name is not ("write_file" or "edit_file"))
            return;
        try
        {
            using var input = JsonDocument.Parse(call.Input);
            var root = input.RootElement;
            var path = root.GetProperty("path").GetString() ?? "";
            if (call.Name == "write_file")
            {
                files[path] = (LinesIn(root.GetProperty("content").GetString()), 0);
                return;
            }

            var (added, deleted) = files.GetValueOrDefault(path);
            foreach (var edit in root.GetProperty("edits").EnumerateArray())
                (added, deleted) = (added + LinesIn(edit.GetProperty("new_text").GetString()), deleted + LinesIn(edit.GetProperty("old_text").GetString()));
            files[path] = (added, deleted);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            // What a model wrote need not be what the tool takes.
        }
    }

    private static int LinesIn(string? text) => string.IsNullOrEmpty(text) ? 0 : text.AsSpan().TrimEnd('\n').Count('\n') + 1;

    private sealed record Counted((int Added, int Deleted) Lines);
}
