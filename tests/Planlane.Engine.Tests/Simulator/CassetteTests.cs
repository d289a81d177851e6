using Planlane.Simulator.Cassettes;
using Planlane.Values;

namespace Planlane.Simulator;

/// <summary>Calls recorded from one simulator and played by another.</summary>
public sealed class CassetteTests : SimulatorTest
{
    private const string Key = "sk-ant-api03-abcdefghijklmnopqrstuvwxyz";
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"planlane-cassette-{Guid.NewGuid():N}.jsonl");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Replay_OfARecording_AnswersTheSameBytesAndLimits()
    {
        await using var recorder = await StartAsync(Options with { Record = new RecordingTarget(Server.Address, _file) });
        using var recording = new SimulatorClient(recorder.Address);
        var streamed = await recording.StreamAsync(Planner());
        using var whole = await recording.PostAsync("/v1/messages", Agent());
        using var refused = await recording.PostAsync("/v1/messages", "{}");

        await using var player = await StartAsync(Options with { Replay = Cassette.Load(_file) });
        using var playing = new SimulatorClient(player.Address);
        var again = await playing.StreamAsync(Planner());
        using var wholeAgain = await playing.PostAsync("/v1/messages", Agent());
        using var refusedAgain = await playing.PostAsync("/v1/messages", "{}");

        Assert.Equal(streamed.Select(item => $"{item.Name} {item.Data.ToJsonString()}"), again.Select(item => $"{item.Name} {item.Data.ToJsonString()}"));
        Assert.Equal(await whole.Content.ReadAsStringAsync(Token), await wholeAgain.Content.ReadAsStringAsync(Token));
        Assert.Equal(400, (int)refusedAgain.StatusCode);
        foreach (var header in new[] { "anthropic-ratelimit-requests-remaining", "request-id" })
            Assert.Equal(whole.Headers.GetValues(header), wholeAgain.Headers.GetValues(header));
        File.Delete(_file);
    }

    [Fact]
    public async Task Replay_OfTheSameQuestionInAnotherSpelling_IsFound()
    {
        await using var recorder = await StartAsync(Options with { Record = new RecordingTarget(Server.Address, _file) });
        using var recording = new SimulatorClient(recorder.Address);
        using var first = await recording.PostAsync("/v1/messages", """{"model":"claude-haiku-4-5","max_tokens":900,"messages":[{"role":"user","content":"<task id=\"farewell\">"}]}""");
        await using var player = await StartAsync(Options with { Replay = Cassette.Load(_file) });
        using var playing = new SimulatorClient(player.Address);

        using var found = await playing.PostAsync("/v1/messages", """{ "messages": [{"content":"\u003ctask id=\"farewell\">","role":"user"}], "max_tokens":900, "model":"claude-haiku-4-5" }""");
        using var missing = await playing.PostAsync("/v1/messages", Planner());

        Assert.Equal((200, 404), ((int)found.StatusCode, (int)missing.StatusCode));
        File.Delete(_file);
    }

    [Fact]
    public async Task Recording_OfARequestThatHoldsKeys_HoldsNone()
    {
        await using var recorder = await StartAsync(Options with { Record = new RecordingTarget(Server.Address, _file) });
        using var recording = new SimulatorClient(recorder.Address);
        recording.Headers.Remove("x-api-key");
        recording.Headers.Add("x-api-key", "a-secret-of-no-known-kind");
        using var response = await recording.PostAsync("/v1/messages", SimulatorClient.Body(Haiku, SimulatorClient.User($"<task id=\"moon\"> {Key} a-secret-of-no-known-kind AKIAABCDEFGHIJKLMNOP")));

        var written = await File.ReadAllTextAsync(_file, Token);
        Assert.Equal(400, (int)response.StatusCode);
        Assert.Contains($"{SecretMask.Mark} {SecretMask.Mark} {SecretMask.Mark}", written, StringComparison.Ordinal);
        Assert.All([Key, "a-secret-of-no-known-kind", "AKIAABCDEFGHIJKLMNOP"], secret => Assert.DoesNotContain(secret, written, StringComparison.Ordinal));
        File.Delete(_file);
    }

    private static Task<SimulatorServer> StartAsync(SimulatorOptions options) => SimulatorServer.StartAsync(options, Token);

    private static System.Text.Json.Nodes.JsonObject Planner() => SimulatorClient.Body(Sonnet, SimulatorClient.PlannerOpening());

    private static System.Text.Json.Nodes.JsonObject Agent() => SimulatorClient.Body(Haiku, SimulatorClient.AgentOpening("greeter"));
}
