using System.Text.Json.Nodes;
using Planlane.Support;

namespace Planlane.CommandLine;

/// <summary>Reviews that are decided by flags and files, without a terminal.</summary>
public sealed class ReviewTests
{
    private const string TokenTests = "tests/Shop.Tests/Auth/JwtTokensTests.cs";

    [Fact]
    public async Task Review_Json_HoldsEverythingAndADecisionThatLands()
    {
        await using var simulated = await WaitingAsync("true");
        var journal = Journal(simulated);

        var told = await simulated.RunAsync("review", "--json");

        Assert.Equal((3, journal), (told.ExitCode, Journal(simulated)));
        var review = JsonOf(told.Out, "review");
        var agents = review["agents"]!.AsArray();
        Assert.Equal("Plan", (string?)agents[0]!["agent"]);
        Assert.Contains(agents, agent => agent!["files"]!.AsArray().Any(file => file!["risks"]!.AsArray().Any(risk => (string?)risk!["kind"] == "security")));
        Assert.All(agents, agent => Assert.All(agent!["files"]!.AsArray(), file => Assert.Matches("^[0-9a-f]{8}$", (string)file!["hunks"]![0]!["id"]!)));

        var decision = review["decision"]!.AsObject();
        decision["reject"] = new JsonArray($"{AgentOf(agents, TokenTests)}:{TokenTests}");
        var path = Path.Combine(simulated.Repository.Folder, ".git", "decision.json");
        await File.WriteAllTextAsync(path, decision.ToJsonString(), TestContext.Current.CancellationToken);
        var landed = await simulated.RunAsync("review", "--decision", path);

        Assert.Equal(4, landed.ExitCode);
        Assert.Contains($"without {TokenTests} of ", landed.Error, StringComparison.Ordinal);
        Assert.Contains("Some files, or parts of them, were left out.", landed.Out, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(simulated.Repository.Folder, TokenTests)));
        Assert.Equal(6, simulated.Repository.Git("log", "--format=%s", "--grep=Planlane-Run").Split('\n').Length);
    }

    [Fact]
    public async Task Review_WrongOrUnclearDecisions_AreRefusedAndChangeNothing()
    {
        await using var simulated = await WaitingAsync("true");
        var head = simulated.Repository.Git("rev-parse", "HEAD");
        var cases = new (int Code, string Words, string[] Arguments)[]
        {
            (2, "No agent is named 'Haiku-9'. hint: There are Haiku-1, Haiku-2", ["--approve", "all", "--reject", "Haiku-9"]),
            (2, "changes no file 'src/none.cs'. hint: Its files are ", ["--approve", "all", "--reject", "Haiku-1:src/none.cs"]),
            (2, "has no hunk '9'.", ["--approve", "all", "--reject", "Haiku-1:JwtTokens.cs#9"]),
            (2, "Nothing is said of Haiku-2", ["--approve", "Haiku-1"]),
            (2, "Haiku-1 is both approved and rejected.", ["--approve", "Haiku-1", "--reject", "Haiku-1"]),
            (2, "Haiku-1 is rejected and asked for changes.", ["--approve", "all", "--reject", "Haiku-1", "--comment", "Haiku-1", "Shorter"]),
            (2, "Contracts were approved with the plan", ["--approve", "all", "--reject", "Plan"]),
            (2, "has no line 9999 as it is proposed.", ["--approve", "all", "--comment", "Haiku-1:JwtTokens.cs:9999", "Shorter"]),
            (2, "a rule for work that was not looked at", ["--approve", "all", "--auto-approve", "changes"]),
            (2, "--comment takes a place and the words", ["--comment", "Haiku-1", "a", "Haiku-2"]),
            (7, "The decision is for the work 1111111, but the work of this run is ", ["--approve", "all", "--work", "1111111"]),
        };

        foreach (var (code, words, arguments) in cases)
        {
            var result = await simulated.RunAsync(["review", .. arguments]);
            Assert.Equal(code, result.ExitCode);
            Assert.Contains(words, result.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
        }

        Assert.Equal(head, simulated.Repository.Git("rev-parse", "HEAD"));
    }

    [Fact]
    public async Task Review_ViewedAndComment_SurviveTheProcessAndReachTheAgent()
    {
        await using var simulated = await WaitingAsync("true");

        var viewed = await simulated.RunAsync("review", "--viewed", "all");
        var all = JsonOf((await simulated.RunAsync("review", "--json")).Out, "review");
        var asked = await simulated.RunAsync("review", "--approve", "all", "--comment", "jwt:JwtTokens.cs:3", "Explain this line");
        var then = JsonOf((await simulated.RunAsync("review", "--json")).Out, "review");
        var landed = await simulated.RunAsync("review", "--approve", "all", "--work", ((string)then["work"]!)[..12]);

        Assert.Equal((3, 3, 0), (viewed.ExitCode, asked.ExitCode, landed.ExitCode));
        Assert.Equal((int)all["files"]!, (int)all["viewed"]!);
        Assert.Contains("src/Shop/Auth/JwtTokens.cs:3: at the line", simulated.Requests[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Review_RestFailsItsChecks_LandsNothingAndSaysSo()
    {
        await using var simulated = await WaitingAsync($"test -f {TokenTests}");
        var head = simulated.Repository.Git("rev-parse", "HEAD");

        var failed = await simulated.RunAsync("review", "--approve", "all", "--reject", $"unit-tests:{TokenTests}");
        var blind = await simulated.RunAsync("review", "--approve", "all");
        var work = (string)JsonOf((await simulated.RunAsync("review", "--json")).Out, "review")["work"]!;
        var named = await simulated.RunAsync("review", "--approve", "all", "--work", work);

        Assert.Equal((6, 6), (failed.ExitCode, blind.ExitCode));
        Assert.Contains("Checks failed on what was to be committed, so nothing was.", failed.Error, StringComparison.Ordinal);
        Assert.Contains($"--work {work[..12]}", blind.Error, StringComparison.Ordinal);
        Assert.Equal(4, named.ExitCode);
        Assert.NotEqual(head, simulated.Repository.Git("rev-parse", "HEAD"));
    }

    // A run of the scenario whose work waits.
    private static async Task<SimulatedRepository> WaitingAsync(string check)
    {
        var simulated = await SimulatedRepository.StartAsync(plan => plan["checks"] = new JsonArray(new JsonObject { ["name"] = "test", ["command"] = check }));
        var waiting = await simulated.RunAsync(simulated.Request, "--auto-approve", "plan");
        Assert.Equal(3, waiting.ExitCode);
        Assert.Contains("Decide: planlane review ", waiting.Error, StringComparison.Ordinal);
        return simulated;
    }

    private static JsonNode JsonOf(string lines, string type) => lines.Split('\n').Select(line => JsonNode.Parse(line)!).Single(line => (string?)line["type"] == type);

    private static string AgentOf(JsonArray agents, string path) => (string)agents.First(agent => agent!["files"]!.AsArray().Any(file => (string?)file!["path"] == path))!["agent"]!;

    private static string Journal(SimulatedRepository simulated) =>
        File.ReadAllText(Directory.EnumerateFiles(Path.Combine(simulated.Repository.Folder, ".git", "planlane", "runs"), "journal.jsonl", SearchOption.AllDirectories).Single());
}
