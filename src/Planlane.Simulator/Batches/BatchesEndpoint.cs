using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Planlane.Simulator.Limits;
using Planlane.Simulator.Pacing;
using Planlane.Simulator.Wire;

namespace Planlane.Simulator.Batches;

/// <summary>Answers <c>/v1/messages/batches</c> and processes what is in them; disposing ends the processing.</summary>
internal sealed class BatchesEndpoint(SimulatorOptions options, MessagesEndpoint messages) : IDisposable
{
    public const string Path = "/v1/messages/batches";

    private const int RequestsPerMinute = 1_000;
    private const int MostQueued = 200_000;
    private const int PageSize = 20;
    private const int LargestPage = 1_000;

    private readonly Lock _gate = new();
    private readonly List<Batch> _batches = [];
    private readonly TokenBucket _requests = new(RequestsPerMinute, options.Speed, options.TimeProvider.GetUtcNow());
    private readonly CancellationTokenSource _stopping = new();
    private int _made;

    private DateTimeOffset Now => options.TimeProvider.GetUtcNow();

    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    public async Task HandleAsync(HttpContext context, string path, string body, string workspace, CancellationToken cancellationToken)
    {
        Admit();
        var address = $"{context.Request.Scheme}://{context.Request.Host}";
        JsonObject Told(Batch batch) => batch.ToJson(Now, address);
        var answer = (context.Request.Method, path[Path.Length..].Trim('/').Split('/')) switch
        {
            ("POST", [""]) => Told(Create(body, workspace)),
            ("GET", [""]) => List(context.Request.Query, workspace, Told),
            ("GET", [var id]) => Told(Find(id, workspace)),
            ("DELETE", [var id]) => Delete(Find(id, workspace)),
            ("POST", [var id, "cancel"]) => Told(Cancel(Find(id, workspace))),
            ("GET", [_, "results"]) => null,
            (_, [_] or [_, "cancel" or "results"]) => throw new ApiException(405, "invalid_request_error", "Method Not Allowed"),
            _ => throw new ApiException(404, "not_found_error", "Not Found"),
        };
        await (answer is null ? ResultsAsync(context, Find(path.Split('/')[^2], workspace), cancellationToken) : Replies.JsonAsync(context, 200, answer, cancellationToken));
    }

    private Batch Create(string body, string workspace)
    {
        var requests = BatchReader.Read(Replies.Parse(body));
        Batch batch;
        lock (_gate)
        {
            if (_batches.Sum(other => other.Processing) + requests.Count > MostQueued)
                throw new ApiException(429, "rate_limit_error", string.Create(CultureInfo.InvariantCulture, $"This request would exceed the limit of {MostQueued:N0} batch requests in the processing queue.")) { RetryAfter = TimeSpan.FromMinutes(1) };
            batch = new Batch(Ids.Next("msgbatch_01", new Random(unchecked((options.Seed * 31) + _made++))), workspace, requests, Now);
            _batches.Add(batch);
        }

        _ = Task.Run(() => ProcessAsync(batch, _stopping.Token));
        return batch;
    }

    private JsonObject List(IQueryCollection query, string workspace, Func<Batch, JsonObject> told)
    {
        // The newest first, as the API lists.
        List<Batch> newest;
        lock (_gate)
            newest = [.. _batches.Where(batch => batch.Workspace == workspace).Reverse()];
        var all = newest;
        var limit = query["limit"].ToString() is { Length: > 0 } text
            ? int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var wanted) && wanted is >= 1 and <= LargestPage ? wanted : throw ApiException.Invalid($"limit: Input should be from 1 to {LargestPage}")
            : PageSize;
        if (query["before_id"].ToString() is { Length: > 0 } before)
            all = [.. all.TakeWhile(batch => batch.Id != before).TakeLast(limit + 1).Reverse()];
        else if (query["after_id"].ToString() is { Length: > 0 } after)
            all = [.. all.SkipWhile(batch => batch.Id != after).Skip(1)];
        var page = all.Take(limit).OrderBy(newest.IndexOf).ToList();
        return new JsonObject
        {
            ["data"] = new JsonArray([.. page.Select(JsonNode (batch) => told(batch))]),
            ["has_more"] = all.Count > limit,
            ["first_id"] = page.FirstOrDefault()?.Id,
            ["last_id"] = page.LastOrDefault()?.Id,
        };
    }

    private Batch Cancel(Batch batch) => batch.Cancel(Now) ? batch : throw ApiException.Invalid($"Batch {batch.Id} has ended and cannot be canceled.");

    private JsonObject Delete(Batch batch)
    {
        if (!batch.HasEnded)
            throw ApiException.Invalid($"Batch {batch.Id} is still processing. Cancel it first.");
        lock (_gate)
            _batches.Remove(batch);
        return new JsonObject { ["id"] = batch.Id, ["type"] = "message_batch_deleted" };
    }

    private async Task ResultsAsync(HttpContext context, Batch batch, CancellationToken cancellationToken)
    {
        if (!batch.HasEnded)
            throw new ApiException(404, "not_found_error", $"Batch {batch.Id} has no available results.");
        if (Now >= batch.CreatedAt + Batch.Kept)
            throw new ApiException(404, "not_found_error", $"The results of batch {batch.Id} were archived and are no longer available.");
        context.Response.StatusCode = 200;
        context.Response.ContentType = "application/x-jsonl";
        foreach (var result in batch.Results)
            await context.Response.WriteAsync(result.ToJson().ToJsonString(WireJson.Compact) + "\n", cancellationToken);
    }

    // One request after another, each in the time that a call takes.
    private async Task ProcessAsync(Batch batch, CancellationToken stopping)
    {
        var pace = new Pace(options.TimeProvider, options.Speed);
        using var waking = CancellationTokenSource.CreateLinkedTokenSource(stopping, batch.Canceling);
        var due = options.BatchDelay;
        foreach (var request in batch.Requests)
        {
            if (!await ReachedAsync(pace, due < Batch.Lifetime ? due : Batch.Lifetime, waking.Token))
            {
                if (stopping.IsCancellationRequested)
                    return;
                batch.Add(new BatchResult(request.CustomId, BatchResult.Canceled, null), Now);
                continue;
            }

            if (due >= Batch.Lifetime)
            {
                batch.Add(new BatchResult(request.CustomId, BatchResult.Expired, null), Now);
                continue;
            }

            var (result, took) = messages.Batched(request, batch.Workspace);
            batch.Add(result, Now);
            due += took;
        }
    }

    private static async Task<bool> ReachedAsync(Pace pace, TimeSpan due, CancellationToken cancellationToken)
    {
        try
        {
            await pace.UntilAsync(due, cancellationToken);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    // What another workspace made is not there.
    private Batch Find(string id, string workspace)
    {
        lock (_gate)
            return _batches.FirstOrDefault(batch => batch.Id == id && batch.Workspace == workspace) ?? throw new ApiException(404, "not_found_error", $"Message batch {id} not found.");
    }

    private void Admit()
    {
        lock (_gate)
        {
            if (_requests.Until(1, Now) is var wait && wait > TimeSpan.Zero)
                throw new ApiException(429, "rate_limit_error", string.Create(CultureInfo.InvariantCulture, $"This request would exceed the rate limit of {RequestsPerMinute:N0} requests per minute.")) { RetryAfter = wait };
            _requests.Take(1, Now);
        }
    }
}
