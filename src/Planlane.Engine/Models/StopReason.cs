namespace Planlane.Models;

/// <summary>Why a model stopped.</summary>
public enum StopReason
{
    /// <summary>It had said what it wanted to say.</summary>
    EndTurn,

    /// <summary>It waits for the results of its tool calls.</summary>
    ToolUse,

    /// <summary>The limit on output tokens was reached: the last block may be cut in the middle.</summary>
    MaxTokens,

    /// <summary>It refused. Sending the same again brings the same.</summary>
    Refusal,

    /// <summary>The vendor paused a long turn: send the answer back unchanged to go on.</summary>
    PauseTurn,

    /// <summary>The context window is full: the answer is cut.</summary>
    ContextExceeded,

    /// <summary>It wrote a stop sequence; we send none.</summary>
    StopSequence,
}
