using System.Text.Json;
using Planlane.Reports;
using Planlane.Requests;
using Planlane.Values;

namespace Planlane.Agents;

/// <summary>What an agent's loop does next, from what has happened so far; the same in a resumed run.</summary>
public static class AgentRules
{
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
        return turn.Finish is { } finish ? AfterFinish(task, turn, finish, settings) : AfterOther(task, turn, settings);
    }

    /// <summary>The words of a <c>finish</c> call; a member that is missing or no text is read as empty, and so is one of an input that is no JSON.</summary>
    public static AgentWords WordsOf(AnswerBlock.ToolCall finish)
    {
        var notes = Member(finish, "notes");
        return new AgentWords(Member(finish, "work"), notes.Length == 0 ? null : notes);
    }

    /// <summary>The calls of <c>finish</c> of the conversation that goes on, newest first: of an agent that took the task over, its own alone.</summary>
    public static IEnumerable<AnswerBlock.ToolCall> Finishes(TaskState task) =>
        (task is { Order.Reason: AttemptReason.Escalation, Handed: not null } ? task.CurrentTurns : task.Turns).Reverse().Select(turn => turn.Finish).OfType<AnswerBlock.ToolCall>();

    // An agent that calls finish again after mending need not say again what it did. Why a task cannot be done stands for itself.
    private static AgentWords WordsOf(TaskState task, AnswerBlock.ToolCall finish)
    {
        var words = WordsOf(finish);
        if (IsBlocked(finish))
            return words;
        var before = Finishes(task).Where(call => !IsBlocked(call)).Select(WordsOf).ToList();
        return new AgentWords(words.Work.Length > 0 ? words.Work : before.Find(said => said.Work.Length > 0)?.Work ?? "", words.Notes ?? before.Find(said => said.Notes is not null)?.Notes);
    }

    private static bool IsBlocked(AnswerBlock.ToolCall finish) => Member(finish, "status") == "blocked";

    private static AgentMove AskOrStop(TaskState task, RunSettings settings) => task.CurrentTurns.Count() < settings.MaxTurns
        ? new AgentMove.Ask()
        : Incomplete($"The attempt reached its limit of {settings.MaxTurns} turns.", null, FailureClass.Limit);

    private static AgentMove AfterFinish(TaskState task, Turn turn, AnswerBlock.ToolCall finish, RunSettings settings)
    {
        var words = WordsOf(task, finish);
        if (IsBlocked(finish))
            return new AgentMove.End(new AttemptOutcome.Blocked(words));
        if (turn.Results!.FirstOrDefault(result => result.IsError) is { } refused)
            return SayOrEnd(task, settings, $"A call of the same turn was refused, so the task is not done: {refused.Text}", words, FailureClass.Criterion);
        if (task.Missing.ToValueList() is { Count: > 0 } missing)
            return SayOrEnd(task, settings, $"The task owns {string.Join(", ", missing)}, which do not exist. Write them, then call finish again.", words, FailureClass.Criterion);
        if (ProgressRules.HasChangedNothing(task, settings.Mode is RunMode.Single))
            return SayOrEnd(task, settings, "You say that the task is done, but no file differs from what you were given. Do the work with the tools, then call finish again.", words, FailureClass.NoChange, FeedbackKind.NoChange);
        if (ProgressRules.HasChangedCSharp(task) && task.Compiled?.AfterTurn != turn.Number)
            return new AgentMove.Compile(turn);
        return task.Compiled is { Result.Passed: false } compiled && compiled.AfterTurn == turn.Number ? AfterFailure(task, settings, compiled.Result, words) : AfterCode(task, turn, words, settings);
    }

    private static AgentMove AfterCode(TaskState task, Turn turn, AgentWords words, RunSettings settings)
    {
        if (task.Task.Check is null)
            return new AgentMove.End(new AttemptOutcome.Completed(words));
        if (task.Check is not { } check || check.AfterTurn < turn.Number)
            return new AgentMove.Check(turn, task.Task.Check);
        return check.Result.Passed ? new AgentMove.End(new AttemptOutcome.Completed(words)) : AfterFailure(task, settings, check.Result, words);
    }

    private static AgentMove AfterFailure(TaskState task, RunSettings settings, CheckResult check, AgentWords words)
    {
        var move = SayOrEnd(task, settings, FailureRules.Feedback(check, task), words, FailureRules.ClassOf(check), FeedbackKind.Check);
        return move is AgentMove.End { Outcome: AttemptOutcome.Incomplete incomplete } ? new AgentMove.End(incomplete with { Hint = FailureRules.HintOf(check) }) : move;
    }

    private static AgentMove AfterOther(TaskState task, Turn turn, RunSettings settings)
    {
        if (turn.Stop is AnswerStop.ContextExceeded)
            return new AgentMove.End(new AttemptOutcome.Failed("The task no longer fits the model's context."));
        if (turn.Stop is AnswerStop.MaxTokens)
            return SayOrEnd(task, settings, "Your answer was cut off at its most output tokens; the last tool call was not run. Go on with less at once, then call finish.", null, FailureClass.Limit);
        if (AskOrStop(task, settings) is AgentMove.End limit && (turn.ToolCalls.Any() || turn.Stop is AnswerStop.Paused))
            return limit;
        if (ProgressRules.Loops(task))
            return SayOrEnd(task, settings, $"You have made the same calls with the same results {ProgressRules.LoopTurns} times in a row. Do something else, or call finish with status blocked and say what you need.", null, FailureClass.Loop, FeedbackKind.Loop);
        if (turn.ToolCalls.Any() || turn.Stop is AnswerStop.Paused)
            return new AgentMove.Ask();
        return ProgressRules.UnfoundedClaim(task, turn) is not null
            ? SayOrEnd(task, settings, "You say that the work is done, but you have called no tool, so nothing was written. Do the work with the tools, then call finish.", null, FailureClass.UnfoundedClaim)
            : SayOrEnd(task, settings, "You ended your turn without calling finish. Complete the task, then call finish.", null, FailureClass.Other);
    }

    private static AgentMove SayOrEnd(TaskState task, RunSettings settings, string text, AgentWords? words, FailureClass failure, FeedbackKind kind = FeedbackKind.Incomplete) =>
        task.CurrentTurns.Count(turn => turn.Prompted?.Kind == kind) < FailureRules.TimesSentBack(failure, settings.MaxRepairs)
            ? new AgentMove.Say(new Feedback(kind, text))
            : Incomplete(text, words, failure);

    private static AgentMove.End Incomplete(string reason, AgentWords? words, FailureClass failure) => new(new AttemptOutcome.Incomplete(reason, words) { Failure = failure });

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
