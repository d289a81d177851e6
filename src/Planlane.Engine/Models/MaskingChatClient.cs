using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Planlane.Values;

namespace Planlane.Models;

/// <summary>Takes secrets out of everything that is sent to a model; the last thing before the wire, so that no phase can forget it. What the model itself wrote stays, as it has seen none.</summary>
/// <param name="inner">Sends it; owned and disposed of here.</param>
/// <param name="secrets">The mask.</param>
internal sealed class MaskingChatClient(IChatClient inner, SecretMask secrets) : DelegatingChatClient(inner)
{
    // From so many letters on a text is remembered: what all agents share, and what was said in earlier turns, is sent again and again as the same object.
    private const int Long = 2_000;
    private readonly ConditionalWeakTable<string, string> _masked = [];

    /// <inheritdoc />
    public override Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        base.GetResponseAsync(messages.Select(Masked), options, cancellationToken);

    /// <inheritdoc />
    public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        base.GetStreamingResponseAsync([.. messages.Select(Masked)], options, cancellationToken);

    private ChatMessage Masked(ChatMessage message) => message.Role == ChatRole.Assistant ? message : new ChatMessage(message.Role, [.. message.Contents.Select(Masked)]);

    private string Masked(string text) => text.Length < Long ? secrets.Of(text) : _masked.GetValue(text, secrets.Of);

    private AIContent Masked(AIContent content) => content switch
    {
        TextContent text when Masked(text.Text) is var masked && !ReferenceEquals(masked, text.Text) => new TextContent(masked) { AdditionalProperties = text.AdditionalProperties },
        FunctionResultContent { Result: string told } result when Masked(told) is var masked && !ReferenceEquals(masked, told) => new FunctionResultContent(result.CallId, masked)
        {
            AdditionalProperties = result.AdditionalProperties,
            Exception = result.Exception is null ? null : new InvalidOperationException(masked),
        },
        _ => content,
    };
}
