using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json.Nodes;

namespace Planlane.Simulator;

/// <summary>Speaks raw HTTP to a simulator and keeps both sides of a conversation.</summary>
internal sealed class SimulatorClient : IDisposable
{
    private readonly HttpClient _http;

    public SimulatorClient(Uri address)
    {
        _http = new HttpClient { BaseAddress = address };
        _http.DefaultRequestHeaders.Add("x-api-key", "any");
        _http.DefaultRequestHeaders.Add("anthropic-version", "2023-06-01");
    }

    public HttpRequestHeaders Headers => _http.DefaultRequestHeaders;

    public static JsonObject Body(string model, params ReadOnlySpan<JsonObject> messages) => new()
    {
        ["model"] = model,
        ["max_tokens"] = 8000,
        ["messages"] = new JsonArray([.. messages]),
    };

    public static JsonObject User(string text) => new() { ["role"] = "user", ["content"] = text };

    public static JsonObject AgentOpening(string task) => User($"<task id=\"{task}\" agent=\"Haiku-1\">\nDo it.\n</task>");

    public static JsonObject PlannerOpening(string request = TinyScenario.Request) => User($"<request>{request}</request>\n<constraints></constraints>");

    public Task<HttpResponseMessage> PostAsync(string path, JsonNode body) => PostAsync(path, body.ToJsonString());

    public Task<HttpResponseMessage> PostAsync(string path, string body) =>
        _http.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);

    public Task<HttpResponseMessage> GetAsync(string path) => _http.GetAsync(path, TestContext.Current.CancellationToken);

    public async Task<JsonObject> MessageAsync(JsonObject body)
    {
        using var response = await PostAsync("/v1/messages", body);
        return await ReadAsync(response);
    }

    public static async Task<JsonObject> ReadAsync(HttpResponseMessage response) =>
        JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!.AsObject();

    public async Task<List<(string Name, JsonObject Data)>> StreamAsync(JsonObject body)
    {
        body["stream"] = true;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/messages") { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        await using var stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        var events = new List<(string Name, JsonObject Data)>();
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(TestContext.Current.CancellationToken))
            events.Add((item.EventType, JsonNode.Parse(item.Data)!.AsObject()));
        return events;
    }

    public void Dispose() => _http.Dispose();
}
