namespace Planlane.Simulator.Wire;

/// <summary>A request that the API answers with an error.</summary>
internal sealed class ApiException(int status, string type, string message) : Exception(message)
{
    public int Status { get; } = status;

    public string Type { get; } = type;

    /// <summary>Sent as <c>retry-after</c> when given.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Sent as <c>error.details.error_code</c> when given.</summary>
    public string? Code { get; init; }

    public static ApiException Invalid(string message) => new(400, "invalid_request_error", message);

    /// <summary>The error type that the API gives with a status.</summary>
    public static string TypeOf(int status) => status switch
    {
        400 => "invalid_request_error",
        401 => "authentication_error",
        402 => "billing_error",
        403 => "permission_error",
        404 => "not_found_error",
        409 => "conflict_error",
        413 => "request_too_large",
        429 => "rate_limit_error",
        408 or 504 => "timeout_error",
        529 => "overloaded_error",
        _ => "api_error",
    };
}
