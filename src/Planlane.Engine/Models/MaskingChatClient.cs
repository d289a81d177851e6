using Microsoft.Extensions.AI;
using Planlane.Values;

namespace Planlane.Models;

/// <summary>Takes secrets out of everything that is sent to a model; the last thing before the wire, so that no phase can forget it. What the model itself wrote stays, as it has seen none.</summary>
/// <param name="inner">Sends it; owned and disposed of here.</param>
/// <param name="secrets">The mask.</param>
internal sealed class MaskingChatClient(IChatClient inner, SecretMask secrets) : DelegatingChatClient(inner)
{
    /// <inheritdoc />
    public override Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        base.GetResponseAsync(messages.Select(Masked), options, cancellationToken);

    /// <inheritdoc />
    public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        base.GetStreamingResponseAsync([.. messages.Select(Masked)], options, cancellationToken);

    private ChatMessage Masked(ChatMessage message) => message.Role == ChatRole.Assistant ? message : new ChatMessage(message.Role, [.. message.Contents.Select(Masked)]);

    private AIContent Masked(AIContent content) => content switch
    {
        TextContent text when secrets.Of(text.Text) is var masked && !ReferenceEquals(masked, text.Text) => new TextContent(masked) { AdditionalProperties = text.AdditionalProperties },
        FunctionResultContent { Result: string told } result when secrets.Of(told) is var masked && !ReferenceEquals(masked, told) => new FunctionResultContent(result.CallId, masked)
        {
            AdditionalProperties = result.AdditionalProperties,
            Exception = result.Exception is null ? null : new InvalidOperationException(masked),
        },
        _ => content,
    };
}
