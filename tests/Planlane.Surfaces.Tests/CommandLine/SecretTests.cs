using System.Text;
using System.Text.Json.Nodes;
using Planlane.Support;
using Planlane.Values;

namespace Planlane.CommandLine;

public sealed class SecretTests
{
    private const string ApiKey = "simulated-key-Nr-42-of-the-test";
    private const string Token = "ghp_" + "0123456789abcdefABCDEF0123456789abcd";

    [Fact]
    public async Task Run_FileWithKeysThatAnAgentReadsAndACommandPrints_LeavesThemInTheFileAlone()
    {
        const string File = "src/Tasklist/TasklistApp.cs";
        await using var collector = await OtlpCollector.StartAsync();
        await using var simulated = await SimulatedRepository.StartAsync(Printing, ApiKey, name: "rest-api", faults: true);
        var repository = simulated.Repository;
        repository.Write(File, repository.Read(File).Replace("        app.MapStatus();\n", $"        // token {Token}, key {ApiKey}\n        app.MapStatus();\n", StringComparison.Ordinal));
        repository.Git("commit", "-q", "-am", "Write a note");
        simulated.Variables["ANTHROPIC_API_KEY"] = ApiKey;
        simulated.Variables["OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"] = "true";
        foreach (var (name, value) in collector.Variables)
            simulated.Variables[name] = value;

        var told = await simulated.RunAsync($"{simulated.Request}", "--auto-approve", "all", "--debug");
        var shown = await simulated.RunAsync("show", "--json");
        var log = await simulated.RunAsync("log", "Haiku-8");

        Assert.True(told.ExitCode == 0, told.Error);
        var state = Path.Combine(repository.Folder, ".git", "planlane");
        // The frozen files of the repository, which commands run on, are the user's own.
        var files = Directory.EnumerateFiles(state, "*", SearchOption.AllDirectories).Where(file => !file.Contains($"{Path.DirectorySeparatorChar}bases{Path.DirectorySeparatorChar}")).ToDictionary(file => Path.GetRelativePath(state, file), System.IO.File.ReadAllText);
        Assert.Contains(files.Keys, name => name.EndsWith("journal.jsonl", StringComparison.Ordinal));
        Assert.Contains(files.Keys, name => name.EndsWith("log.jsonl", StringComparison.Ordinal));
        var written = files.Concat(collector.Bodies.Select((body, number) => KeyValuePair.Create($"trace {number}", Encoding.UTF8.GetString(body))))
            .Concat(simulated.Requests.Select((body, number) => KeyValuePair.Create($"request {number}", body)))
            .Concat(new Dictionary<string, string> { ["out"] = told.Out, ["error"] = told.Error, ["show"] = shown.Out + shown.Error, ["log"] = log.Out + log.Error }).ToList();
        Assert.All(new[] { ApiKey, Token }, secret => Assert.Empty(written.Where(item => item.Value.Contains(secret, StringComparison.Ordinal)).Select(item => item.Key)));
        Assert.All(new[] { "journal.jsonl", "request ", "trace ", "show" }, name => Assert.Contains(written, item => item.Key.Contains(name, StringComparison.Ordinal) && item.Value.Contains(SecretMask.Mark, StringComparison.Ordinal)));
        Assert.Contains($"// token {Token}, key {ApiKey}\n        app.UseErrorHandling();", repository.Read(File), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_RequestWithAToken_IsRecordedWithoutIt()
    {
        await using var simulated = await SimulatedRepository.StartAsync(TelemetryTests.QuickChecks);

        var told = await simulated.RunAsync($"{simulated.Request}\nRequirements:\n- Use {Token}", "--auto-approve", "all");

        Assert.DoesNotContain(Token, told.Out + told.Error + string.Concat(simulated.Requests), StringComparison.Ordinal);
        Assert.Contains(SecretMask.Mark, simulated.Requests[0], StringComparison.Ordinal);
    }

    private static void Printing(JsonObject plan) => plan["checks"] = new JsonArray(new JsonObject { ["name"] = "test", ["command"] = "cat src/Tasklist/TasklistApp.cs" });
}
