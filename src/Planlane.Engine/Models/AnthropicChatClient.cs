using System.Runtime.CompilerServices;
using System.Text.Json;
using Anthropic;
using Anthropic.Exceptions;
using Anthropic.Models.Messages;
using Microsoft.Extensions.AI;

namespace Planlane.Models;

/// <summary>The one place that knows the official package: our requests as its raw body, its raw events as our updates.</summary>
/// <remarks>Why not the package's own chat client: docs/decisions/0003-the-anthropic-package-behind-one-adapter.md.</remarks>
internal sealed class AnthropicChatClient(AnthropicClient client, ModelConnection connection, TimeProvider time) : IChatClient
{
    private readonly ChatClientMetadata _metadata = new("anthropic", connection.BaseUrl);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var parts = AnthropicBody.Of(messages, options ?? new ChatOptions());
        var body = MessageCreateParams.FromRawUnchecked(AnthropicBody.Nothing, AnthropicBody.Nothing, parts);
        if (options?.MaxOutputTokens == 0)
        {
            // The API streams no answer that has nothing in it.
            foreach (var update in await SendWholeAsync(body, cancellationToken))
                yield return update;
            yield break;
        }

        using var response = await client.WithRawResponse.Messages.CreateStreaming(body, cancellationToken);
        var headers = response.RawMessage.Headers;
        var events = new AnthropicEvents(response.RequestID ?? "", RateLimitHeaders.HoldBack(headers, time), RateLimitHeaders.Read(headers, time)) { Prefix = AnthropicPrefix.KeyOf(parts) };
        var progress = AnswerProgress.Of(response.RawMessage);
        await using var stream = response.Enumerate(cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await MoveAsync(stream, events, cancellationToken))
        {
            // Pings are signs of life and bring nothing.
            if (!AnthropicEvents.IsPing(stream.Current.Json))
                progress?.Note();
            if (events.Read(stream.Current.Json) is { } update)
                yield return update;
        }
        if (!events.IsWhole)
            throw Cut(events, null);
    }

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public object? GetService(System.Type serviceType, object? serviceKey = null) => serviceKey is not null ? null
        : serviceType == typeof(ChatClientMetadata) ? _metadata
        : serviceType.IsInstanceOfType(this) ? this
        : null;

    public void Dispose() => client.Dispose();

    private async Task<List<ChatResponseUpdate>> SendWholeAsync(MessageCreateParams body, CancellationToken cancellationToken)
    {
        using var response = await client.WithRawResponse.Messages.Create(body, cancellationToken);
        var headers = response.RawMessage.Headers;
        var events = new AnthropicEvents(response.RequestID ?? "", RateLimitHeaders.HoldBack(headers, time), RateLimitHeaders.Read(headers, time));
        try
        {
            using var message = await JsonDocument.ParseAsync(await response.RawMessage.Content.ReadAsStreamAsync(cancellationToken), default, cancellationToken);
            return events.ReadWhole(message.RootElement);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or JsonException && !cancellationToken.IsCancellationRequested)
        {
            throw Cut(events, exception);
        }
    }

    private async ValueTask<bool> MoveAsync(IAsyncEnumerator<RawMessageStreamEvent> stream, AnthropicEvents events, CancellationToken cancellationToken)
    {
        try
        {
            return await stream.MoveNextAsync();
        }
        catch (ModelException silent)
        {
            throw new ModelException(silent.Fault, silent.Message, silent) { RequestId = events.RequestId, Usage = events.Usage };
        }
        catch (AnthropicSseException error)
        {
            var told = ApiError.Parse(error.Body.ValueKind == JsonValueKind.Undefined ? error.Message : error.Body.GetRawText());
            // Without the cause: the package's exception quotes the server, which may quote a key.
            throw new ModelException(told.FaultOfStream(), connection.Redact($"The model's API broke off its answer: {told}"))
            {
                RequestId = events.RequestId,
                Usage = events.Usage,
            };
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or AnthropicIOException or AnthropicInvalidDataException
            && !cancellationToken.IsCancellationRequested)
        {
            throw Cut(events, exception);
        }
    }

    private static ModelException Cut(AnthropicEvents events, Exception? cause) =>
        new(ModelFault.CutStream, "The model's answer ended before its end.", cause) { RequestId = events.RequestId, Usage = events.Usage };
}
