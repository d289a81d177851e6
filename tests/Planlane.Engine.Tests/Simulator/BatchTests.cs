using System.Text.Json.Nodes;
using Anthropic;
using Anthropic.Models.Messages;
using Anthropic.Models.Messages.Batches;
using Planlane.Simulator.Faults;

namespace Planlane.Simulator;

/// <summary>The Message Batches API: what is documented of its wire, its states, its price and its ends.</summary>
public sealed class BatchTests : SimulatorTest
{
    private const string Path = "/v1/messages/batches";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Batch_Created_IsInProgressThenEndedWithTheSameMessages()
    {
        var asked = SimulatorClient.Body(Haiku, SimulatorClient.AgentOpening("farewell"));
        var plain = await Client.MessageAsync(asked);

        var made = await CreateAsync(Client, ("one", asked), ("two", SimulatorClient.Body(Haiku, SimulatorClient.AgentOpening("moon"))));
        Assert.Equal(("message_batch", "in_progress"), ((string?)made["type"], (string?)made["processing_status"]));
        Assert.Null(made["results_url"]);
        Assert.Equal(TimeSpan.FromHours(24), DateTimeOffset.Parse((string)made["expires_at"]!, null) - DateTimeOffset.Parse((string)made["created_at"]!, null));
        var ended = await EndedAsync(Client, made);

        Assert.Equal("""{"processing":0,"succeeded":1,"errored":1,"canceled":0,"expired":0}""", ended["request_counts"]!.ToJsonString());
        Assert.StartsWith($"{Server.Address}v1/messages/batches/msgbatch_", (string?)ended["results_url"], StringComparison.Ordinal);
        var results = await ResultsAsync(Client, ended);
        Assert.Equal(["one", "two"], results.Select(line => (string?)line["custom_id"]));
        Assert.Equal(["succeeded", "errored"], results.Select(line => (string?)line["result"]!["type"]));
        Assert.Equal(Calls(plain), Calls(results[0]["result"]!["message"]!.AsObject()));
        Assert.Equal("batch", (string?)results[0]["result"]!["message"]!["usage"]!["service_tier"]);
        var error = results[1]["result"]!["error"]!;
        Assert.Equal(("error", "invalid_request_error"), ((string?)error["type"], (string?)error["error"]!["type"]));
    }

    [Fact]
    public async Task Batch_InTheLedger_CostsHalf()
    {
        var asked = SimulatorClient.Body(Haiku, SimulatorClient.AgentOpening("farewell"));
        await using var server = await SimulatorServer.StartAsync(Options with { Prices = [Models.ModelCatalogue.Load().Find(new(Haiku)).Facts] }, Token);
        using var client = new SimulatorClient(server.Address);
        await client.MessageAsync(asked);
        var whole = server.Ledger.Cost.Usd;
        await EndedAsync(client, await CreateAsync(client, ("one", asked)));

        Assert.Equal([false, true], server.Calls.Select(call => call.IsBatched));
        Assert.Equal(server.Calls[0].Usage, server.Calls[1].Usage);
        Assert.Equal(whole * 1.5m, server.Ledger.Cost.Usd);
    }

    [Fact]
    public async Task Batch_CanceledBeforeItBegins_EndsWithCanceledResults()
    {
        await using var server = await SimulatorServer.StartAsync(Options with { Speed = 1, BatchDelay = TimeSpan.FromHours(1) }, Token);
        using var client = new SimulatorClient(server.Address);
        var made = await CreateAsync(client, ("one", SimulatorClient.Body(Haiku, SimulatorClient.AgentOpening("farewell"))));
        using var early = await client.GetAsync($"{Path}/{made["id"]}/results");

        using var canceled = await client.PostAsync($"{Path}/{made["id"]}/cancel", "");

        var told = await SimulatorClient.ReadAsync(canceled);
        Assert.NotNull(told["cancel_initiated_at"]);
        Assert.True((string?)told["processing_status"] is "canceling" or "ended");
        Assert.Equal(404, (int)early.StatusCode);
        var ended = await EndedAsync(client, made);
        Assert.Equal(1, (int)ended["request_counts"]!["canceled"]!);
        Assert.Equal("""{"custom_id":"one","result":{"type":"canceled"}}""", (await ResultsAsync(client, ended)).Single().ToJsonString());
        Assert.Empty(server.Calls);
    }

