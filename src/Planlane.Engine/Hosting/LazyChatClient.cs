using Microsoft.Extensions.AI;

namespace Planlane.Hosting;

/// <summary>A chat client that is made when it is first used, so that what needs no model needs no key.</summary>
/// <param name="make">Makes it; owned and disposed of here.</param>
public sealed class LazyChatClient(Func<IChatClient> make) : IChatClient
{
    private readonly Lazy<IChatClient> _inner = new(make);

    /// <inheritdoc />
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        _inner.Value.GetResponseAsync(messages, options, cancellationToken);

    /// <inheritdoc />
    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        _inner.Value.GetStreamingResponseAsync(messages, options, cancellationToken);

    /// <inheritdoc />
    public object? GetService(Type serviceType, object? serviceKey = null) => _inner.Value.GetService(serviceType, serviceKey);

    /// <inheritdoc />
    public void Dispose()
    {
        if (_inner.IsValueCreated)
            _inner.Value.Dispose();
    }
}
