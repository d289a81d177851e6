using Planlane.Values;

namespace Planlane.Simulator.Faults;

/// <summary>One way in which the service answers otherwise than its script.</summary>
public abstract record Fault
{
    private Fault()
    {
    }

    /// <summary>An HTTP error before anything is streamed, with the error type that belongs to the status (401, 429, 500, 529 and so on).</summary>
    /// <param name="Code">The status.</param>
    /// <param name="RetryAfter">Sent as <c>retry-after</c> in whole seconds when given.</param>
    /// <param name="ErrorCode">Sent as <c>error.details.error_code</c> when given, such as <c>enforced_spend_limit_reached</c>.</param>
    /// <param name="Message">The message; null for the usual one.</param>
    public sealed record Http(int Code, TimeSpan? RetryAfter = null, string? ErrorCode = null, string? Message = null) : Fault;

    /// <summary>A page of a proxy instead of the API's answer: status 502 with HTML.</summary>
    public sealed record BadGateway : Fault;

    /// <summary>HTTP 200, then <c>event: error</c> in the middle of the stream and its end. A request that does not stream gets HTTP 529.</summary>
    /// <param name="Type">The error type.</param>
    public sealed record StreamError(string Type = "overloaded_error") : Fault;

    /// <summary>The stream ends in the middle without <c>message_stop</c>. A request that does not stream loses its connection.</summary>
    public sealed record CutOff : Fault;

    /// <summary>The connection is reset in the middle of the answer.</summary>
    public sealed record Reset : Fault;

    /// <summary>Nothing is sent for a time in the middle of the answer.</summary>
    /// <param name="Duration">How long, in time of the speed 1; an infinite speed does not wait.</param>
    /// <param name="Pings">Whether pings come in between, as they do while a model thinks: then the connection is alive.</param>
    public sealed record Stall(TimeSpan Duration, bool Pings = false) : Fault;

    /// <summary>Nothing at all is sent for a time, headers included; then the answer comes as it would have.</summary>
    /// <param name="Duration">How long, in time of the speed 1; an infinite speed does not wait.</param>
    public sealed record SlowHeaders(TimeSpan Duration) : Fault;

    /// <summary>The connection is closed before anything is answered.</summary>
    public sealed record NoAnswer : Fault;

    /// <summary>A refusal in the middle: the first half of the answer, then the stop reason <c>refusal</c>.</summary>
    /// <param name="Category">The category in <c>stop_details</c>.</param>
    public sealed record LateRefusal(string Category = "cyber") : Fault;

    /// <summary>The stream holds events and members that no client knows, and pings twice; a client must ignore them.</summary>
    public sealed record UnknownEvents : Fault;

    /// <summary>The stream is sent in pieces of a few bytes that end anywhere: within lines, and within characters.</summary>
    /// <param name="Bytes">The size of a piece, at least 1.</param>
    public sealed record SmallPieces(int Bytes = 7) : Fault;

    /// <summary>A refusal before any output: empty content, stop reason <c>refusal</c>.</summary>
    /// <param name="Category">The category in <c>stop_details</c>.</param>
    public sealed record Refusal(string Category = "cyber") : Fault;

    /// <summary>The scripted answer is cut off as if the request had set this limit: stop reason <c>max_tokens</c>.</summary>
    /// <param name="Tokens">The limit, at least 1.</param>
    public sealed record OutputLimit(int Tokens = 40) : Fault;

    /// <summary>The scripted answer's first text loses its last half, so that JSON in it is malformed; the stop reason stays.</summary>
    public sealed record Malformed : Fault;

    /// <summary>A given text is answered instead of the scripted answer, for example another plan.</summary>
    /// <param name="Text">The text; empty for an answer without content.</param>
    /// <param name="StopReason">Why the model stopped.</param>
    public sealed record Says(string Text, string StopReason = "end_turn") : Fault;

    /// <summary>An agent's scripted answer with one mistake of a model in it; others are answered as they would have been.</summary>
    /// <param name="Name">A rate of <see cref="Imperfection"/>, such as <c>NoEnd</c>.</param>
    public sealed record Mistake(string Name) : Fault;

    /// <summary>Given tool calls are answered instead of the scripted answer, with stop reason <c>tool_use</c>.</summary>
    /// <param name="Tools">The calls.</param>
    public sealed record Calls(ValueList<ToolCall> Tools) : Fault;
}

/// <summary>A tool call as a model writes it.</summary>
/// <param name="Name">The tool.</param>
/// <param name="Input">The input as JSON.</param>
public sealed record ToolCall(string Name, string Input);
