using System.Text.Json.Nodes;

namespace Planlane.Simulator;

/// <summary>Does what an engine does for one agent: sends the conversation, runs the tools on files in memory, sends the results.</summary>
internal sealed class SampleAgentRun(SimulatorClient client, string model, string task, Dictionary<string, string> files, Func<string, bool> inLane)
{
    private const int MostTurns = 12;
    private readonly List<JsonObject> _messages = [SimulatorClient.AgentOpening(task)];
    private string? _finishId;

    /// <summary>What was called, turn by turn: <c>!</c> after a call that was refused.</summary>
    public List<string> Turns { get; } = [];

    /// <summary>The input of the last <c>finish</c>.</summary>
    public JsonObject? Report { get; private set; }

    /// <summary>Goes on until the agent finishes.</summary>
    public async Task RunAsync()
    {
        for (var turn = 0; turn < MostTurns; turn++)
        {
            if (await TurnAsync())
                return;
        }

        Assert.Fail($"Task '{task}' did not finish: {string.Join(" / ", Turns)}");
    }

    /// <summary>Answers the last <c>finish</c> with feedback and goes on.</summary>
    public Task FeedbackAsync(string kind, string text)
    {
        var last = _messages[^1]["content"]!.AsArray();
        var result = last.Single(block => (string?)block!["tool_use_id"] == _finishId)!.AsObject();
        result["is_error"] = true;
        result["content"] = $"<feedback kind=\"{kind}\">{text}</feedback>";
        return RunAsync();
    }

    private async Task<bool> TurnAsync()
    {
        var answer = await client.MessageAsync(SimulatorClient.Body(model, [.. _messages.Select(message => message.DeepClone().AsObject())]));
        Assert.True(answer.ContainsKey("content"), answer.ToJsonString());
        var content = answer["content"]!.DeepClone().AsArray();
        _messages.Add(new JsonObject { ["role"] = "assistant", ["content"] = content });
        _finishId = null;
        var results = new JsonArray();
        var calls = new List<string>();
        foreach (var block in content.Where(block => (string?)block!["type"] == "tool_use"))
        {
            var (refused, text) = Use((string)block!["name"]!, block["input"]!.AsObject(), (string)block["id"]!);
            calls.Add($"{block["name"]}{((block["input"]!["path"] ?? block["input"]!["paths"]?[0]) is { } path ? $" {path}" : "")}{(refused ? "!" : "")}");
            results.Add(new JsonObject { ["type"] = "tool_result", ["tool_use_id"] = (string)block["id"]!, ["is_error"] = refused, ["content"] = text });
        }

        Turns.Add(string.Join(", ", calls));
        _messages.Add(new JsonObject { ["role"] = "user", ["content"] = results });
        return _finishId is not null;
    }

    private (bool Refused, string Text) Use(string tool, JsonObject input, string id)
    {
        var path = (string?)(input["path"] ?? input["paths"]?[0]) ?? "";
        switch (tool)
        {
            case "finish":
                _finishId = id;
                Report = input;
                return (false, "ok");
            case "read_files":
                return files.TryGetValue(path, out var text) ? (false, text) : (true, $"There is no file {path}.");
            case "write_file" or "edit_file" when !inLane(path):
                return (true, $"{path} is outside your lane.");
            case "write_file":
                files[path] = (string)input["content"]!;
                return (false, "ok");
            case "edit_file":
                var edit = input["edits"]!.AsArray().Single()!;
                var old = (string)edit["old_text"]!;
                if (!files.TryGetValue(path, out var before) || before.Split(old).Length != 2)
                    return (true, "The text was not found exactly once.");
                files[path] = before.Replace(old, (string)edit["new_text"]!, StringComparison.Ordinal);
                return (false, "ok");
            default:
                return (true, "No such tool.");
        }
    }
}
