using System.Text.Json.Nodes;

namespace Planlane.Simulator;

public sealed class ScriptedAgentTests : SimulatorTest
{
    private readonly Dictionary<string, string> _files = new() { ["src/Program.cs"] = "// start\n", ["README.md"] = "hello\n" };

    [Fact]
    public async Task Agent_FreshTask_WritesAllAndFinishesInOneTurn()
    {
        var run = Run("greeter");

        await run.RunAsync();

        Assert.Equal(["write_file src/Greeter.cs, edit_file src/Program.cs, finish"], run.Turns);
        Assert.Equal("""{"status":"complete","work":"Added the greeter"}""", run.Report!.ToJsonString());
        Assert.Equal((TinyScenario.Greeter, "// start\nPrint(Greeter.Hello);\n"), (_files["src/Greeter.cs"], _files["src/Program.cs"]));
    }

    [Fact]
    public async Task Agent_WhoWorksOneByOne_MakesOneCallATurn()
    {
        Tiny.Put("scenario.json", File.ReadAllText(Path.Combine(Tiny.Folder, "scenario.json")).Replace("\"work\": \"Added the greeter\"", "\"oneByOne\": true, \"work\": \"Added the greeter\"", StringComparison.Ordinal));
        await using var server = await SimulatorServer.StartAsync(new(Scripting.Scenario.Load(Tiny.Folder)) { Speed = double.PositiveInfinity }, TestContext.Current.CancellationToken);
        using var client = new SimulatorClient(server.Address);
        var run = new SampleAgentRun(client, Haiku, "greeter", _files, path => path.StartsWith("src/", StringComparison.Ordinal));

        await run.RunAsync();

        Assert.Equal(["write_file src/Greeter.cs", "edit_file src/Program.cs", "finish"], run.Turns);
    }

    [Fact]
    public async Task Agent_PartOfTheWorkDone_DoesOnlyTheRest()
    {
        var use = new JsonObject { ["path"] = "src/Greeter.cs", ["content"] = TinyScenario.Greeter };
        var answer = await Client.MessageAsync(SimulatorClient.Body(Haiku, SimulatorClient.AgentOpening("greeter"), Asked("write_file", use), Told(isError: false, "ok")));

        Assert.Equal("edit_file(src/Program.cs) finish(complete)", Calls(answer));
    }

    [Fact]
    public async Task Agent_OnAnotherModel_GoesOnWithTheSameConversation()
    {
        var use = new JsonObject { ["path"] = "src/Greeter.cs", ["content"] = TinyScenario.Greeter };
        var answer = await Client.MessageAsync(SimulatorClient.Body(Sonnet, SimulatorClient.AgentOpening("greeter"), Asked("write_file", use), Told(isError: false, "ok")));

        Assert.Equal("edit_file(src/Program.cs) finish(complete)", Calls(answer));
    }

    [Fact]
    public async Task Agent_ThatTakesATaskOver_DoesOnlyWhatTheFilesLack()
    {
        var opening = SimulatorClient.User(
            $"<task id=\"greeter\" agent=\"Haiku-1\">\nBrief\n<so-far>\n<file path=\"src/Greeter.cs\">\n{TinyScenario.BrokenGreeter}</file>\n<file path=\"src/Program.cs\">\n// start\nPrint(Greeter.Hello);\n</file>\n</so-far>\n</task>");

        var answer = await Client.MessageAsync(SimulatorClient.Body(Sonnet, opening));

        Assert.Equal("write_file(src/Greeter.cs) finish(complete)", Calls(answer));
    }

    [Fact]
    public async Task Agent_BriefAfterSharedContext_IsFound()
    {
        var opening = JsonNode.Parse("""{"role":"user","content":[{"type":"text","text":"<shared><request>x</request></shared>"},{"type":"text","text":"<task id=\"farewell\" agent=\"Haiku-3\">"}]}""")!.AsObject();

        var answer = await Client.MessageAsync(SimulatorClient.Body(Haiku, opening));

        Assert.Equal("edit_file(README.md) finish(complete)", Calls(answer));
    }

