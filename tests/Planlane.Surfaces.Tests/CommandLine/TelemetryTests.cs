using System.Text;
using System.Text.Json.Nodes;
using Planlane.Support;
using Planlane.Testing;

namespace Planlane.CommandLine;

public sealed class TelemetryTests
{
    [Fact]
    public async Task Run_WithACollector_SendsTheWholeTreeWithTheFiguresOfTheJournal()
    {
        await using var collector = await OtlpCollector.StartAsync();
        await using var simulated = await SimulatedRepository.StartAsync(QuickChecks);
        Add(simulated, collector.Variables);
        Add(simulated, new() { ["OTEL_SERVICE_NAME"] = "nightly", ["OTEL_RESOURCE_ATTRIBUTES"] = "team=shop" });

        var result = await simulated.RunAsync(simulated.Request, "--auto-approve", "all", "--json");

        Assert.True(result.ExitCode == 0, result.Error);
        var summary = result.Lines[^1].GetProperty("summary");
        var spans = collector.Spans();
        Snapshot.Match(Tree(spans));
        Assert.Single(spans.Select(span => span.Trace).Distinct());
        Assert.Equal(("nightly", "shop"), (collector.Resource()["service.name"], collector.Resource()["team"]));
        var usage = result.Lines.Where(line => line.TryGetProperty("call", out _)).Select(line => line.GetProperty("call")).ToList();
        var chats = spans.Where(span => span.Name.StartsWith("chat ", StringComparison.Ordinal)).ToList();
        Assert.Equal(usage.Count, chats.Count);
        Assert.Equal(usage.Sum(call => Input(call)), chats.Sum(span => (long)span.Tags["gen_ai.usage.input_tokens"]!));
        var cost = usage.Sum(call => call.GetProperty("cost").GetProperty("usd").GetDouble());
        var metrics = collector.Metrics();
        Assert.Equal(cost, chats.Sum(span => (double)span.Tags["planlane.cost.usd"]!), 6);
        Assert.Equal(cost, metrics["planlane.cost.usd"], 6);
        Assert.Equal(usage.Sum(call => Input(call) + call.GetProperty("usage").GetProperty("output").GetInt64()), metrics["gen_ai.client.token.usage"]);
        Assert.DoesNotContain(spans, span => span.Tags.ContainsKey("gen_ai.output.messages") || span.Tags.ContainsKey("gen_ai.tool.call.arguments"));
        Assert.Contains("\"cost\"", summary.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_InterruptedWithACollector_SendsWhatItHas()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows sends no such signals to a single process.");
        await using var collector = await OtlpCollector.StartAsync();
        using var repository = TempRepository.With();
        using var process = PlanlaneProcess.Start(repository.Folder, collector.Variables, "demo", "--dir", Path.Combine(repository.Folder, "sample"), "--auto-approve", "all", "--speed", "4");
        await process.UntilAsync("Planning with");

        process.Signal("TERM");

        Assert.Equal(143, await process.EndAsync());
        // The plan that is being paid for is still taken, if its answer has begun.
        Assert.Contains((string)Assert.Single(collector.Spans(), span => span.Name == "invoke_workflow planlane").Tags["planlane.outcome"]!, new[] { "stopped", "waiting" });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_CollectorIsAway_EndsTheSameAndSaysSoUnderDebugAlone(bool debug)
    {
        await using var simulated = await SimulatedRepository.StartAsync(QuickChecks);
        Add(simulated, new() { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:9", ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf" });

        var result = await simulated.RunAsync(["plan", simulated.Request, .. debug ? ["--debug"] : Array.Empty<string>()]);

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal(debug ? 1 : 0, result.Error.Split("Telemetry was not sent").Length - 1);
    }

    [Fact]
    public async Task Run_SpansToTheConsole_GoToStderrAndResultsStayAlone()
    {
        await using var simulated = await SimulatedRepository.StartAsync(QuickChecks);
        Add(simulated, new() { ["OTEL_TRACES_EXPORTER"] = "console" });

        var result = await simulated.RunAsync("plan", simulated.Request, "--json");

        Assert.Contains("\"invoke_workflow planlane\"", result.Error, StringComparison.Ordinal);
        Assert.All(result.Lines, line => Assert.True(line.TryGetProperty("type", out _)));
    }

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, "true")]
    public async Task Run_TelemetryIsOff_LoadsNothingOfIt(bool hasEndpoint, string? disabled)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "What a process has loaded is read from /proc.");
        using var repository = TempRepository.With();
        Dictionary<string, string> variables = [];
        if (hasEndpoint)
            variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:9";
        if (disabled is not null)
            variables["OTEL_SDK_DISABLED"] = disabled;
        using var process = PlanlaneProcess.Start(repository.Folder, variables, "demo", "--dir", Path.Combine(repository.Folder, "sample"), "--auto-approve", "all", "--speed", "4");
        await process.UntilAsync("Asking claude");

        var loaded = await File.ReadAllTextAsync($"/proc/{process.Id}/maps", TestContext.Current.CancellationToken);

        Assert.Contains("Planlane.Engine.dll", loaded, StringComparison.Ordinal);
        Assert.DoesNotContain("OpenTelemetry", loaded, StringComparison.Ordinal);
        process.Signal("TERM");
        await process.EndAsync();
    }

    /// <summary>The checks of a plan as a command that needs no toolchain.</summary>
    internal static void QuickChecks(JsonObject plan) => plan["checks"] = new JsonArray(new JsonObject { ["name"] = "test", ["command"] = "git --version" });

    private static void Add(SimulatedRepository simulated, Dictionary<string, string> variables)
    {
        foreach (var (name, value) in variables)
            simulated.Variables[name] = value;
    }

    private static long Input(System.Text.Json.JsonElement call) =>
        new[] { "input", "cacheRead", "cacheWrite", "cacheWriteLong" }.Sum(kind => call.GetProperty("usage").GetProperty(kind).GetInt64());

    private static string Tree(IReadOnlyList<CollectedSpan> spans)
    {
        var text = new StringBuilder();
        void Add(string parent, int depth)
        {
            foreach (var span in spans.Where(span => span.Parent == parent).OrderBy(span => span.Name, StringComparer.Ordinal))
            {
                text.Append(' ', 2 * depth).AppendLine(span.Name);
                Add(span.Id, depth + 1);
            }
        }

        Add("", 0);
        return text.ToString();
    }
}
