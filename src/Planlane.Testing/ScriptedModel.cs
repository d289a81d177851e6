using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;

namespace Planlane.Testing;

/// <summary>A chat client whose answers are written by a function of what it is asked. Thread-safe when the function is.</summary>
/// <param name="answer">Writes the answer to a request.</param>
public sealed partial class ScriptedModel(Func<ScriptedRequest, ScriptedAnswer> answer) : IChatClient
{
    private int _calls;

    /// <summary>How many requests were answered.</summary>
    public int Calls => Volatile.Read(ref _calls);

    /// <inheritdoc />
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        Interlocked.Increment(ref _calls);
        var written = answer(ScriptedRequest.Of([.. messages], options));
        yield return new ChatResponseUpdate(ChatRole.Assistant, written.Contents())
        {
            ModelId = options?.ModelId,
            FinishReason = written.Finish,
        };
    }

    /// <inheritdoc />
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken).ConfigureAwait(false);

    /// <inheritdoc />
    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType.IsInstanceOfType(this) ? this : null;

    /// <inheritdoc />
    public void Dispose()
    {
    }

    [GeneratedRegex("<task id=\"([^\"]+)\"")]
    internal static partial Regex TaskForm();
}

/// <summary>What a scripted model is asked.</summary>
/// <param name="Task">The id of the task, or null when the planner is asked.</param>
/// <param name="Texts">Every text of the conversation after the system's, in order: words and tool results.</param>
/// <param name="Turns">How often the model has answered in this conversation.</param>
/// <param name="Model">The model's id.</param>
public sealed record ScriptedRequest(string? Task, IReadOnlyList<string> Texts, int Turns, string? Model)
{
    internal static ScriptedRequest Of(IReadOnlyList<ChatMessage> messages, ChatOptions? options)
    {
        var texts = messages.Where(message => message.Role != ChatRole.System).SelectMany(message => message.Contents).Select(TextOf).OfType<string>().ToList();
        var task = options?.Tools is { Count: > 0 } ? texts.Select(text => ScriptedModel.TaskForm().Match(text)).FirstOrDefault(match => match.Success)?.Groups[1].Value : null;
        return new ScriptedRequest(task, texts, messages.Count(message => message.Role == ChatRole.Assistant), options?.ModelId);
    }

    private static string? TextOf(AIContent content) => content switch
    {
        TextContent text => text.Text,
        FunctionResultContent result => result.Result?.ToString(),
        _ => null,
    };
}

/// <summary>What a scripted model answers. Immutable: each method gives an answer with one more part.</summary>
public sealed record ScriptedAnswer
{
    private IReadOnlyList<(string? Text, string? Tool, object? Input)> Parts { get; init; } = [];

    /// <summary>Why it ends; by default as its last part asks for.</summary>
    public ChatFinishReason? Ending { get; init; }

    /// <summary>The tokens that it claims to have used, and to have read.</summary>
    public (long Input, long Output) Tokens { get; init; } = (1_000, 100);

    internal ChatFinishReason Finish => Ending ?? (Parts.Any(part => part.Tool is not null) ? ChatFinishReason.ToolCalls : ChatFinishReason.Stop);

    /// <summary>An answer of words.</summary>
    public static ScriptedAnswer Says(string text) => new() { Parts = [(text, null, null)] };

    /// <summary>An answer that writes a file.</summary>
    public static ScriptedAnswer Writes(string path, string content) => new ScriptedAnswer().AndCalls("write_file", new { path, content });

    /// <summary>The answer with one more file that is written.</summary>
    public ScriptedAnswer AndWrites(string path, string content) => AndCalls("write_file", new { path, content });

    /// <summary>The answer with a report that the task is done.</summary>
    public ScriptedAnswer AndFinishes(string work) => AndCalls("finish", new { status = "complete", work });

    /// <summary>The answer with one more tool call.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="input">The arguments, as an object whose members are theirs.</param>
    public ScriptedAnswer AndCalls(string tool, object input) => this with { Parts = [.. Parts, (null, tool, input)] };

    internal List<AIContent> Contents() =>
    [
        .. Parts.Select((part, index) => part.Tool is null
            ? (AIContent)new TextContent(part.Text)
            : new FunctionCallContent($"call_{index + 1}", part.Tool, JsonSerializer.SerializeToElement(part.Input).Deserialize<Dictionary<string, object?>>())),
        new UsageContent(new UsageDetails { InputTokenCount = Tokens.Input, OutputTokenCount = Tokens.Output }),
    ];
}