    [Fact]
    public async Task Agent_EditRefused_ReadsAgainThenTriesOnceMoreThenIsBlocked()
    {
        _files["README.md"] = "something else\n";
        var run = Run("farewell");

        await run.RunAsync();
        Assert.Equal("complete", (string?)run.Report!["status"]);
        await run.FeedbackAsync("incomplete", "README.md is not changed.");

        Assert.Equal(["edit_file README.md!, finish", "read_files README.md", "edit_file README.md!, finish"], run.Turns);
        await run.FeedbackAsync("incomplete", "README.md is not changed.");
        Assert.Equal(
            """{"status":"blocked","notes":"The change of README.md was refused twice."}""",
            run.Report.ToJsonString());
    }

    [Fact]
    public async Task Agent_EditRefusedAsTheFileHoldsItAlready_Finishes()
    {
        _files["README.md"] = "hello and good-bye\nhello\n";
        var run = Run("farewell");

        await run.RunAsync();
        await run.FeedbackAsync("incomplete", "An edit was refused.");

        Assert.Equal(["edit_file README.md!, finish", "read_files README.md", "finish"], run.Turns);
    }

    [Fact]
    public async Task Agent_CheckFailedButNothingLeft_SaysSo()
    {
        var run = Run("greeter");
        await run.RunAsync();

        await run.FeedbackAsync("check", "error CS1002");

        Assert.Equal("finish", run.Turns[^1]);
        Assert.Equal("I am a scripted model: nothing of my recorded work is left to write.", (string?)run.Report!["notes"]);
    }

    [Fact]
    public async Task Agent_ReviewAsksForChanges_WritesTheOtherVersionOnce()
    {
        var run = Run("greeter");
        await run.RunAsync();

        await run.FeedbackAsync("review", "Say good morning.");
        Assert.Equal(("write_file src/Greeter.cs, finish", TinyScenario.LongGreeter), (run.Turns[^1], _files["src/Greeter.cs"]));

        await run.FeedbackAsync("review", "Say good evening.");
        Assert.Equal(("finish", "I am a scripted model: I can only repeat my recorded work."), (run.Turns[^1], (string?)run.Report!["notes"]));
    }

    [Fact]
    public async Task Agent_ReviewWithoutOtherVersion_SaysThatItOnlyRepeats()
    {
        var run = Run("farewell");
        await run.RunAsync();

        await run.FeedbackAsync("review", "Say more.");

        Assert.Equal(("finish", "I am a scripted model: I can only repeat my recorded work."), (run.Turns[^1], (string?)run.Report!["notes"]));
    }

    [Fact]
    public async Task Agent_EndedWithoutFinish_FinishesWhenTold()
    {
        var body = SimulatorClient.Body(
            Haiku,
            SimulatorClient.AgentOpening("greeter-tests"),
            new JsonObject { ["role"] = "assistant", ["content"] = "Done." },
            SimulatorClient.User("<feedback kind=\"incomplete\">Call finish.</feedback>"));

        Assert.Equal("write_file(tests/GreeterTests.cs) finish(complete)", Calls(await Client.MessageAsync(body)));
    }

    private SampleAgentRun Run(string task) => new(Client, Haiku, task, _files, _ => true);

    private static JsonObject Asked(string tool, JsonObject input) => new()
    {
        ["role"] = "assistant",
        ["content"] = new JsonArray(new JsonObject { ["type"] = "tool_use", ["id"] = "toolu_1", ["name"] = tool, ["input"] = input }),
    };

    private static JsonObject Told(bool isError, string text) => new()
    {
        ["role"] = "user",
        ["content"] = new JsonArray(new JsonObject { ["type"] = "tool_result", ["tool_use_id"] = "toolu_1", ["is_error"] = isError, ["content"] = text }),
    };
}
