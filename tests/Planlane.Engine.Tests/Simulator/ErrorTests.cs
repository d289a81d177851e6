using System.Net;
using System.Text.Json.Nodes;

namespace Planlane.Simulator;

public sealed class ErrorTests : SimulatorTest
{
    protected override SimulatorOptions Options => base.Options with { ApiKey = "right" };

    [Theory]
    [InlineData("""{"max_tokens":9,"messages":[{"role":"user","content":"x"}]}""", "model: Field required")]
    [InlineData("""{"model":"claude-haiku-4-5","messages":[{"role":"user","content":"x"}]}""", "max_tokens: Field required")]
    [InlineData("""{"model":"claude-haiku-4-5","max_tokens":64001,"messages":[{"role":"user","content":"x"}]}""", "max_tokens: 64001 > 64000, which is the maximum allowed number of output tokens for claude-haiku-4-5-20251001")]
    [InlineData("""{"model":"claude-haiku-4-5","max_tokens":9}""", "messages: Field required")]
    [InlineData("""{"model":"claude-haiku-4-5","max_tokens":9,"messages":[]}""", "messages: at least one message is required")]
    [InlineData("""{"model":"claude-haiku-4-5","max_tokens":9,"messages":[3]}""", "messages.0.role: Field required")]
    [InlineData("""{"model":"claude-haiku-4-5","max_tokens":9,"messages":[{"role":"system","content":"x"}]}""", "messages: Unexpected role \"system\". Allowed roles are \"user\" or \"assistant\".")]
    [InlineData("""{"model":"claude-haiku-4-5","max_tokens":9,"messages":[{"role":"assistant","content":"x"}]}""", "messages: first message must use the \"user\" role")]
    [InlineData("""{"model":"claude-haiku-4-5","max_tokens":9,"messages":[{"role":"user","content":""}]}""", "messages.0: all messages must have non-empty content except for the optional final assistant message")]
    [InlineData("""{"model":"claude-haiku-4-5","max_tokens":9,"messages":[{"role":"user","content":[{"type":"text","text":""}]}]}""", "messages: text content blocks must be non-empty")]
    [InlineData("""{"model":"claude-haiku-5-5","max_tokens":9,"messages":[{"role":"user","content":"x"},{"role":"assistant","content":"y"}]}""", "This model does not support assistant message prefill. The conversation must end with a user message.")]
    [InlineData("""{"model":"claude-haiku-5-5","max_tokens":9,"temperature":0.2,"messages":[{"role":"user","content":"x"}]}""", "temperature: this model does not support a value other than the default")]
    [InlineData("""{"model":"claude-haiku-4-5","max_tokens":9,"output_config":{"effort":"low"},"messages":[{"role":"user","content":"x"}]}""", "This model does not support the effort parameter.")]
    [InlineData("""{"model":"claude-haiku-4-5","max_tokens":0,"stream":true,"messages":[{"role":"user","content":"x"}]}""", "max_tokens: 0 is not allowed when `stream` is true")]
    [InlineData("""{"model":"claude-haiku-4-5","max_tokens":9,"prompt":"x","messages":[{"role":"user","content":"x"}]}""", "prompt: Extra inputs are not permitted")]
    [InlineData("""{"model":"claude-haiku-4-5","max_tokens":9,"tools":[{"name":"a b","input_schema":{"type":"object"}}],"messages":[{"role":"user","content":"x"}]}""", "tools.0.custom.name: String should match pattern '^[a-zA-Z0-9_-]{1,128}$'")]
    [InlineData("""{"model":"claude-haiku-4-5","max_tokens":9,"tools":[{"name":"a","input_schema":{"type":"object"}},{"name":"a","input_schema":{"type":"object"}}],"messages":[{"role":"user","content":"x"}]}""", "tools: Tool names must be unique.")]
    [InlineData("""{"model":"claude-haiku-4-5","max_tokens":9,"messages":[{"role":"user","content":"hi"}]}""", "This simulator plays the scenario 'tiny' only: the conversation names neither a request to plan nor a task.")]
    [InlineData("""{"model":"claude-haiku-4-5","max_tokens":9,"messages":[{"role":"user","content":"<task id=\"moon\">"}]}""", "This simulator plays the scenario 'tiny' only: it knows no task 'moon'; its tasks are greeter, greeter-tests, farewell.")]
    public async Task Request_ThatIsNotValid_Gets400WithTheReason(string body, string message)
    {
        Client.Headers.Remove("x-api-key");
        Client.Headers.Add("Authorization", "Bearer right");

        using var response = await Client.PostAsync("/v1/messages", body);

        await AssertErrorAsync(response, HttpStatusCode.BadRequest, "invalid_request_error", message);
    }