    [Fact]
    public async Task Batch_NotProcessedWithinADay_Expires()
    {
        await using var server = await SimulatorServer.StartAsync(Options with { Speed = 1, TimeProvider = new LeapingTime(), BatchDelay = TimeSpan.FromHours(25) }, Token);
        using var client = new SimulatorClient(server.Address);

        var ended = await EndedAsync(client, await CreateAsync(client, ("one", SimulatorClient.Body(Haiku, SimulatorClient.AgentOpening("farewell")))));

        Assert.Equal(1, (int)ended["request_counts"]!["expired"]!);
        Assert.Equal("""{"custom_id":"one","result":{"type":"expired"}}""", (await ResultsAsync(client, ended)).Single().ToJsonString());
        Assert.Empty(server.Calls);
    }

    [Fact]
    public async Task Results_After29Days_AreArchived()
    {
        var time = new LeapingTime();
        await using var server = await SimulatorServer.StartAsync(Options with { TimeProvider = time }, Token);
        using var client = new SimulatorClient(server.Address);
        var ended = await EndedAsync(client, await CreateAsync(client, ("one", SimulatorClient.Body(Haiku, SimulatorClient.AgentOpening("farewell")))));
        time.Advance(TimeSpan.FromDays(29));

        using var found = await client.GetAsync($"{Path}/{ended["id"]}");
        using var results = await client.GetAsync($"{Path}/{ended["id"]}/results");

        Assert.NotNull((await SimulatorClient.ReadAsync(found))["archived_at"]);
        Assert.Equal(404, (int)results.StatusCode);
    }

    [Fact]
    public async Task List_Paged_GoesFromTheNewestOn()
    {
        var ids = new List<string>();
        for (var i = 0; i < 3; i++)
            ids.Insert(0, (string)(await CreateAsync(Client, ("one", SimulatorClient.Body(Haiku, SimulatorClient.AgentOpening("farewell")))))["id"]!);

        var first = await GetAsync(Client, $"{Path}?limit=2");
        var rest = await GetAsync(Client, $"{Path}?limit=2&after_id={first["last_id"]}");
        var before = await GetAsync(Client, $"{Path}?limit=1&before_id={ids[2]}");

        Assert.Equal([.. ids[..2], "more"], Shown(first));
        Assert.Equal(ids[2..], Shown(rest));
        Assert.Equal([ids[1], "more"], Shown(before));
        foreach (var id in ids)
            await EndedAsync(Client, await GetAsync(Client, $"{Path}/{id}"));
    }

    [Theory]
    [InlineData("""{}""", "requests: Field required")]
    [InlineData("""{"requests":[]}""", "requests: List should have at least 1 and at most 100000 items")]
    [InlineData("""{"requests":[{"params":{}}]}""", "requests.0.custom_id: Field required")]
    [InlineData("""{"requests":[{"custom_id":"a b","params":{}}]}""", "requests.0.custom_id: String should match pattern '^[a-zA-Z0-9_-]{1,64}$'")]
    [InlineData("""{"requests":[{"custom_id":"a","params":{}},{"custom_id":"a","params":{}}]}""", "requests: custom_id 'a' is not unique")]
    public async Task Create_NotValid_Gets400(string body, string message)
    {
        using var response = await Client.PostAsync(Path, body);

        Assert.Equal((400, message), ((int)response.StatusCode, (string?)(await SimulatorClient.ReadAsync(response))["error"]!["message"]));
    }

