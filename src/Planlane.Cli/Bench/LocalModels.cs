using System.Net;
using System.Text.Json;
using Planlane.Models;

namespace Planlane.Cli.Bench;

/// <summary>Tells the simulator from other servers of this machine.</summary>
internal static class LocalModels
{
    private const string OwnPage = "simulator/ledger";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Whether the models of a connection are scripted ones, behind <c>planlane simulate</c>. A server elsewhere is never asked.</summary>
    public static async Task<bool> IsScriptedAsync(ModelConnection connection, CancellationToken cancellationToken)
    {
        if (!connection.IsLocal)
            return false;
        using var http = new HttpClient { Timeout = Patience };
        try
        {
            using var reply = await http.GetAsync(new Uri(connection.BaseUrl, $"/{OwnPage}"), cancellationToken).ConfigureAwait(false);
            if (reply.StatusCode is not HttpStatusCode.OK || reply.Content.Headers.ContentType?.MediaType is not "application/json")
                return false;
            // Other servers answer JSON to every path.
            using var body = JsonDocument.Parse(await reply.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false));
            return body.RootElement is { ValueKind: JsonValueKind.Object } ledger && IsNumber(ledger, "peak") && IsNumber(ledger, "costUsd");
        }
        catch (Exception fault) when (fault is HttpRequestException or JsonException || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // Whatever is wrong with it, the first call says it better.
            return false;
        }
    }

    private static bool IsNumber(JsonElement ledger, string member) => ledger.TryGetProperty(member, out var value) && value.ValueKind is JsonValueKind.Number;
}
