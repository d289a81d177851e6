using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Planlane.Trials.Savings;

/// <summary>Says that each answer has begun as soon as it is asked for, so that no agent waits for the shared prefix to be in the prompt cache; all else is as the service has it.</summary>
/// <param name="inner">Asks the service; not disposed of here.</param>
internal sealed class ColdFanOut(IChatClient inner) : IChatClient
{
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        inner.GetResponseAsync(messages, options, cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        yield return new ChatResponseUpdate();
        await foreach (var update in inner.GetStreamingResponseAsync(messages, options, cancellationToken).ConfigureAwait(false))
            yield return update;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => inner.GetService(serviceType, serviceKey);

    public void Dispose()
    {
    }
}