    [Theory]
    [InlineData(""" "max_tokens":10,"stream":true """, "stream: streaming is not supported in batches")]
    [InlineData(""" "max_tokens":0 """, "max_tokens: 0 is not allowed in batches")]
    [InlineData(""" "max_tokens":99999999 """, "max_tokens: 99999999 > 64000, which is the maximum allowed number of output tokens for claude-haiku-4-5-20251001")]
    public async Task Request_NotValidInABatch_IsAnErroredResult(string parameter, string message)
    {
        var asked = JsonNode.Parse($$"""{"model":"claude-haiku-4-5",{{parameter}},"messages":[{"role":"user","content":"<task id=\"farewell\">"}]}""")!.AsObject();

        var results = await ResultsAsync(Client, await EndedAsync(Client, await CreateAsync(Client, ("one", asked))));

        Assert.Equal(message, (string?)results.Single()["result"]!["error"]!["error"]!["message"]);
    }

    [Fact]
    public async Task Request_ThatMeetsAFault_IsAnErroredResult()
    {
        await using var server = await SimulatorServer.StartAsync(Options with { FaultPlan = new FaultPlan().Add("529") }, Token);
        using var client = new SimulatorClient(server.Address);

        var results = await ResultsAsync(client, await EndedAsync(client, await CreateAsync(client, ("one", SimulatorClient.Body(Haiku, SimulatorClient.AgentOpening("farewell"))))));

        Assert.Equal("overloaded_error", (string?)results.Single()["result"]!["error"]!["error"]!["type"]);
    }

    [Fact]
    public async Task Delete_OfAnEndedBatch_RemovesIt()
    {
        var made = await CreateAsync(Client, ("one", SimulatorClient.Body(Haiku, SimulatorClient.AgentOpening("farewell"))));
        await EndedAsync(Client, made);

        var deleted = await DeleteAsync(made);

        using var gone = await Client.GetAsync($"{Path}/{made["id"]}");
        Assert.Equal($$"""{"id":"{{made["id"]}}","type":"message_batch_deleted"}""", deleted);
        Assert.Equal(404, (int)gone.StatusCode);
    }

    [Fact]
    public async Task Create_AfterABatchWasDeleted_HasAnIdOfItsOwn()
    {
        (string, JsonObject)[] requests = [("one", SimulatorClient.Body(Haiku, SimulatorClient.AgentOpening("farewell")))];
        var first = await EndedAsync(Client, await CreateAsync(Client, requests));
        var second = await EndedAsync(Client, await CreateAsync(Client, requests));
        await DeleteAsync(first);

        var third = await EndedAsync(Client, await CreateAsync(Client, requests));

        Assert.NotEqual((string?)second["id"], (string?)third["id"]);
    }

    [Fact]
    public async Task Sdk_Unmodified_CreatesABatchAndReadsItsResults()
    {
        using var sdk = new AnthropicClient { ApiKey = "any", BaseUrl = Server.Address.ToString() };
        var made = await sdk.Messages.Batches.Create(
            new() { Requests = [new() { CustomID = "one", Params = new() { Model = Haiku, MaxTokens = 900, Messages = [new UserMessageParam("<task id=\"farewell\">")] } }] }, Token);
        await EndedAsync(Client, await GetAsync(Client, $"{Path}/{made.ID}"));

        var found = await sdk.Messages.Batches.Retrieve(made.ID, cancellationToken: Token);
        var results = new List<MessageBatchIndividualResponse>();
        await foreach (var result in sdk.Messages.Batches.ResultsStreaming(made.ID, cancellationToken: Token))
            results.Add(result);

        Assert.Equal(ProcessingStatus.Ended, found.ProcessingStatus.Value());
        Assert.Equal(1, found.RequestCounts.Succeeded);
        Assert.Equal("one", results.Single().CustomID);
    }

