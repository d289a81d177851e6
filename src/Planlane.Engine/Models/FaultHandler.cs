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
            throw new ModelException(ModelFault.Network, $"No connection to {connection.BaseUrl.Host}: {connection.Redact(exception.Message)}", exception);
        }
        if (response.IsSuccessStatusCode)
            return response;
        using (response)
            throw await FaultAsync(response, cancellationToken);
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
        return new ModelException(error.FaultOf(response.StatusCode), connection.Redact($"The model's API answered {(int)response.StatusCode}: {error}"))
        {
            RetryAfter = RetryAfterOf(response.Headers),
            RequestId = response.Headers.TryGetValues("request-id", out var ids) ? ids.First() : error.RequestId,
        };
    }

    private static TimeSpan? RetryAfterOf(HttpResponseHeaders headers)
    {
        // Parsed by hand: the typed header refuses the fractions of a second that gateways send.
        if (headers.TryGetValues("retry-after", out var values)
            && double.TryParse(values.First(), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
            && seconds is >= 0 and < 366 * 86400)
        {
            return TimeSpan.FromSeconds(seconds);
        }
        return headers.RetryAfter?.Date is { } date && headers.Date is { } now && date > now ? date - now : null;
    }
}
