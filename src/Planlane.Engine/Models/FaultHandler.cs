using System.Globalization;
using System.Net.Http.Headers;

namespace Planlane.Models;

/// <summary>Turns answers that are no success, and connections that fail, into <see cref="ModelException"/>s: the package's own exceptions carry no headers.</summary>
internal sealed class FaultHandler(ModelConnection connection) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response;
        try
        {
            response = await base.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            throw NoConnection(exception);
        }
        if (response.IsSuccessStatusCode && response.Content.Headers.ContentType?.MediaType is not "text/html")
            return response;
        using (response)
            throw await FaultAsync(response, cancellationToken);
    }

    private ModelException NoConnection(HttpRequestException exception)
    {
        var fault = exception.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => ModelFault.UnknownHost,
            HttpRequestError.SecureConnectionError => ModelFault.InsecureConnection,
            _ => ModelFault.Network,
        };
        // What the system says of a broken handshake only points at its cause.
        var why = fault is ModelFault.InsecureConnection && exception.InnerException is { } inner ? inner.Message : exception.Message;
        return new ModelException(fault, $"No connection to {connection.BaseUrl.Host}: {connection.Redact(why)}", exception);
    }

    private async Task<ModelException> FaultAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = "";
        try
        {
            body = await response.Content.ReadAsStringAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            // The status says enough when the body is cut.
        }
        var error = ApiError.Parse(body);
        // A page with a status of success is as little an answer of the API as one with another.
        var fault = response.IsSuccessStatusCode ? ModelFault.Gateway : error.FaultOf(response.StatusCode);
        return new ModelException(fault, connection.Redact($"The model's API answered {(int)response.StatusCode}: {error}"))
        {
            RetryAfter = RetryAfterOf(response.Headers),
            IsOfCallsAtOnce = fault is ModelFault.RateLimited && error.IsOfCallsAtOnce,
            RequestId = response.Headers.TryGetValues("request-id", out var ids) ? ids.First() : error.RequestId,
        };
    }

    // A timer takes no longer time than 49.7 days.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(49);

    private static TimeSpan? RetryAfterOf(HttpResponseHeaders headers)
    {
        // Parsed by hand: the typed header refuses the fractions of a second that gateways send.
        if (headers.TryGetValues("retry-after", out var values)
            && double.TryParse(values.First(), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
            && seconds is >= 0)
        {
            return TimeSpan.FromSeconds(Math.Min(seconds, LongestWait.TotalSeconds));
        }
        return headers.RetryAfter?.Date is { } date && headers.Date is { } now && date > now ? (date - now < LongestWait ? date - now : LongestWait) : null;
    }
}
