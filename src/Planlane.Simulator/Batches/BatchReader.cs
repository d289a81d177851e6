using System.Text.Json;
using Planlane.Simulator.Wire;

namespace Planlane.Simulator.Batches;

/// <summary>Reads the body of a new batch. What its requests ask is looked at when they are processed, as the API does: a wrong one is a result of its own.</summary>
internal static class BatchReader
{
    /// <summary>How many requests one batch may have.</summary>
    public const int MostRequests = 100_000;

    private const int LongestId = 64;

    public static IReadOnlyList<BatchRequest> Read(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object || !body.TryGetProperty("requests", out var list))
            throw ApiException.Invalid("requests: Field required");
        foreach (var member in body.EnumerateObject().Where(member => member.Name != "requests"))
            throw ApiException.Invalid($"{member.Name}: Extra inputs are not permitted");
        if (list.ValueKind != JsonValueKind.Array)
            throw ApiException.Invalid("requests: Input should be a valid list");
        if (list.GetArrayLength() is 0 or > MostRequests)
            throw ApiException.Invalid($"requests: List should have at least 1 and at most {MostRequests} items");
        var requests = list.EnumerateArray().Select(Request).ToList();
        if (requests.GroupBy(request => request.CustomId).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw ApiException.Invalid($"requests: custom_id '{twice.Key}' is not unique");
        return requests;
    }

    private static BatchRequest Request(JsonElement item, int at)
    {
        var id = RequestReader.Text(item, "custom_id") ?? throw ApiException.Invalid($"requests.{at}.custom_id: Field required");
        if (id.Length is 0 or > LongestId || !id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-'))
            throw ApiException.Invalid($"requests.{at}.custom_id: String should match pattern '^[a-zA-Z0-9_-]{{1,{LongestId}}}$'");
        return item.TryGetProperty("params", out var asked) && asked.ValueKind == JsonValueKind.Object
            ? new BatchRequest(id, asked.GetRawText())
            : throw ApiException.Invalid($"requests.{at}.params: Field required");
    }
}
