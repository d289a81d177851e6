using System.Text.Json;
using Planlane.Values;

namespace Planlane.Models;

public sealed class ModelRequestTests
{
    private static readonly ModelTool Write = new("write_file", "Writes <a> file & more.", """{"type":"object","properties":{"path":{"type":"string"},"content":{"type":"string"}},"required":["path","content"]}""");

    private static readonly ModelTool Finish = new("finish", "Ends the task.", """{"type":"object","properties":{}}""", Strict: true);

    [Fact]
    public async Task Body_OfAWholeConversation_IsWhatTheApiAsksFor()
    {
        await using var calls = await Calls.StartAsync(LoopbackApi.Stream(Sse.Hello));

        await calls.CallAsync(new ModelRequest(new ModelId("claude-sonnet-4-5"), 900,
        [
            new(ModelRole.User, [new ModelBlock.Text("<shared>é + \"x\"") { Cache = CacheLifetime.OneHour }, new ModelBlock.Text("brief")]),
            new(ModelRole.Assistant,
            [
                new ModelBlock.Thinking("", "sig"),
                new ModelBlock.Thinking("", "blob", IsRedacted: true),
                new ModelBlock.Text("I write. "),
                new ModelBlock.ToolCall("t1", "write_file", """{"path": "b", "content": "c", "a": [1.50]}"""),
                new ModelBlock.ToolCall("t2", "finish", """{"work": "cut he"""),
            ]),
            new(ModelRole.User, [new ModelBlock.ToolResult("t1", "ok"), new ModelBlock.ToolResult("t2", "no", IsError: true) { Cache = CacheLifetime.FiveMinutes }, new ModelBlock.Text(" ")]),
        ])
        {
            System = [new ModelBlock.Text("rules")],
            Tools = [Write, Finish],
            OutputSchema = """{"anyOf":[{"type":"object"}]}""",
            Effort = ModelEffort.Low,
        });

        Assert.Equal(
            """
            {"model":"claude-sonnet-4-5",
            "tools":[{"name":"finish","description":"Ends the task.","input_schema":{"type":"object","properties":{}},"strict":true},
            {"name":"write_file","description":"Writes <a> file & more.","input_schema":{"type":"object","properties":{"path":{"type":"string"},"content":{"type":"string"}},"required":["path","content"]}}],
            "system":[{"type":"text","text":"rules"}],
            "messages":[{"role":"user","content":[{"type":"text","text":"<shared>é + \"x\"","cache_control":{"type":"ephemeral","ttl":"1h"}},{"type":"text","text":"brief"}]},
            {"role":"assistant","content":[{"type":"thinking","thinking":"","signature":"sig"},{"type":"redacted_thinking","data":"blob"},{"type":"text","text":"I write. "},
            {"type":"tool_use","id":"t1","name":"write_file","input":{"path":"b","content":"c","a":[1.50]}},{"type":"tool_use","id":"t2","name":"finish","input":{}}]},
            {"role":"user","content":[{"type":"tool_result","tool_use_id":"t1","content":"ok"},{"type":"tool_result","tool_use_id":"t2","content":"no","is_error":true,"cache_control":{"type":"ephemeral"}}]}],
            "max_tokens":900,
            "output_config":{"effort":"low","format":{"type":"json_schema","schema":{"anyOf":[{"type":"object"}]}}},
            "stream":true}
            """.ReplaceLineEndings(""),
            Assert.Single(calls.Api.Bodies));
    }

    [Fact]
    public async Task Body_RequestsThatShareTheirFirstBlocks_HaveTheSameBytesUpToTheBreakpoint()
    {
        await using var calls = await Calls.StartAsync(LoopbackApi.Stream(Sse.Hello), LoopbackApi.Stream(Sse.Hello));
        var shared = new ModelBlock.Text("shared") { Cache = CacheLifetime.FiveMinutes };

        await calls.CallAsync(new ModelRequest(Calls.Hello.Model, 100, [new(ModelRole.User, [shared, new ModelBlock.Text("own one")])]) { Tools = [Write, Finish] });
        await calls.CallAsync(new ModelRequest(Calls.Hello.Model, 9999,
        [
            new(ModelRole.User, [shared, new ModelBlock.Text("own two")]),
            new(ModelRole.Assistant, [new ModelBlock.Text("so")]),
            new(ModelRole.User, [new ModelBlock.Text("more") { Cache = CacheLifetime.FiveMinutes }]),
        ])
        { Tools = [Finish, Write], OutputSchema = """{"type":"object"}""" });

        var prefixes = calls.Api.Bodies.Select(body => body[..body.IndexOf(""",{"type":"text","text":"own""", StringComparison.Ordinal)]).ToList();
        Assert.EndsWith("""{"type":"text","text":"shared","cache_control":{"type":"ephemeral"}}""", prefixes[0]);
        Assert.Equal(prefixes[0], prefixes[1]);
    }

    [Fact]
    public async Task Body_MoreThanFourBreakpoints_KeepsTheFirstAndTheLastThree()
    {
        await using var calls = await Calls.StartAsync(LoopbackApi.Stream(Sse.Hello));
        ModelMessage Marked(string text) => new(ModelRole.User, [new ModelBlock.Text(text) { Cache = CacheLifetime.FiveMinutes }]);

        await calls.CallAsync(new ModelRequest(Calls.Hello.Model, 100, [Marked("b"), Marked("c"), Marked("d"), Marked("e"), Marked("f")])
        {
            System = [new ModelBlock.Text("a") { Cache = CacheLifetime.FiveMinutes }],
        });

        using var body = JsonDocument.Parse(calls.Api.Bodies.Single());
        var blocks = body.RootElement.GetProperty("system").EnumerateArray()
            .Concat(body.RootElement.GetProperty("messages").EnumerateArray().SelectMany(message => message.GetProperty("content").EnumerateArray()));
        Assert.Equal(["a", "d", "e", "f"], blocks.Where(block => block.TryGetProperty("cache_control", out _)).Select(block => block.GetProperty("text").GetString()!));
    }

    [Fact]
    public void Block_WrittenToAJournal_ReadsBackEqual()
    {
        ValueList<ModelBlock> blocks =
        [
            new ModelBlock.Text("a") { Cache = CacheLifetime.OneHour },
            new ModelBlock.Thinking("b", "c"),
            new ModelBlock.ToolCall("d", "e", "{}"),
            new ModelBlock.ToolResult("f", "g", true),
        ];

        Assert.Equal(blocks, JsonSerializer.Deserialize<ValueList<ModelBlock>>(JsonSerializer.Serialize(blocks)));
    }
}
