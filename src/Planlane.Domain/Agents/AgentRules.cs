using System.Text.Json;
using Planlane.Requests;
using Planlane.Values;

namespace Planlane.Agents;

/// <summary>What an agent's loop does next, from what has happened so far; the same in a resumed run.</summary>
public static class AgentRules
{
    private const int MaxNudges = 2;

    /// <summary>The next move of an attempt that is being made.</summary>
    /// <param name="task">The task; has an order.</param>
    /// <param name="settings">The run's limits.</param>
    public static AgentMove Next(TaskState task, RunSettings settings)
    {
        if (task.Outcome is not null)
            return new AgentMove.Report();
        if (task.Prompt is not null || !task.CurrentTurns.Any())
            return AskOrStop(task, settings);

        var turn = task.Turns[^1];
        if (turn.Stop is AnswerStop.Refusal)
            return new AgentMove.End(new AttemptOutcome.Failed("The model refused the task."));
        if (turn.Results is null)
            return new AgentMove.Act(turn);
        return turn.Finish is { } finish ? AfterFinish(task, turn, finish) : AfterOther(task, turn, settings);
    }

    /// <summary>The words of a <c>finish</c> call; a member that is missing or no text is read as empty, and so is one of an input that is no JSON.</summary>
    public static AgentWords WordsOf(AnswerBlock.ToolCall finish)
    {
        var notes = Member(finish, "notes");
        return new AgentWords(Member(finish, "work"), notes.Length == 0 ? null : notes);
    }

    private static AgentMove AskOrStop(TaskState task, RunSettings settings) => task.CurrentTurns.Count() < settings.MaxTurns
        ? new AgentMove.Ask()
        : new AgentMove.End(new AttemptOutcome.Incomplete($"The attempt reached its limit of {settings.MaxTurns} turns.", null));

    private static AgentMove AfterFinish(TaskState task, Turn turn, AnswerBlock.ToolCall finish)
    {
        var words = WordsOf(finish);
        if (Member(finish, "status") == "blocked")
            return new AgentMove.End(new AttemptOutcome.Blocked(words));
        if (turn.Results!.FirstOrDefault(result => result.IsError) is { } refused)
            return NudgeOrEnd(task, $"A call of the same turn was refused, so the task is not done: {refused.Text}", words);
        if (task.Missing.ToValueList() is { Count: > 0 } missing)
            return NudgeOrEnd(task, $"The task owns {string.Join(", ", missing)}, which do not exist. Write them, then call finish again.", words);
        if (task.Task.Check is null)
            return new AgentMove.End(new AttemptOutcome.Completed(words));
        if (task.Check is not { } check || check.AfterTurn < turn.Number)
            return new AgentMove.Check(turn, task.Task.Check);
        return check.Result.Passed
            ? new AgentMove.End(new AttemptOutcome.Completed(words))
            : NudgeOrEnd(task, check.Result.ForAgent(), words, FeedbackKind.Check);
    }

    private static AgentMove AfterOther(TaskState task, Turn turn, RunSettings settings)
    {
        if (turn.Stop is AnswerStop.ContextExceeded)
            return new AgentMove.End(new AttemptOutcome.Failed("The task no longer fits the model's context."));
        if (turn.Stop is AnswerStop.MaxTokens)
            return NudgeOrEnd(task, "Your answer was cut off at its most output tokens; the last tool call was not run. Go on with less at once, then call finish.", null);
        return turn.ToolCalls.Any() || turn.Stop is AnswerStop.Paused
            ? AskOrStop(task, settings)
            : NudgeOrEnd(task, "You ended your turn without calling finish. Complete the task, then call finish.", null);
    }

    private static AgentMove NudgeOrEnd(TaskState task, string text, AgentWords? words, FeedbackKind kind = FeedbackKind.Incomplete) =>
        task.CurrentTurns.Count(turn => turn.Prompted?.Kind == kind) < MaxNudges
            ? new AgentMove.Say(new Feedback(kind, text))
            : new AgentMove.End(new AttemptOutcome.Incomplete(text, words));

    private static string Member(AnswerBlock.ToolCall call, string name)
    {
        try
        {
            using var input = JsonDocument.Parse(call.Input);
            return input.RootElement.ValueKind == JsonValueKind.Object && input.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
                ? value.GetString()!
                : "";
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The answer is in the journal already: to throw would end every resumption of the run too.
            return "";
        }
    }
}
