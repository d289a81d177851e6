using Planlane.Agents;
using Planlane.Cli.Output;

namespace Planlane.Cli.Live;

/// <summary>The end of an agent's activity: its last turns with their calls, what they gave, and what its model says now.</summary>
internal static class LivePeek
{
    // Of what a call gave, its end says most: commands print their result last.
    private const int MostGiven = 4;
    private const int MostTurns = 6;
    private const string Indent = "    ";

    /// <summary>At most so many lines, the newest last.</summary>
    public static IReadOnlyList<LiveLine> Of(LiveScene scene, LiveAgent agent, int most)
    {
        var task = scene.State.Task(agent.Task!.Value);
        List<LiveLine> lines = [LiveLine.Of(Ink.Faint("  its task: "), task.Task.Title)];
        foreach (var turn in task.Turns.TakeLast(MostTurns))
            lines.AddRange(OfTurn(scene, turn));
        if (scene.Board.Of(task.Agent) is { } now)
            lines.AddRange(OfNow(task, now, scene.Now));
        // The task stays in sight.
        return lines.Count <= most ? lines : [.. lines.Take(1), .. lines.Skip(1).TakeLast(Math.Max(0, most - 1))];
    }

    private static IEnumerable<LiveLine> OfTurn(LiveScene scene, Turn turn)
    {
        yield return LiveLine.Of(
            Ink.Faint($"  turn {turn.Number}{scene.Glyphs.Dot}{LiveFigures.Short(turn.Call.Usage.Total)} tokens{scene.Glyphs.Dot}{turn.Call.Cost}{scene.Glyphs.Dot}{Figures.Duration(Math.Round(turn.Call.Seconds, 1))}"));
        foreach (var text in turn.Answer.OfType<AnswerBlock.Text>())
            foreach (var line in Lines(text.Value).TakeLast(MostGiven))
                yield return LiveLine.Of(Indent, line);
        foreach (var call in turn.ToolCalls)
        {
            var result = turn.Results?.FirstOrDefault(result => result.CallId == call.Id);
            yield return LiveLine.Of(Indent, Ink.Strong(ToolWords.Doing(call.Name, ToolWords.SubjectOf(call.Input))), result is { IsError: true } ? Ink.Alert(" (refused)") : "");
            if (result is { } given && (given.IsError || call.Name is "run_command"))
                foreach (var line in Lines(given.Text).TakeLast(MostGiven))
                    yield return LiveLine.Of(Indent + "  ", Ink.Faint(line));
        }
    }

    // What was said in turns that have ended stands with them already.
    private static IEnumerable<LiveLine> OfNow(TaskState task, AgentNow now, DateTimeOffset at)
    {
        var said = task.Turns.LastOrDefault()?.Answer.OfType<AnswerBlock.Text>().LastOrDefault()?.Value.Trim();
        if (now.Heard.Trim() is { Length: > 0 } heard && (said is null || !heard.EndsWith(said, StringComparison.Ordinal)))
            foreach (var line in Lines(heard).TakeLast(MostGiven))
                yield return LiveLine.Of(Indent, Ink.Faint(line));
        yield return LiveLine.Of("  now: ", now.At(at));
    }

    private static IEnumerable<string> Lines(string text) => text.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0);
}
