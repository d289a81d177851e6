using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Planlane.Simulator.Wire;

/// <summary>Writes answers that are not streams.</summary>
internal static class Replies
{
    public static async Task JsonAsync(HttpContext context, int status, JsonNode body, CancellationToken cancellationToken)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(body.ToJsonString(WireJson.Compact), cancellationToken);
    }

    public static async Task ErrorAsync(HttpContext context, ApiException error, string requestId, CancellationToken cancellationToken)
    {
        if (RetryAfter(error) is { } wait)
            context.Response.Headers["retry-after"] = ((int)wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        await JsonAsync(context, error.Status, Error(error.Type, error.Message, requestId, error.Code), cancellationToken);
    }

    /// <summary>What is told of the time to wait: whole seconds, at least one.</summary>
    public static TimeSpan? RetryAfter(ApiException error) => error.RetryAfter is { } wait ? TimeSpan.FromSeconds(Math.Max(1, Math.Ceiling(wait.TotalSeconds))) : null;

    public static JsonObject Error(string type, string message, string requestId, string? code = null) => new()
    {
        ["type"] = "error",
        ["error"] = new JsonObject { ["details"] = code is null ? null : new JsonObject { ["error_code"] = code }, ["type"] = type, ["message"] = message },
        ["request_id"] = requestId,
    };

    /// <summary>The request body as JSON.</summary>
    public static JsonElement Parse(string body)
    {
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(body);
        }
        catch (JsonException fault)
        {
            throw ApiException.Invalid($"The request body is not valid JSON: {fault.Message}");
        }
    }
}
