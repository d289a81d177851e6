using Planlane.Budgets;
using Planlane.Values;

namespace Planlane.Agents;

/// <summary>One model request with the tool calls that it asked for.</summary>
/// <param name="Number">From 1 in the task, over all attempts.</param>
/// <param name="Attempt">The attempt that it belongs to, from 1.</param>
/// <param name="Prompted">What was said to the agent before it, beside the results of the turn before; null for none.</param>
/// <param name="Answer">The model's answer.</param>
/// <param name="Stop">Why the answer ended.</param>
/// <param name="Call">What it used.</param>
/// <param name="Results">The results of its tool calls, but for <c>finish</c>; null as long as they have not been run.</param>
public sealed record Turn(
    int Number,
    int Attempt,
    Feedback? Prompted,
    ValueList<AnswerBlock> Answer,
    AnswerStop Stop,
    ModelCall Call,
    ValueList<ToolResult>? Results)
{
    /// <summary>The calls that may be run: of an answer that was cut off, the last one may be incomplete and is left out.</summary>
    public IEnumerable<AnswerBlock.ToolCall> ToolCalls =>
        (Stop is AnswerStop.MaxTokens or AnswerStop.ContextExceeded ? Answer.SkipLast(1) : Answer).OfType<AnswerBlock.ToolCall>();

    /// <summary>The call of <c>finish</c>, if the turn has one: the agent's word that it is done.</summary>
    public AnswerBlock.ToolCall? Finish => ToolCalls.LastOrDefault(call => call.Name == FinishTool);

    /// <summary>The turn of an agent that was stopped: its calls that were not run have a result that says so, without which no model takes the conversation up again.</summary>
    internal Turn Stopped() => Results is not null ? this : this with
    {
        Results = ToolCalls.Where(call => call.Name != FinishTool).Select(call => new ToolResult(call.Id, "It was not run: the user stopped you.", IsError: true)).ToValueList(),
    };

    /// <summary>The name of the tool by which an agent reports.</summary>
    public const string FinishTool = "finish";
}

/// <summary>Words that go back to an agent.</summary>
/// <param name="Kind">Where they come from.</param>
/// <param name="Text">What the agent reads.</param>
public sealed record Feedback(FeedbackKind Kind, string Text);

/// <summary>Where feedback comes from.</summary>
public enum FeedbackKind
{
    /// <summary>A check failed; the text holds its diagnostics.</summary>
    Check,

    /// <summary>The user asked for changes.</summary>
    Review,

    /// <summary>Something that the task names is missing, or the answer was cut off.</summary>
    Incomplete,

    /// <summary>The agent says that it is done, and no file differs.</summary>
    NoChange,

    /// <summary>The agent repeats the same calls with the same results.</summary>
    Loop,
}
