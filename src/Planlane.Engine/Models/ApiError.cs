using System.Net;
using System.Text;
using System.Text.Json;

namespace Planlane.Models;

/// <summary>The error document of the Messages API: <c>{"type":"error","error":{"type","message","details"},"request_id"}</c>, after a status or within a stream.</summary>
internal readonly record struct ApiError(string Type, string Message, string Code, string RequestId)
{
    private const int LongestMessage = 600;

    public static ApiError Parse(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            var error = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("error", out var inner) && inner.ValueKind == JsonValueKind.Object ? inner : default;
            if (error.ValueKind == JsonValueKind.Object)
            {
                var code = error.TryGetProperty("details", out var details) && details.ValueKind == JsonValueKind.Object ? Text(details, "error_code") : "";
                return new ApiError(Text(error, "type"), Plain(Text(error, "message")), code, Text(root, "request_id"));
            }
        }
        catch (JsonException)
        {
            // A gateway's page, not the API's document.
        }
        return new ApiError("", Plain(body), "", "");
    }

    public ModelFault FaultOf(HttpStatusCode status) => (int)status switch
    {
        400 or 422 => Refused(),
        401 => ModelFault.Authentication,
        402 => ModelFault.Billing,
        403 => ModelFault.Permission,
        404 => ModelFault.NotFound,
        408 or 504 => ModelFault.Timeout,
        413 => ModelFault.TooLarge,
        429 => Limited(),
        529 => ModelFault.Overloaded,
        409 => ModelFault.Conflict,
        502 or 503 when Type.Length == 0 => ModelFault.Gateway,
        >= 500 => ModelFault.ServerError,
        _ => ModelFault.BadRequest,
    };

    public ModelFault FaultOfStream() => Type switch
    {
        "authentication_error" => ModelFault.Authentication,
        "permission_error" => ModelFault.Permission,
        "billing_error" => ModelFault.Billing,
        "not_found_error" => ModelFault.NotFound,
        "request_too_large" => ModelFault.TooLarge,
        "invalid_request_error" => Refused(),
        "rate_limit_error" => Limited(),
        "timeout_error" => ModelFault.Timeout,
        "overloaded_error" => ModelFault.Overloaded,
        "conflict_error" => ModelFault.Conflict,
        _ => ModelFault.ServerError,
    };

    /// <summary>Whether it refuses a request only because too many others are open at the same time.</summary>
    public bool IsOfCallsAtOnce => Type == "rate_limit_error" && Message.Contains("concurrent connections", StringComparison.OrdinalIgnoreCase);

    /// <summary>Kind and words, as far as there are any.</summary>
    public override string ToString() => (Type, Message) switch
    {
        ("", "") => "no words",
        ("", _) => Message,
        _ => $"{Message} ({Type})",
    };

    private ModelFault Limited() => Code == "enforced_spend_limit_reached" ? ModelFault.SpendLimit : ModelFault.RateLimited;

    private ModelFault Refused() => Message switch
    {
        _ when Message.StartsWith("You have reached your specified", StringComparison.Ordinal) => ModelFault.SpendLimit,
        _ when Message.StartsWith("Your credit balance is too low", StringComparison.Ordinal) => ModelFault.Billing,
        _ when Message.StartsWith("prompt is too long", StringComparison.Ordinal) => ModelFault.TooLarge,
        _ => ModelFault.BadRequest,
    };

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    // What a server says goes to terminals: one line, no control characters, not a whole page.
    private static string Plain(string text)
    {
        var plain = new StringBuilder();
        foreach (var character in text)
        {
            if (plain.Length >= LongestMessage)
                return plain.Append('…').ToString();
            if (!char.IsControl(character))
                plain.Append(character);
            else if (plain.Length > 0 && plain[^1] != ' ')
                plain.Append(' ');
        }
        return plain.ToString().Trim();
    }
}
