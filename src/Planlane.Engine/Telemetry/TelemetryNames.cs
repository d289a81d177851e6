namespace Planlane.Telemetry;

/// <summary>The names under which an engine's traces and metrics are collected.</summary>
public static class TelemetryNames
{
    /// <summary>The name of the activity source.</summary>
    public const string Source = "Planlane";

    /// <summary>The name of the meter.</summary>
    public const string Meter = "Planlane";
}

/// <summary>Names of the GenAI semantic conventions, v0.1.0 of <c>open-telemetry/semantic-conventions-genai</c>, and our own where these have none.</summary>
internal static class Names
{
    public const string Operation = "gen_ai.operation.name";
    public const string Provider = "gen_ai.provider.name";
    public const string Agent = "gen_ai.agent.name";
    public const string Conversation = "gen_ai.conversation.id";
    public const string RequestModel = "gen_ai.request.model";
    public const string RequestStream = "gen_ai.request.stream";
    public const string FinishReasons = "gen_ai.response.finish_reasons";
    public const string FirstChunk = "gen_ai.response.time_to_first_chunk";
    public const string InputTokens = "gen_ai.usage.input_tokens";
    public const string OutputTokens = "gen_ai.usage.output_tokens";
    public const string CacheRead = "gen_ai.usage.cache_read.input_tokens";
    public const string CacheCreation = "gen_ai.usage.cache_creation.input_tokens";
    public const string OutputMessages = "gen_ai.output.messages";
    public const string ToolName = "gen_ai.tool.name";
    public const string ToolType = "gen_ai.tool.type";
    public const string ToolCallId = "gen_ai.tool.call.id";
    public const string ToolArguments = "gen_ai.tool.call.arguments";
    public const string ToolResult = "gen_ai.tool.call.result";
    public const string TokenType = "gen_ai.token.type";
    public const string ErrorType = "error.type";

    public const string CostUsd = "planlane.cost.usd";
    public const string Run = "planlane.run.id";
    public const string Outcome = "planlane.outcome";
    public const string Task = "planlane.task.id";
    public const string Attempt = "planlane.attempt";
    public const string AttemptReason = "planlane.attempt.reason";
    public const string Turn = "planlane.turn";
    public const string Round = "planlane.round";
    public const string ExitCode = "planlane.check.exit_code";
    public const string Passed = "planlane.check.passed";
    public const string TestsFailed = "planlane.check.tests_failed";
    public const string DecidedBy = "planlane.decided_by";
    public const string Resumed = "planlane.resumed";
    public const string Interrupted = "planlane.interrupted";

    public const string Anthropic = "anthropic";
    public const string Chat = "chat";

    /// <summary>An enum member as the conventions write values: small letters, words joined with an underscore.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum => string.Concat(value.ToString().Select((letter, index) => char.IsAsciiLetterUpper(letter) ? (index > 0 ? "_" : "") + char.ToLowerInvariant(letter) : letter.ToString()));
}
