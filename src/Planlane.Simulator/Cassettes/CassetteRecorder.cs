using System.Diagnostics;
using System.Text;
using Microsoft.AspNetCore.Http;
using Planlane.Simulator.Wire;
using Planlane.Values;

namespace Planlane.Simulator.Cassettes;

/// <summary>Hands requests on to an API and writes down what it answers. The client's key goes to the API and nowhere else. Thread-safe.</summary>
/// <param name="upstream">The address of the API before <c>/v1</c>.</param>
/// <param name="file">The file that gets a line for each call; made when it is missing, appended to when it is not.</param>
internal sealed class CassetteRecorder(Uri upstream, string file) : IDisposable
{
    private static readonly string[] Kept = ["retry-after", "request-id", "x-should-retry"];
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false }) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly Lock _gate = new();

    public void Dispose() => _http.Dispose();

    public async Task AnswerAsync(HttpContext context, string body, CancellationToken cancellationToken)
    {
        var begun = Stopwatch.GetTimestamp();
        var path = context.Request.Path.Value!;
        using var request = Request(context, path, body);
        HttpResponseMessage response;
        try
        {
            response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (HttpRequestException fault)
        {
            throw new ApiException(502, "api_error", $"The API behind the recorder cannot be reached: {fault.Message}");
        }

        using (response)
        {
            var headers = HeadersOf(response);
            var type = response.Content.Headers.ContentType?.ToString() ?? "application/json";
            context.Response.StatusCode = (int)response.StatusCode;
            context.Response.ContentType = type;
            foreach (var header in headers)
                context.Response.Headers[header.Name] = header.Value;
            var pieces = await PassOnAsync(context, response, begun, cancellationToken);
            Write(new RecordedCall(path, Cassette.KeyOf(path, body), body, (int)response.StatusCode, type, headers, pieces), SecretsOf(context.Request));
        }
    }

    private HttpRequestMessage Request(HttpContext context, string path, string body)
    {
        var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), new Uri($"{upstream.AbsoluteUri.TrimEnd('/')}{path}{context.Request.QueryString}"));
        if (HttpMethods.IsPost(context.Request.Method))
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        foreach (var (name, value) in context.Request.Headers)
        {
            if (name.StartsWith("anthropic-", StringComparison.OrdinalIgnoreCase) || name.Equals("x-api-key", StringComparison.OrdinalIgnoreCase) || name.Equals("authorization", StringComparison.OrdinalIgnoreCase))
                request.Headers.TryAddWithoutValidation(name, value.ToString());
        }

        return request;
    }

    private static async Task<ValueList<RecordedPiece>> PassOnAsync(HttpContext context, HttpResponseMessage response, long begun, CancellationToken cancellationToken)
    {
        var pieces = new List<RecordedPiece>();
        var buffer = new byte[16 * 1024];
        var characters = new char[buffer.Length + 1];
        var decoder = Encoding.UTF8.GetDecoder();
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        int count;
        while ((count = await stream.ReadAsync(buffer, cancellationToken)) > 0)
        {
            var made = decoder.GetChars(buffer.AsSpan(0, count), characters, flush: false);
            if (made > 0)
                pieces.Add(new RecordedPiece((long)Stopwatch.GetElapsedTime(begun).TotalMilliseconds, new string(characters, 0, made)));
            await context.Response.Body.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
            await context.Response.Body.FlushAsync(cancellationToken);
        }

        return pieces.ToValueList();
    }

    private static ValueList<RecordedHeader> HeadersOf(HttpResponseMessage response) => response.Headers
        .Where(header => Kept.Contains(header.Key, StringComparer.OrdinalIgnoreCase) || header.Key.StartsWith("anthropic-ratelimit-", StringComparison.OrdinalIgnoreCase))
        .Select(header => new RecordedHeader(header.Key.ToLowerInvariant(), string.Join(", ", header.Value))).OrderBy(header => header.Name, StringComparer.Ordinal).ToValueList();

    private static string[] SecretsOf(HttpRequest request) =>
        [request.Headers["x-api-key"].ToString(), request.Headers.Authorization.ToString() is { Length: > 7 } bearer ? bearer[7..] : ""];

    // The key of a recorded call is that of the request as it was sent, so that it is found again.
    private void Write(RecordedCall call, string[] secrets)
    {
        var mask = new SecretMask(secrets);
        var line = Cassette.LineOf(call with { Request = mask.Of(call.Request), Pieces = Masked(call.Pieces, mask) });
        lock (_gate)
            File.AppendAllText(file, line + "\n");
    }

    // A key that is torn between two pieces is found in the whole only; then the whole is one piece.
    private static ValueList<RecordedPiece> Masked(ValueList<RecordedPiece> pieces, SecretMask mask)
    {
        var each = pieces.Select(piece => piece with { Text = mask.Of(piece.Text) }).ToValueList();
        var whole = mask.Of(string.Concat(pieces.Select(piece => piece.Text)));
        return string.Concat(each.Select(piece => piece.Text)) == whole ? each : [new RecordedPiece(pieces[^1].At, whole)];
    }
}
