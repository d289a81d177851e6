using System.Text.Json.Nodes;

namespace Planlane.Simulator.Batches;

/// <summary>A message batch: requests that are answered later, at half the price. Thread-safe.</summary>
/// <param name="id">Its id.</param>
/// <param name="workspace">The workspace whose keys may see it.</param>
/// <param name="requests">The requests, in their order.</param>
/// <param name="createdAt">When it was made.</param>
internal sealed class Batch(string id, string workspace, IReadOnlyList<BatchRequest> requests, DateTimeOffset createdAt)
{
    /// <summary>After so long what was not answered has expired.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>So long from its making the results can be read.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(29);

    private readonly Lock _gate = new();
    private readonly List<BatchResult> _results = [];
    private readonly CancellationTokenSource _canceling = new();
    private DateTimeOffset? _canceledAt;
    private DateTimeOffset? _endedAt;

    public string Id => id;

    public string Workspace => workspace;

    public IReadOnlyList<BatchRequest> Requests => requests;

    public DateTimeOffset CreatedAt => createdAt;

    /// <summary>Fires when nothing more of it is to be begun.</summary>
    public CancellationToken Canceling => _canceling.Token;

    public bool HasEnded => Locked(() => _endedAt is not null);

    /// <summary>How many requests have no result yet.</summary>
    public int Processing => Locked(() => requests.Count - _results.Count);

    /// <summary>The results in the order in which they came.</summary>
    public IReadOnlyList<BatchResult> Results => Locked<IReadOnlyList<BatchResult>>(() => [.. _results]);

    /// <summary>Adds a result; with the last one the batch has ended.</summary>
    public void Add(BatchResult result, DateTimeOffset now) => Locked(() =>
    {
        _results.Add(result);
        return _endedAt = _results.Count == requests.Count ? now : null;
    });

    /// <summary>Lets nothing more of it begin; false when it has ended.</summary>
    public bool Cancel(DateTimeOffset now)
    {
        if (!Locked(() => _endedAt is null && (_canceledAt ??= now) == _canceledAt))
            return false;
        _canceling.Cancel();
        return true;
    }

    /// <summary>What the API tells of it.</summary>
    /// <param name="now">The time.</param>
    /// <param name="address">The address of the server, for the results.</param>
    public JsonObject ToJson(DateTimeOffset now, string address) => Locked(() => new JsonObject
    {
        ["id"] = id,
        ["type"] = "message_batch",
        ["processing_status"] = _endedAt is not null ? "ended" : _canceledAt is not null ? "canceling" : "in_progress",
        ["request_counts"] = new JsonObject
        {
            ["processing"] = requests.Count - _results.Count,
            ["succeeded"] = Count(BatchResult.Succeeded),
            ["errored"] = Count(BatchResult.Errored),
            ["canceled"] = Count(BatchResult.Canceled),
            ["expired"] = Count(BatchResult.Expired),
        },
        ["ended_at"] = Text(_endedAt),
        ["created_at"] = Text(createdAt),
        ["expires_at"] = Text(createdAt + Lifetime),
        ["archived_at"] = now >= createdAt + Kept ? Text(createdAt + Kept) : null,
        ["cancel_initiated_at"] = Text(_canceledAt),
        ["results_url"] = _endedAt is not null && now < createdAt + Kept ? $"{address}/v1/messages/batches/{id}/results" : null,
    });

    private int Count(string type) => _results.Count(result => result.Type == type);

    private static string? Text(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", System.Globalization.CultureInfo.InvariantCulture);

    private T Locked<T>(Func<T> what)
    {
        lock (_gate)
            return what();
    }
}

/// <summary>One request of a batch.</summary>
/// <param name="CustomId">The client's name for it.</param>
/// <param name="Body">The request for a message, as JSON.</param>
internal sealed record BatchRequest(string CustomId, string Body);

/// <summary>What became of one request of a batch.</summary>
/// <param name="CustomId">The client's name for it.</param>
/// <param name="Type">One of the four constants.</param>
/// <param name="Member">The message or the error, as JSON; null of what was never begun.</param>
internal sealed record BatchResult(string CustomId, string Type, string? Member)
{
    public const string Succeeded = "succeeded";
    public const string Errored = "errored";
    public const string Canceled = "canceled";
    public const string Expired = "expired";

    /// <summary>The result as a line of the results.</summary>
    public JsonObject ToJson()
    {
        var result = new JsonObject { ["type"] = Type };
        if (Member is not null)
            result[Type == Succeeded ? "message" : "error"] = JsonNode.Parse(Member);
        return new JsonObject { ["custom_id"] = CustomId, ["result"] = result };
    }
}