    // Caches are per workspace, and what one made is not there for another.
    [Fact]
    public async Task Workspace_OfAnotherKey_SharesNeitherCacheNorBatches()
    {
        await using var server = await SimulatorServer.StartAsync(Options with { Workspaces = [new KeyWorkspace("theirs", "research")] }, Token);
        using var ours = new SimulatorClient(server.Address);
        using var theirs = new SimulatorClient(server.Address);
        theirs.Headers.Remove("x-api-key");
        theirs.Headers.Add("x-api-key", "theirs");
        var shared = SimulatorClient.Body(Haiku, SimulatorClient.AgentOpening("farewell"));
        shared["system"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = new string('x', 40_000), ["cache_control"] = new JsonObject { ["type"] = "ephemeral" } });

        var read = new List<(int Read, int Written)>();
        foreach (var client in new[] { ours, ours, theirs, theirs })
        {
            var usage = (await client.MessageAsync(shared))["usage"]!;
            read.Add(((int)usage["cache_read_input_tokens"]!, (int)usage["cache_creation_input_tokens"]!));
        }

        var made = await CreateAsync(ours, ("one", shared));
        using var hidden = await theirs.GetAsync($"{Path}/{made["id"]}");
        using var mine = await ours.GetAsync($"{Path}/{made["id"]}");
        Assert.Equal([false, true, false, true], read.Select(use => use.Read > 0));
        Assert.Equal([true, false, true, false], read.Select(use => use.Written > 0));
        Assert.Equal(404, (int)hidden.StatusCode);
        Assert.NotEqual(hidden.Headers.GetValues("anthropic-workspace-id"), mine.Headers.GetValues("anthropic-workspace-id"));
    }

    private static async Task<JsonObject> CreateAsync(SimulatorClient client, params (string Id, JsonObject Asked)[] requests)
    {
        using var response = await client.PostAsync(Path, new JsonObject
        {
            ["requests"] = new JsonArray([.. requests.Select(JsonNode (request) => new JsonObject { ["custom_id"] = request.Id, ["params"] = request.Asked.DeepClone() })]),
        });
        Assert.Equal(200, (int)response.StatusCode);
        return await SimulatorClient.ReadAsync(response);
    }

    private static async Task<JsonObject> GetAsync(SimulatorClient client, string path)
    {
        using var response = await client.GetAsync(path);
        return await SimulatorClient.ReadAsync(response);
    }

    private async Task<string> DeleteAsync(JsonObject batch)
    {
        using var http = new HttpClient { BaseAddress = Server.Address };
        using var request = new HttpRequestMessage(HttpMethod.Delete, $"{Path}/{batch["id"]}");
        request.Headers.Add("x-api-key", "any");
        request.Headers.Add("anthropic-version", "2023-06-01");
        using var deleted = await http.SendAsync(request, Token);
        return await deleted.Content.ReadAsStringAsync(Token);
    }

    // As a client polls; the simulator's own limit of requests refills at once at an infinite speed.
    private static async Task<JsonObject> EndedAsync(SimulatorClient client, JsonObject batch)
    {
        while (true)
        {
            var now = await GetAsync(client, $"{Path}/{batch["id"]}");
            if ((string?)now["processing_status"] == "ended")
                return now;
            Token.ThrowIfCancellationRequested();
        }
    }

    private static async Task<List<JsonObject>> ResultsAsync(SimulatorClient client, JsonObject batch)
    {
        using var response = await client.GetAsync($"{Path}/{batch["id"]}/results");
        Assert.Equal("application/x-jsonl", response.Content.Headers.ContentType!.MediaType);
        return [.. (await response.Content.ReadAsStringAsync(Token)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject())];
    }

    private static List<string> Shown(JsonObject page) => [.. page["data"]!.AsArray().Select(batch => (string)batch!["id"]!), .. (bool)page["has_more"]! ? ["more"] : Array.Empty<string>()];
}