    [Fact]
    public async Task ToolUse_WithoutResult_Gets400()
    {
        UseKey();
        var body = SimulatorClient.Body(Haiku, SimulatorClient.AgentOpening("greeter"), ToolUse("toolu_1"), SimulatorClient.User("go on"));

        using var response = await Client.PostAsync("/v1/messages", body);

        await AssertErrorAsync(
            response,
            HttpStatusCode.BadRequest,
            "invalid_request_error",
            "messages.1: `tool_use` ids were found without `tool_result` blocks immediately after: toolu_1. Each `tool_use` block must have a corresponding `tool_result` block in the next message.");
    }

    [Fact]
    public async Task ToolResult_WithoutUse_Gets400()
    {
        UseKey();
        var result = JsonNode.Parse("""{"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_9","content":"ok"}]}""")!.AsObject();
        var body = SimulatorClient.Body(Haiku, SimulatorClient.AgentOpening("greeter"), SimulatorClient.User("x"), result);

        using var response = await Client.PostAsync("/v1/messages", body);

        await AssertErrorAsync(
            response,
            HttpStatusCode.BadRequest,
            "invalid_request_error",
            "messages.2.content.0: unexpected `tool_use_id` found in `tool_result` blocks: toolu_9. Each `tool_result` block must have a corresponding `tool_use` block in the previous message.");
    }

    [Fact]
    public async Task Breakpoints_MoreThanFour_Get400()
    {
        UseKey();
        using var response = await Client.PostAsync("/v1/messages", Marked("5m", "5m", "5m", "5m", "5m"));

        await AssertErrorAsync(response, HttpStatusCode.BadRequest, "invalid_request_error", "A maximum of 4 blocks with cache_control may be provided. Found 5.");
    }

    [Fact]
    public async Task Breakpoints_LongAfterShort_Get400()
    {
        UseKey();
        using var response = await Client.PostAsync("/v1/messages", Marked("5m", "1h"));

        await AssertErrorAsync(
            response,
            HttpStatusCode.BadRequest,
            "invalid_request_error",
            "cache_control.ttl: a ttl='1h' cache_control block must not come after a ttl='5m' cache_control block. Note that blocks are processed in the following order: `tools`, `system`, `messages`.");
    }

    [Fact]
    public async Task Key_ThatIsNotTheOne_Gets401()
    {
        using var response = await Client.PostAsync("/v1/messages", SimulatorClient.Body(Sonnet, SimulatorClient.PlannerOpening()));

        await AssertErrorAsync(response, HttpStatusCode.Unauthorized, "authentication_error", "invalid x-api-key");
    }

    [Fact]
    public async Task Key_Missing_Gets401()
    {
        Client.Headers.Remove("x-api-key");
        using var response = await Client.GetAsync("/v1/models");

        await AssertErrorAsync(response, HttpStatusCode.Unauthorized, "authentication_error", "x-api-key header is required");
    }

    [Fact]
    public async Task Version_Missing_Gets400()
    {
        UseKey();
        Client.Headers.Remove("anthropic-version");
        using var response = await Client.GetAsync("/v1/models");

        await AssertErrorAsync(response, HttpStatusCode.BadRequest, "invalid_request_error", "anthropic-version: header is required");
    }

    [Fact]
    public async Task Model_ThatIsNotServed_Gets404()
    {
        UseKey();
        using var response = await Client.PostAsync("/v1/messages", SimulatorClient.Body("claude-nobody", SimulatorClient.PlannerOpening()));

        await AssertErrorAsync(response, HttpStatusCode.NotFound, "not_found_error", "model: claude-nobody");
    }

    [Fact]
    public async Task Path_ThatIsNotThere_Gets404()
    {
        UseKey();
        using var response = await Client.GetAsync("/v1/complete");

        await AssertErrorAsync(response, HttpStatusCode.NotFound, "not_found_error", "Not Found");
    }

    private static async Task AssertErrorAsync(HttpResponseMessage response, HttpStatusCode status, string type, string message)
    {
        var body = await SimulatorClient.ReadAsync(response);
        var expected = new JsonObject
        {
            ["type"] = "error",
            ["error"] = new JsonObject { ["details"] = null, ["type"] = type, ["message"] = message },
            ["request_id"] = response.Headers.GetValues("request-id").Single(),
        };
        Assert.Equal((status, expected.ToJsonString()), (response.StatusCode, body.ToJsonString()));
    }

    private static JsonObject ToolUse(string id) =>
        JsonNode.Parse($$"""{"role":"assistant","content":[{"type":"tool_use","id":"{{id}}","name":"read_files","input":{"paths":["a"]} }]}""")!.AsObject();

    private static JsonObject Marked(params string[] lifetimes)
    {
        var blocks = lifetimes.Select(ttl => JsonNode.Parse($$$"""{"type":"text","text":"x","cache_control":{"type":"ephemeral","ttl":"{{{ttl}}}"}}"""));
        return SimulatorClient.Body(Sonnet, new JsonObject { ["role"] = "user", ["content"] = new JsonArray([.. blocks]) });
    }

    private void UseKey()
    {
        Client.Headers.Remove("x-api-key");
        Client.Headers.Add("x-api-key", "right");
    }
}
