using Planlane.Reports;

namespace Planlane.Agents;

/// <summary>Whether an agent gets on: what it repeats, and whether it has done anything.</summary>
public static class ProgressRules
{
    /// <summary>So many turns in a row with the same calls and the same results are a loop.</summary>
    public const int LoopTurns = 3;

    /// <summary>Whether the last turns of an attempt are the same calls with the same results.</summary>
    public static bool Loops(TaskState task)
    {
        var last = task.CurrentTurns.TakeLast(LoopTurns).ToList();
        return last.Count == LoopTurns && last[0].ToolCalls.Any() && last.All(turn => turn.Finish is null && IsSame(turn, last[0]));
    }

    /// <summary>Whether an agent that is done has changed nothing. An agent that does a whole request alone may have been asked for an answer.</summary>
    public static bool HasChangedNothing(TaskState task, bool isAlone) => !isAlone && task.Changes.Files.Count == 0;

    /// <summary>Whether it has changed C#, which can be compiled in process.</summary>
    public static bool HasChangedCSharp(TaskState task) => task.Changes.Files.Any(file => file.Blob is not null && file.Path.Value.EndsWith(".cs", StringComparison.OrdinalIgnoreCase));

    /// <summary>The words of a turn that claims success and has no tool call behind it, in its attempt or in itself; null when the turn is not of that kind.</summary>
    public static string? UnfoundedClaim(TaskState task, Turn turn)
    {
        if (turn.Stop is not AnswerStop.EndTurn || turn.ToolCalls.Any() || task.Turns.Any(other => other.Attempt == turn.Attempt && other.Number < turn.Number && other.ToolCalls.Any()))
            return null;
        var words = string.Join(' ', turn.Answer.OfType<AnswerBlock.Text>().Select(text => text.Value));
        return ClaimRules.ClaimsSuccess(words) ? words : null;
    }

    // The ids of calls are new in every turn.
    private static bool IsSame(Turn turn, Turn other) =>
        turn.ToolCalls.Select(call => (call.Name, call.Input)).SequenceEqual(other.ToolCalls.Select(call => (call.Name, call.Input)))
        && (turn.Results ?? []).Select(result => (result.Text, result.IsError)).SequenceEqual((other.Results ?? []).Select(result => (result.Text, result.IsError)));
}
