namespace Planlane.Models;

/// <summary>The names under which facts that <c>Microsoft.Extensions.AI</c> has no place for travel through an <c>IChatClient</c>, in additional properties.</summary>
/// <remarks>A chat client that does not know them loses caching and detail, nothing else.</remarks>
public static class ChatKeys
{
    /// <summary>On a content of a request: a <see cref="CacheLifetime"/>.</summary>
    public const string Cache = "planlane:cache";

    /// <summary>On a reasoning content: whether the vendor withheld it as a whole, a bool.</summary>
    public const string Redacted = "planlane:redacted";

    /// <summary>On a function call: its arguments as the model wrote them, a string.</summary>
    public const string Arguments = "planlane:arguments";

    /// <summary>On an update: the name of the tool whose call begins, a string.</summary>
    public const string ToolStarted = "planlane:tool_started";

    /// <summary>On an update: the id of the request, a string.</summary>
    public const string RequestId = "planlane:request_id";

    /// <summary>On an update: what the bytes of the request up to its first cache mark hash to, a string.</summary>
    public const string Prefix = "planlane:prefix";

    /// <summary>On an update: how long callers should hold back, a <see cref="TimeSpan"/>.</summary>
    public const string HoldBack = "planlane:hold_back";

    /// <summary>On an update: what the answer told of the model's limits, a <see cref="ModelLimits"/>.</summary>
    public const string Limits = "planlane:limits";

    /// <summary>On an update: the tokens that are reported so far, a <see cref="Budgets.Usage"/>; what is known of a call that is cancelled.</summary>
    public const string UsageSoFar = "planlane:usage_so_far";

    /// <summary>In the additional counts of a usage: input written to the prompt cache; the official package uses the same name.</summary>
    public const string CacheWrite = "CacheCreationInputTokens";

    /// <summary>In the additional counts of a usage: the part of <see cref="CacheWrite"/> that is kept for an hour.</summary>
    public const string CacheWriteLong = "CacheCreationInputTokensOneHour";

    /// <summary>The finish reasons that the standard ones have no name for, as the API spells them.</summary>
    public const string PauseTurn = "pause_turn";

    /// <summary>See <see cref="PauseTurn"/>.</summary>
    public const string ContextExceeded = "model_context_window_exceeded";

    /// <summary>See <see cref="PauseTurn"/>.</summary>
    public const string StopSequence = "stop_sequence";
}
