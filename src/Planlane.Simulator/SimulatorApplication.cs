using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Planlane.Simulator.Batches;
using Planlane.Simulator.Cassettes;
using Planlane.Simulator.Ledgers;
using Planlane.Simulator.Pacing;
using Planlane.Simulator.Wire;

namespace Planlane.Simulator;

/// <summary>Routes requests to the endpoints and answers errors as the API does.</summary>
internal sealed class SimulatorApplication : IHttpApplication<HttpContext>, IDisposable
{
    private const string OwnPages = "/simulator/";
    private const long LargestBatch = 256L * 1024 * 1024;
    private readonly SimulatorOptions _options;
    private readonly CallLog _log;
    private readonly MessagesEndpoint _messages;
    private readonly BatchesEndpoint _batches;
    private readonly CassetteRecorder? _recorder;
    private readonly CassettePlayer? _player;
    private int _requests;

    public SimulatorApplication(SimulatorOptions options, CallLog log)
    {
        _options = options;
        _log = log;
        _messages = new MessagesEndpoint(options, log);
        _batches = new BatchesEndpoint(options, _messages);
        _recorder = options.Record is { } record ? new(record.Upstream, record.File) : null;
        _player = options.Replay is { } cassette ? new(cassette) : null;
    }

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }

    public void Dispose()
    {
        _batches.Dispose();
        _recorder?.Dispose();
    }

    public async Task ProcessRequestAsync(HttpContext context)
    {
        string? requestId = null;
        try
        {
            if (IsBatches(context) && context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
                size.MaxRequestBodySize = LargestBatch;
            var body = HttpMethods.IsPost(context.Request.Method) ? await BodyAsync(context, context.RequestAborted) : "";
            if (_options.TimeProvider is VirtualTime time)
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
        var id = Ids.Next("req_01", new Random(unchecked((_options.Seed * 7919) + Interlocked.Increment(ref _requests))));
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

        var workspace = WorkspaceOf(RequireKey(context.Request));
        context.Response.Headers["anthropic-workspace-id"] = Ids.Next("wrkspc_01", new Random(workspace.Aggregate(17, (hash, letter) => unchecked((hash * 31) + letter))));
        if (_player is not null)
        {
            await _player.AnswerAsync(context, body, new Pace(_options.TimeProvider, _options.Speed), cancellationToken);
            return;
        }

        if (!context.Request.Headers.TryGetValue("anthropic-version", out var version) || version.ToString().Length == 0)
            throw ApiException.Invalid("anthropic-version: header is required");

        switch (context.Request.Method, path)
        {
            case ("POST", "/v1/messages"):
                await _messages.HandleAsync(context, body, requestId, workspace, cancellationToken);
                break;
            case ("POST", "/v1/messages/count_tokens"):
                var counted = RequestReader.Read(Replies.Parse(body), counting: true);
                await Replies.JsonAsync(context, 200, new JsonObject { ["input_tokens"] = counted.Prompt.Tokens }, cancellationToken);
                break;
            case (_, _) when IsBatches(context):
                await _batches.HandleAsync(context, path, body, workspace, cancellationToken);
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

    private static bool IsBatches(HttpContext context) =>
        context.Request.Path.Value!.TrimEnd('/') is var path && (path == BatchesEndpoint.Path || path.StartsWith(BatchesEndpoint.Path + "/", StringComparison.Ordinal));

    private string WorkspaceOf(string key) => _options.Workspaces.FirstOrDefault(entry => entry.Key == key)?.Workspace ?? "";

    private static bool IsOwn(HttpContext context) => context.Request.Path.Value!.StartsWith(OwnPages, StringComparison.Ordinal);

    private JsonNode OwnPage(string path, IQueryCollection query) => path[OwnPages.Length..] switch
    {
        "ledger" => LedgerReplies.Ledger(_log.Snapshot(), _options.Prices),
        "calls" => LedgerReplies.Calls(_log.Snapshot(), _options.Prices),
        "check" => LedgerReplies.Check(_log.Snapshot(), query, _options.Prices),
        _ => throw new ApiException(404, "not_found_error", "There are /simulator/ledger, /simulator/calls and /simulator/check"),
    };

    private string RequireKey(HttpRequest request)
    {
        var key = request.Headers["x-api-key"].ToString();
        var bearer = request.Headers.Authorization.ToString();
        if (key.Length == 0 && bearer.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            key = bearer["Bearer ".Length..].Trim();
        if (key.Length == 0)
            throw new ApiException(401, "authentication_error", "x-api-key header is required");
        if (_options.ApiKey is { } expected && key != expected)
            throw new ApiException(401, "authentication_error", "invalid x-api-key");
        return key;
    }

    private static async Task<string> BodyAsync(HttpContext context, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(context.Request.Body);
        return await reader.ReadToEndAsync(cancellationToken);
    }
}
