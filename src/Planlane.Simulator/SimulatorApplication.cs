using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Planlane.Simulator.Pacing;
using Planlane.Simulator.Wire;

namespace Planlane.Simulator;

/// <summary>Routes requests to the endpoints and answers errors as the API does.</summary>
internal sealed class SimulatorApplication(SimulatorOptions options, CallLog log) : IHttpApplication<HttpContext>
{
    private readonly MessagesEndpoint _messages = new(options, log);
    private int _requests;

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }

    public async Task ProcessRequestAsync(HttpContext context)
    {
        string? requestId = null;
        try
        {
            var body = HttpMethods.IsPost(context.Request.Method) ? await BodyAsync(context, context.RequestAborted) : "";
            if (options.TimeProvider is VirtualTime time)
                await time.TurnAsync($"{context.Request.Path}\n{body}", context.RequestAborted);
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
        RequireKey(context.Request);
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
