using Anthropic;
using Anthropic.Core;
using Microsoft.Extensions.AI;

namespace Planlane.Models;

/// <summary>Makes chat clients of the Messages API.</summary>
public static class AnthropicModels
{
    // Only the package's own timer, which knows no silence; ours decides long before.
    private static readonly TimeSpan PackageTimeout = TimeSpan.FromHours(6);

    /// <summary>A chat client that sends each request once: retries, replays and waiting are the <see cref="ModelCaller"/>'s.</summary>
    /// <param name="connection">Where and who.</param>
    /// <param name="time">The clock of the time-outs.</param>
    /// <param name="timeouts">How long silence is borne; <see cref="ModelTimeouts.Default"/> when null.</param>
    /// <param name="transport">What sends the bytes; a pooled handler of our own when null. Disposed of with the client.</param>
    /// <returns>A thread-safe client; its faults are <see cref="ModelException"/>s. Dispose of it to close its connections.</returns>
    public static IChatClient Connect(ModelConnection connection, TimeProvider time, ModelTimeouts? timeouts = null, HttpMessageHandler? transport = null)
    {
        var silence = new SilenceHandler(timeouts ?? ModelTimeouts.Default, time) { InnerHandler = transport ?? Transport(connection) };
        var faults = new FaultHandler(connection) { InnerHandler = silence };
        var options = new ClientOptions
        {
            BaseUrl = connection.BaseUrl.ToString().TrimEnd('/'),
            HttpClient = new HttpClient(faults) { Timeout = Timeout.InfiniteTimeSpan },
            MaxRetries = 0,
            Timeout = PackageTimeout,
        };
        // Setting one of them keeps the package from looking for credentials of its own.
        if (connection.ApiKey is { } key)
            options.ApiKey = key;
        else
            options.AuthToken = connection.AuthToken;
        return new AnthropicChatClient(new AnthropicClient(options), connection, time);
    }

    private static SocketsHttpHandler Transport(ModelConnection connection) => new()
    {
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        UseProxy = !connection.IsLocal,
        ConnectTimeout = TimeSpan.FromSeconds(20),
    };
}
