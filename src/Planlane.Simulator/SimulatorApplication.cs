using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Planlane.Simulator.Cassettes;
using Planlane.Simulator.Ledgers;
using Planlane.Simulator.Pacing;
using Planlane.Simulator.Wire;

namespace Planlane.Simulator;

/// <summary>Routes requests to the endpoints and answers errors as the API does.</summary>
internal sealed class SimulatorApplication(SimulatorOptions options, CallLog log) : IHttpApplication<HttpContext>, IDisposable
{
    private const string OwnPages = "/simulator/";
    private readonly MessagesEndpoint _messages = new(options, log);
    private readonly CassetteRecorder? _recorder = options.Record is { } record ? new(record.Upstream, record.File) : null;
    private readonly CassettePlayer? _player = options.Replay is { } cassette ? new(cassette) : null;
    private int _requests;

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }

    public void Dispose() => _recorder?.Dispose();

    public async Task ProcessRequestAsync(HttpContext context)
    {
        string? requestId = null;
        try
        {
            var body = HttpMethods.IsPost(context.Request.Method) ? await BodyAsync(context, context.RequestAborted) : "";
            if (options.TimeProvider is VirtualTime time)
                await time.TurnAsync($"{context.Request.Path}\n{body}", context.RequestAborted);
            if (_recorder is not null && !IsOwn(context))
            {
                await _recorder.AnswerAsync(context, body, context.RequestAborted);
                return;
            }

            requestId = Identify(context);
            await RouteAsync(context, body, requestId, context.RequestAborted);
        }
        catch (ApiException error) when (!context.Response.HasStarted)
        {
            await Replies.ErrorAsync(context, error, requestId ?? Identify(context), context.RequestAborted);
        }
        catch (BadHttpRequestException fault) when (fault.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            await Replies.ErrorAsync(context, new ApiException(413, "request_too_large", "Request exceeds the maximum size"), Identify(context), context.RequestAborted);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client went away.
        }
        catch (Exception fault) when (!context.Response.HasStarted)
        {
            // The boundary of one request: a fault of the simulator is shown to the client as the service would show its own.
            await Replies.ErrorAsync(context, new ApiException(500, "api_error", $"The simulator failed: {fault.Message}"), requestId ?? Identify(context), context.RequestAborted);
        }
    }

    private string Identify(HttpContext context)
    {
        var id = Ids.Next("req_01", new Random(unchecked((options.Seed * 7919) + Interlocked.Increment(ref _requests))));
        context.Response.Headers["request-id"] = id;
        return id;
    }

    private async Task RouteAsync(HttpContext context, string body, string requestId, CancellationToken cancellationToken)
    {
        var path = context.Request.Path.Value!.TrimEnd('/');
        if (IsOwn(context))
        {
            await Replies.JsonAsync(context, 200, OwnPage(path, context.Request.Query), cancellationToken);
            return;
        }

        RequireKey(context.Request);
        if (_player is not null)
        {
            await _player.AnswerAsync(context, body, new Pace(options.TimeProvider, options.Speed), cancellationToken);
            return;
        }

        if (!context.Request.Headers.TryGetValue("anthropic-version", out var version) || version.ToString().Length == 0)
            throw ApiException.Invalid("anthropic-version: header is required");

        switch (context.Request.Method, path)
        {
            case ("POST", "/v1/messages"):
                await _messages.HandleAsync(context, body, requestId, cancellationToken);
                break;
            case ("POST", "/v1/messages/count_tokens"):
                var counted = RequestReader.Read(Replies.Parse(body), counting: true);
                await Replies.JsonAsync(context, 200, new JsonObject { ["input_tokens"] = counted.Prompt.Tokens }, cancellationToken);
                break;
            case ("GET", "/v1/models"):
                await Replies.JsonAsync(context, 200, ModelReplies.List(), cancellationToken);
                break;
            case ("GET", _) when path.StartsWith("/v1/models/", StringComparison.Ordinal):
                await Replies.JsonAsync(context, 200, ModelReplies.One(ModelTable.Find(path["/v1/models/".Length..])), cancellationToken);
                break;
            case (_, "/v1/messages" or "/v1/messages/count_tokens" or "/v1/models"):
                throw new ApiException(405, "invalid_request_error", "Method Not Allowed");
            default:
                throw new ApiException(404, "not_found_error", "Not Found");
        }
    }

    private static bool IsOwn(HttpContext context) => context.Request.Path.Value!.StartsWith(OwnPages, StringComparison.Ordinal);

    private JsonNode OwnPage(string path, IQueryCollection query) => path[OwnPages.Length..] switch
    {
        "ledger" => LedgerReplies.Ledger(log.Snapshot(), options.Prices),
        "calls" => LedgerReplies.Calls(log.Snapshot(), options.Prices),
        "check" => LedgerReplies.Check(log.Snapshot(), query, options.Prices),
        _ => throw new ApiException(404, "not_found_error", "There are /simulator/ledger, /simulator/calls and /simulator/check"),
    };

    private void RequireKey(HttpRequest request)
    {
        var key = request.Headers["x-api-key"].ToString();
        var bearer = request.Headers.Authorization.ToString();
        if (key.Length == 0 && bearer.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            key = bearer["Bearer ".Length..].Trim();
        if (key.Length == 0)
            throw new ApiException(401, "authentication_error", "x-api-key header is required");
        if (options.ApiKey is { } expected && key != expected)
            throw new ApiException(401, "authentication_error", "invalid x-api-key");
    }

    private static async Task<string> BodyAsync(HttpContext context, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(context.Request.Body);
        return await reader.ReadToEndAsync(cancellationToken);
    }
}
