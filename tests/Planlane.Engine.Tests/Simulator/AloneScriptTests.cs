using System.Text.Json.Nodes;
using Planlane.Simulator.Faults;
using Planlane.Simulator.Scripting;

namespace Planlane.Simulator;

/// <summary>One agent that does all of a scenario by itself, in a client of its own, and what goes wrong with whole tasks.</summary>
public sealed class AloneScriptTests : SimulatorTest
{
    private const string Build = "build";

    [Theory]
    [InlineData(14, false)]
    [InlineData(6, true)]
    public async Task Alone_WithoutMistakes_WritesEverythingInItsTurns(int turns, bool isBatched)
    {
        await using var server = await StartAsync(new AlonePace(turns, isBatched, 0.72));
        using var client = new SimulatorClient(server.Address);

        var answers = await RunAsync(client);

        Assert.Equal(turns, answers.Count);
        Assert.Equal(TinyScenario.Greeter, _files["src/Greeter.cs"]);
        Assert.Equal("// start\nPrint(Greeter.Hello);\n", _files["src/Program.cs"]);
        Assert.Equal($"run {Build}", answers[^2].Split(", ")[^1]);
        Assert.Equal("", answers[^1]);
    }

    [Fact]
    public async Task Alone_WithCodeThatDoesNotCompile_MendsTheLineAndCountsTheTurnAmongItsOwn()
    {
        var pace = new AlonePace(14, false, 0.72);
        await using var server = await StartAsync(pace, Options with { LargeModels = new Imperfection { BrokenCode = 1 } });
        using var client = new SimulatorClient(server.Address);

        var answers = await RunAsync(client);

        Assert.Equal(TinyScenario.Greeter, _files["src/Greeter.cs"]);
        Assert.Contains("edit_file src/Greeter.cs, run build", answers);
        Assert.Equal(pace.Turns, answers.Count);
    }

    [Fact]
    public async Task Agent_WhoseTaskIsTooHard_NeverWritesWhatCompilesUntilALargeModelTakesOver()
    {
        await using var server = await StartAsync(null, Options with { Weakness = new Weakness { StuckRate = 1, MendsByEdit = true } });
        using var client = new SimulatorClient(server.Address);
        var files = new Dictionary<string, string> { ["src/Program.cs"] = "// start\n" };
        var small = new SampleAgentRun(client, Haiku, "greeter", files, _ => true);

        await small.RunAsync();
        await small.FeedbackAsync("check", "error CS1513: } expected");
        Assert.NotEqual(TinyScenario.Greeter, files["src/Greeter.cs"]);
        Assert.All(server.Calls, call => Assert.Equal("Stuck", call.Mistake));

        await new SampleAgentRun(client, Sonnet, "greeter", files, _ => true).RunAsync();
        Assert.Equal(TinyScenario.Greeter, files["src/Greeter.cs"]);
    }

    [Fact]
    public async Task Agent_WithASlip_WritesItWithoutNoticeAndMendsItByAnEditWhenTold()
    {
        var slip = new Slip("src/Greeter.cs", "Hello", "Greeting", SmallRate: 1, LargeRate: 0);
        await using var server = await StartAsync(null, Options with { Weakness = new Weakness { Slips = [slip], MendsByEdit = true } });
        using var client = new SimulatorClient(server.Address);
        var files = new Dictionary<string, string> { ["src/Program.cs"] = "// start\n" };
        var run = new SampleAgentRun(client, Haiku, "greeter", files, _ => true);

        await run.RunAsync();
        Assert.Equal(TinyScenario.Greeter.Replace("Hello", "Greeting", StringComparison.Ordinal), files["src/Greeter.cs"]);

        await run.FeedbackAsync("check", "error CS0117: 'Greeter' does not contain a definition for 'Hello'");
        Assert.Equal(TinyScenario.Greeter, files["src/Greeter.cs"]);
        Assert.Equal("edit_file src/Greeter.cs, finish", run.Turns[^1]);
    }

    private readonly Dictionary<string, string> _files = new() { ["src/Program.cs"] = "// start\n", ["README.md"] = "hello\n" };

    private Task<SimulatorServer> StartAsync(AlonePace? pace, SimulatorOptions? options = null)
    {
        // The scenario's plan has no checks of its own, and one agent alone needs something to run.
        var plan = JsonNode.Parse(Tiny.Scenario.Plan)!;
        plan["checks"] = new JsonArray(new JsonObject { ["name"] = "build", ["command"] = Build });
        return SimulatorServer.StartAsync((options ?? Options) with { Scenario = Tiny.Scenario.WithPlan(plan.ToJsonString()), Alone = pace }, TestContext.Current.CancellationToken);
    }

    // What is called, answer by answer, until an answer calls nothing.
    private async Task<List<string>> RunAsync(SimulatorClient client)
    {
        var messages = new List<JsonObject> { SimulatorClient.AgentOpening(AlonePace.TaskName) };
        var answers = new List<string>();
        while (answers.Count < 40 && answers.LastOrDefault() != "")
        {
            var answer = await client.MessageAsync(SimulatorClient.Body(Sonnet, [.. messages.Select(message => message.DeepClone().AsObject())]));
            var content = answer["content"]!.DeepClone().AsArray();
            messages.Add(new JsonObject { ["role"] = "assistant", ["content"] = content });
            var calls = content.Where(block => (string?)block!["type"] == "tool_use").Select(block => block!.AsObject()).ToList();
            answers.Add(string.Join(", ", calls.Select(call => $"{call["name"]} {call["input"]!["path"] ?? call["input"]!["command"]}".TrimEnd())));
            if (calls.Count > 0)
                messages.Add(new JsonObject { ["role"] = "user", ["content"] = new JsonArray([.. calls.Select(Result)]) });
        }

        return answers;
    }

    private JsonObject Result(JsonObject call)
    {
        var input = call["input"]!;
        var path = (string?)input["path"] ?? "";
        var isError = false;
        switch ((string)call["name"]!)
        {
            case "write_file":
                _files[path] = (string)input["content"]!;
                break;
            case "edit_file":
                foreach (var edit in input["edits"]!.AsArray())
                    _files[path] = _files[path].Replace((string)edit!["old_text"]!, (string)edit["new_text"]!, StringComparison.Ordinal);
                break;
            case "run":
                isError = _files.TryGetValue("src/Greeter.cs", out var text) && text != TinyScenario.Greeter;
                break;
        }

        return new JsonObject { ["type"] = "tool_result", ["tool_use_id"] = (string)call["id"]!, ["is_error"] = isError, ["content"] = "ok" };
    }
}
