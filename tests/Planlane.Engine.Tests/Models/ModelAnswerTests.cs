using Planlane.Budgets;
using Planlane.Values;

namespace Planlane.Models;

public sealed class ModelAnswerTests
{
    [Fact]
    public async Task Answer_TextStreamedInPieces_IsWhole()
    {
        await using var calls = await Calls.StartAsync(LoopbackApi.Stream(Sse.Hello));

        var answer = await calls.CallAsync();

        Assert.Equal(
            new ModelAnswer([new ModelBlock.Text("Hello")], StopReason.EndTurn, new Usage(10, 7, 0, 0), new ModelId("claude-haiku-4-5-20251001"), "req_1", TimeSpan.Zero, TimeSpan.Zero),
            answer);
        Assert.Equal([new ModelActivity.Sent(), new ModelActivity.FirstByte(), new ModelActivity.Text("Hel"), new ModelActivity.Text("lo")], calls.Activity);
    }

    [Fact]
    public async Task Answer_ToolCallsStreamedInPieces_KeepTheModelsBytes()
    {
        await using var calls = await Calls.StartAsync(LoopbackApi.Stream(
            Sse.Start(),
            Sse.Ping,
            Sse.Text(0, "I write."),
            Sse.Tool(1, "t1", "write_file", "", """{"path": "a.cs", "con""", """tent": "é\n+"}""", "  "),
            Sse.Tool(2, "t2", "finish"),
            Sse.Stop("tool_use"),
            Sse.End));

        var answer = await calls.CallAsync();

        Assert.Equal(
            [
                new ModelBlock.Text("I write."),
                new ModelBlock.ToolCall("t1", "write_file", """{"path": "a.cs", "content": "é\n+"}"""),
                new ModelBlock.ToolCall("t2", "finish", "{}"),
            ],
            answer.Blocks);
        Assert.Equal(StopReason.ToolUse, answer.Stop);
        Assert.Contains(new ModelActivity.ToolStarted("write_file"), calls.Activity);
    }

    [Fact]
    public async Task Answer_ThinkingBlocks_CarryTheirSignature()
    {
        await using var calls = await Calls.StartAsync(LoopbackApi.Stream(
            Sse.Start(),
            Sse.Open(0, """{"type":"thinking","thinking":"","signature":""}"""),
            Sse.Delta(0, """{"type":"thinking_delta","thinking":"Hm."}"""),
            Sse.Delta(0, """{"type":"signature_delta","signature":"sig"}"""),
            Sse.Close(0),
            Sse.Open(1, """{"type":"redacted_thinking","data":"blob"}"""),
            Sse.Close(1),
            Sse.Text(2, "Done"),
            Sse.Stop("end_turn"),
            Sse.End));

        var answer = await calls.CallAsync();

        Assert.Equal([new ModelBlock.Thinking("Hm.", "sig"), new ModelBlock.Thinking("", "blob", true), new ModelBlock.Text("Done")], answer.Blocks);
    }

    [Theory]
    [InlineData("end_turn", StopReason.EndTurn)]
    [InlineData("tool_use", StopReason.ToolUse)]
    [InlineData("max_tokens", StopReason.MaxTokens)]
    [InlineData("stop_sequence", StopReason.StopSequence)]
    [InlineData("pause_turn", StopReason.PauseTurn)]
    [InlineData("refusal", StopReason.Refusal)]
    [InlineData("model_context_window_exceeded", StopReason.ContextExceeded)]
    public async Task Answer_EachNativeStopReason_IsTold(string native, StopReason expected)
    {
        await using var calls = await Calls.StartAsync(LoopbackApi.Stream(Sse.Start(), Sse.Stop(native), Sse.End));

        Assert.Equal(expected, (await calls.CallAsync()).Stop);
    }

    [Fact]
    public async Task Answer_CacheKinds_AreCountedApart()
    {
        await using var calls = await Calls.StartAsync(LoopbackApi.Stream(
            Sse.Start("""{"input_tokens":10,"cache_creation_input_tokens":300,"cache_read_input_tokens":4000,"cache_creation":{"ephemeral_5m_input_tokens":100,"ephemeral_1h_input_tokens":200},"output_tokens":2}"""),
            Sse.Text(0, "x"),
            Sse.Stop("end_turn", """{"input_tokens":10,"cache_creation_input_tokens":300,"cache_read_input_tokens":4000,"output_tokens":55}"""),
            Sse.End));

        Assert.Equal(new Usage(10, 55, 4000, 100, 200), (await calls.CallAsync()).Usage);
    }

    [Fact]
    public async Task Answer_ToolCallCutAtTheTokenLimit_IsKeptAsWritten()
    {
        await using var calls = await Calls.StartAsync(LoopbackApi.Stream(
            Sse.Start(), Sse.Tool(0, "t1", "write_file", """{"path":"a","content":"int x"""), Sse.Stop("max_tokens"), Sse.End));

        var answer = await calls.CallAsync();

        Assert.Equal(StopReason.MaxTokens, answer.Stop);
        Assert.Equal([new ModelBlock.ToolCall("t1", "write_file", """{"path":"a","content":"int x""")], answer.Blocks);
    }

    [Fact]
    public async Task Answer_UnknownEventsAndBlocks_ArePassedOver()
    {
        await using var calls = await Calls.StartAsync(LoopbackApi.Stream(
            Sse.Start(),
            "event: news\ndata: {\"type\":\"news\"}\n\n",
            Sse.Open(0, """{"type":"hologram","data":{}}"""),
            Sse.Delta(0, """{"type":"light_delta","light":3}"""),
            Sse.Close(0),
            Sse.Text(1, "ok"),
            Sse.Stop("end_turn"),
            Sse.End));

        Assert.Equal([new ModelBlock.Text("ok")], (await calls.CallAsync()).Blocks);
    }
}
