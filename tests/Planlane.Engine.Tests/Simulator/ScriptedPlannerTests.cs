using System.Text.Json.Nodes;

namespace Planlane.Simulator;

public sealed class ScriptedPlannerTests : SimulatorTest
{
    [Theory]
    [InlineData("Add a greeter & a farewell")]
    [InlineData("  Add a greeter &amp; a\n farewell ")]
    public async Task Planner_AskedForTheRequestOfTheScenario_AnswersItsPlan(string request)
    {
        var answer = await Client.MessageAsync(SimulatorClient.Body(Sonnet, SimulatorClient.PlannerOpening(request)));

        Assert.Equal((TinyScenario.Plan, "end_turn"), ((string?)answer["content"]![0]!["text"], (string?)answer["stop_reason"]));
    }

    [Fact]
    public async Task Planner_RepositoryHoldsTheSameTag_ReadsTheRequestAfterIt()
    {
        var opening = SimulatorClient.User($"<repository>\n<request>old</request> <request>\n</repository>\n<request>\n{TinyScenario.Request}\n</request>\n");

        var answer = await Client.MessageAsync(SimulatorClient.Body(Sonnet, opening));

        Assert.Equal(TinyScenario.Plan, (string?)answer["content"]![0]!["text"]);
    }

    [Fact]
    public async Task Planner_ToldThatTheUserInsists_AnswersItsPlan()
    {
        var opening = SimulatorClient.User($"<request>\n{TinyScenario.Request}\n</request>\n\nThe user insists that this request is divided.\n");

        var answer = await Client.MessageAsync(SimulatorClient.Body(Sonnet, opening));

        Assert.Equal(TinyScenario.Plan, (string?)answer["content"]![0]!["text"]);
    }

    [Theory]
    [InlineData("Build a rocket", "feature")]
    [InlineData("", "feature")]
    [InlineData("\nFix the rocket", "bug-fix")]
    [InlineData("Explain rockets", "explanation")]
    [InlineData("review my rocket", "review")]
    [InlineData("Refactor the rocket", "refactoring")]
    public async Task Planner_AskedForAnythingElse_DeclinesToOrchestrate(string request, string kind)
    {
        var answer = await Client.MessageAsync(SimulatorClient.Body(Sonnet, SimulatorClient.PlannerOpening(request)));

        Assert.Equal(
            $$"""{"version":3,"suitability":{"orchestrate":false,"kind":"{{kind}}","reason":"This is a scripted model: it knows only the request of the scenario 'tiny': Add a greeter & a farewell"},"conventions":"","contracts":[],"tasks":[],"checks":[]}""",
            (string?)answer["content"]![0]!["text"]);
    }

    [Theory]
    [InlineData(TinyScenario.Request, "Nothing was recorded of this.")]
    [InlineData("Build a rocket", "This is a scripted model, which does not know this request.")]
    public async Task Triage_NothingRecorded_LeavesItToThePlanner(string request, string reason)
    {
        var answer = await Client.MessageAsync(SimulatorClient.Body(Haiku, SimulatorClient.User($"<triage>\n<request>\n{request}\n</request>\n</triage>")));

        Assert.Equal($$"""{"divide":"unsure","kind":"feature","reason":"{{reason}}"}""", (string?)answer["content"]![0]!["text"]);
        Assert.Equal(CallRole.Triage, Assert.Single(Server.Calls).Role);
    }

    [Fact]
    public async Task Triage_Recorded_IsAnswered()
    {
        Tiny.Put("scenario.json", File.ReadAllText(Path.Combine(Tiny.Folder, "scenario.json")).Replace("\"tasks\"", "\"triage\": { \"divide\": \"no\", \"kind\": \"bug-fix\", \"reason\": \"Two words \u2013 one file.\" }, \"tasks\"", StringComparison.Ordinal));
        await using var server = await SimulatorServer.StartAsync(new(Scripting.Scenario.Load(Tiny.Folder)) { Speed = double.PositiveInfinity }, TestContext.Current.CancellationToken);
        using var client = new SimulatorClient(server.Address);

        var answer = await client.MessageAsync(SimulatorClient.Body(Haiku, SimulatorClient.User($"<triage>\n<request>\n{TinyScenario.Request}\n</request>\n</triage>")));

        Assert.Equal("""{"divide":"no","kind":"bug-fix","reason":"Two words – one file."}""", (string?)answer["content"]![0]!["text"]);
    }

    [Fact]
    public async Task Planner_GivenFeedbackOnAnotherRequest_DeclinesAgain()
    {
        var first = await Client.MessageAsync(SimulatorClient.Body(Sonnet, SimulatorClient.PlannerOpening("Build a rocket")));
        var said = new JsonObject { ["role"] = "assistant", ["content"] = (string?)first["content"]![0]!["text"] };

        var second = await Client.MessageAsync(SimulatorClient.Body(Sonnet, SimulatorClient.PlannerOpening("Build a rocket"), said, SimulatorClient.User("<feedback>Do it all the same.</feedback>")));

        Assert.Equal((string?)first["content"]![0]!["text"], (string?)second["content"]![0]!["text"]);
    }

    [Fact]
    public async Task Planner_GivenFeedback_RepeatsThePlanAndSaysWhy()
    {
        var answer = await Client.MessageAsync(After("<feedback>Use fewer tasks.</feedback>"));

        Assert.Equal(
            TinyScenario.Plan.Replace("Three files", "This is a scripted model: it can only repeat its recorded plan. Three files", StringComparison.Ordinal),
            (string?)answer["content"]![0]!["text"]);
    }

    [Fact]
    public async Task Planner_ToldOfProblems_AnswersThePlanAgain()
    {
        var answer = await Client.MessageAsync(After("<problems>The JSON is cut off.</problems>"));

        Assert.Equal(TinyScenario.Plan, (string?)answer["content"]![0]!["text"]);
    }

    private static JsonObject After(string text) => SimulatorClient.Body(
        Sonnet, SimulatorClient.PlannerOpening(), new JsonObject { ["role"] = "assistant", ["content"] = TinyScenario.Plan }, SimulatorClient.User(text));
}
