namespace Planlane.Simulator;

/// <summary>Requests that the API refuses for what they say of sampling, thinking and tools.</summary>
public sealed class StrictnessTests : SimulatorTest
{
    [Theory]
    [InlineData("claude-haiku-4-5", """ "temperature":1.5 """, "temperature: range: 0..1")]
    [InlineData("claude-haiku-4-5", """ "temperature":0.5,"top_p":0.9 """, "`temperature` and `top_p` cannot both be specified for this model. Please use only one.")]
    [InlineData("claude-haiku-4-5", """ "top_k":-1 """, "top_k: Input should be greater than or equal to 0")]
    [InlineData("claude-haiku-4-5", """ "stop_sequences":[" "] """, "stop_sequences: each stop sequence must contain non-whitespace")]
    [InlineData("claude-haiku-4-5", """ "thinking":{"type":"enabled"} """, "thinking.enabled.budget_tokens: Field required")]
    [InlineData("claude-haiku-4-5", """ "thinking":{"type":"enabled","budget_tokens":100} """, "thinking.enabled.budget_tokens: Input should be greater than or equal to 1024")]
    [InlineData("claude-haiku-4-5", """ "thinking":{"type":"enabled","budget_tokens":4000} """, "`max_tokens` must be greater than `thinking.budget_tokens`.")]
    [InlineData("claude-haiku-4-5", """ "thinking":{"type":"enabled","budget_tokens":1024},"temperature":0.5 """, "`temperature` may only be set to 1 when thinking is enabled.")]
    [InlineData("claude-haiku-5-5", """ "thinking":{"type":"enabled","budget_tokens":1024} """, "thinking.budget_tokens: this model supports adaptive thinking only")]
    [InlineData("claude-haiku-5-5", """ "output_config":{"effort":"huge"} """, "output_config.effort: Input should be 'low', 'medium', 'high', 'xhigh' or 'max'")]
    [InlineData("claude-haiku-5-5", """ "output_config":{"effort":"max"},"thinking":{"type":"disabled"} """, "thinking.disabled: thinking cannot be disabled at effort 'max' on this model")]
    [InlineData("claude-haiku-4-5", """ "tool_choice":{"type":"any"} """, "tool_choice may only be specified while providing tools.")]
    [InlineData("claude-haiku-4-5", """ "tool_choice":{"type":"tool","name":"b"},"tools":[{"name":"a","input_schema":{"type":"object"}}] """, "Tool 'b' not found in provided tools")]
    [InlineData("claude-haiku-5-5", """ "tool_choice":{"type":"any"},"thinking":{"type":"adaptive"},"tools":[{"name":"a","input_schema":{"type":"object"}}] """, "Thinking may not be enabled when tool_choice forces tool use.")]
    public async Task Request_WithTheParameter_Gets400InTheApisWords(string model, string parameter, string message)
    {
        var body = $$"""{"model":"{{model}}","max_tokens":2000,{{parameter}},"messages":[{"role":"user","content":"<task id=\"greeter\">"}]}""";
        using var response = await Client.PostAsync("/v1/messages", body);

        var error = (await SimulatorClient.ReadAsync(response))["error"]!;
        Assert.Equal((400, "invalid_request_error", message), ((int)response.StatusCode, (string?)error["type"], (string?)error["message"]));
    }

    [Fact]
    public async Task Prefill_ThatEndsWithASpace_Gets400()
    {
        var body = SimulatorClient.Body(Haiku, SimulatorClient.AgentOpening("greeter"), new() { ["role"] = "assistant", ["content"] = "I write " });
        using var response = await Client.PostAsync("/v1/messages", body);

        Assert.Equal("messages: final assistant content cannot end with trailing whitespace", (string?)(await SimulatorClient.ReadAsync(response))["error"]!["message"]);
    }
}
