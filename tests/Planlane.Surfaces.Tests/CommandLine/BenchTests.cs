using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Planlane.Support;

namespace Planlane.CommandLine;

/// <summary><c>planlane bench</c> as a process, against the simulator.</summary>
public sealed class BenchTests
{
    [Fact]
    public async Task Bench_Agreed_MeasuresBothByTheSimulatorsLedgerAndLandsNothing()
    {
        await using var simulated = await SimulatedRepository.StartAsync(WithQuickChecks);
        simulated.Repository.Write("notes.txt", "mine");
        var head = simulated.Repository.Git("rev-parse", "HEAD");

        var result = await simulated.RunAsync("bench", simulated.Request, "--yes", "--json");

        Assert.True(result.ExitCode == 0, result.Out + result.Error);
        Assert.Equal(["version", "bench", "sample", "sample", "result"], result.Lines.Select(Type));
        var samples = result.Lines.Where(line => Type(line) == "sample").ToList();
        Assert.Equal(["planlane", "alone"], samples.Select(sample => sample.GetProperty("arm").GetString()));
        Assert.All(samples, sample => Assert.Equal((2, 2, 8), (sample.GetProperty("checksPassed").GetInt32(), sample.GetProperty("checks").GetInt32(), sample.GetProperty("files").GetInt32())));
        Assert.Equal(simulated.Ledger.Cost.Usd, samples.Sum(sample => Usd(sample.GetProperty("cost"))));
        Assert.Equal(simulated.Ledger.Cost.Usd, Usd(result.Lines[^1].GetProperty("spent")));
        Assert.Equal(simulated.Questions.Count, samples.Sum(sample => sample.GetProperty("requests").GetInt32()));
        Assert.True(result.Lines[1].GetProperty("scripted").GetBoolean());
        Assert.Equal((head, "?? notes.txt", ""), (simulated.Repository.Git("rev-parse", "HEAD"), simulated.Repository.Git("status", "--porcelain"), simulated.Repository.Git("for-each-ref", "refs/planlane")));
    }

    [Fact]
    [Trait("Proof", "slow")]
    public async Task Bench_SeveralTimes_AlternatesWhoGoesFirstFromOneBase()
    {
        await using var simulated = await SimulatedRepository.StartAsync(WithQuickChecks);

        var result = await simulated.RunAsync("bench", simulated.Request, "--yes", "--times", "2", "--accessible");
        var runs = await simulated.RunAsync("runs", "--json");

        Assert.True(result.ExitCode == 0, result.Out + result.Error);
        Assert.Contains("checks passed: Planlane all in 2 of 2 runs, one agent alone all in 2 of 2 runs", result.Out, StringComparison.Ordinal);
        Assert.Contains("Scripted: ", result.Out, StringComparison.Ordinal);
        Assert.All(result.Out + result.Error, letter => Assert.True(letter < 0x2500, $"'{letter}' is drawn."));
        // The newest first: Planlane, alone, alone, Planlane.
        Assert.Equal([5, 1, 1, 5], runs.Lines.Where(line => Type(line) == "run").Select(run => run.GetProperty("agents").GetInt32()));
        Assert.All(runs.Lines.Where(line => Type(line) == "run"), run => Assert.Equal("rejected", run.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task Bench_BudgetOfTheSettings_IsNotTheCapOfAllRuns()
    {
        await using var simulated = await SimulatedRepository.StartAsync(WithQuickChecks);
        simulated.Variables["PLANLANE_BUDGET"] = "0.01";

        var result = await simulated.RunAsync("bench", simulated.Request, "--times", "2");

        Assert.Equal(3, result.ExitCode);
        Assert.DoesNotContain("never more than $0.01", result.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Matches(@"never more than \$\d+\.00", result.Error.ReplaceLineEndings(" "));
    }

    [Fact]
    public async Task Bench_NobodyToAsk_SaysThePriceAndSpendsNothing()
    {
        await using var simulated = await SimulatedRepository.StartAsync(WithQuickChecks);

        var result = await simulated.RunAsync("bench", simulated.Request, "--times", "3");
        var other = await simulated.RunAsync("bench", simulated.Request, "--budget", "6", "--force", "--agent-model", "claude-haiku-4-5", "--require", "no packages");

        Assert.Equal((3, 3, 0), (result.ExitCode, other.ExitCode, simulated.Questions.Count));
        Assert.Contains("Together: $", result.Error, StringComparison.Ordinal);
        Assert.Contains($"planlane bench \"{simulated.Request}\" --times 3 --yes", result.Error, StringComparison.Ordinal);
        var again = other.Error.ReplaceLineEndings(" ");
        Assert.All([" --budget 6", " --force", " --agent-model claude-haiku-4-5", " --require \"no packages\"", " --yes"], option => Assert.Contains(option, System.Text.RegularExpressions.Regex.Replace(again, " +", " "), StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Proof", "slow")]
    public async Task Bench_Interrupted_GoesOnWithoutPayingAnythingTwice()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows sends no such signals to a single process.");
        await using var simulated = await SimulatedRepository.StartAsync(WithQuickChecks, speed: 40);
        using var process = Begin(simulated);
        await process.UntilAsync("Starting work on");

        process.Signal("TERM");
        var code = await process.EndAsync();
        await process.UntilAsync("Go on: planlane bench --resume ");
        var id = process.Error.Split("--resume ")[1][..6];
        // The user works on meanwhile.
        simulated.Repository.Write("later.txt", "later");
        var resumed = await simulated.RunAsync("bench", "--resume", id, "--json");

        Assert.Equal((143, 0), (code, resumed.ExitCode));
        Assert.Contains(" was computed, nothing was paid. What was paid for is kept.", process.Error, StringComparison.Ordinal);
        Assert.Equal(simulated.Questions.Distinct().Count(), simulated.Questions.Count);
        Assert.Equal(simulated.Ledger.Cost.Usd, Usd(resumed.Lines[^1].GetProperty("spent")));
        var shown = await simulated.RunAsync("runs", "--json");
        Assert.Equal(2, shown.Lines.Count(line => Type(line) == "run"));
    }

    [Fact]
    public async Task Bench_Killed_IsKnownAndGoesOn()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows sends no such signals to a single process.");
        await using var simulated = await SimulatedRepository.StartAsync(WithQuickChecks, speed: 40);
        using var process = Begin(simulated);
        await process.UntilAsync("1 of 2");

        process.Signal("KILL");
        await process.EndAsync();
        var id = process.Error.Split("go on: planlane bench --resume ")[1][..6];
        var unknown = await simulated.RunAsync("bench", "--resume", "none");
        var resumed = await simulated.RunAsync("bench", "--resume", id);

        Assert.Equal((2, 0), (unknown.ExitCode, resumed.ExitCode));
        Assert.Contains(id, unknown.Error, StringComparison.Ordinal);
        Assert.Contains("COMPARED", resumed.Out, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Proof", "slow")]
    public async Task Bench_InterruptedWhileARunIsOpened_SaysWhatWasSpentAndHowToGoOn()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows sends no such signals to a single process.");
        await using var simulated = await SimulatedRepository.StartAsync(WithQuickChecks, speed: 40);
        using var process = Begin(simulated);
        await process.UntilAsync("2 of 2");

        process.Signal("TERM");
        var code = await process.EndAsync();
        await process.UntilAsync("Go on: planlane bench --resume ");

        Assert.Equal(143, code);
        Assert.Contains("1 of 2 runs have ended. ", process.Error, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Proof", "slow")]
    public async Task Bench_FaultBeforeARun_SaysWhatWasSpentAndBeginsNothing()
    {
        await using var simulated = await SimulatedRepository.StartAsync(WithQuickChecks, speed: 40);
        using var process = Begin(simulated);
        await process.UntilAsync("Starting work on");
        var folder = Path.Combine(simulated.Repository.Folder, ".git", "planlane", "bench");

        Directory.Delete(folder, recursive: true);
        File.WriteAllText(folder, "");
        var code = await process.EndAsync();
        await process.UntilAsync("Go on: planlane bench --resume ");

        Assert.Equal(1, code);
        Assert.Contains("cannot be written", process.Error, StringComparison.Ordinal);
        Assert.Contains("1 of 2 runs have ended. ", process.Error, StringComparison.Ordinal);
        // The second run was not begun, as nobody could have known it.
        var runs = await simulated.RunAsync("runs", "--json");
        Assert.Single(runs.Lines, line => Type(line) == "run");
        Assert.DoesNotContain(simulated.Questions, question => question.Task == "single");
    }

    [Fact]
    public async Task Bench_KilledBeforeARunRecordsAnything_BeginsItAgain()
    {
        await using var simulated = await SimulatedRepository.StartAsync(WithQuickChecks);
        var result = await simulated.RunAsync("bench", simulated.Request, "--yes", "--budget", "0.01");
        var id = result.Error.Split("--resume ")[1][..6];
        var home = Path.Combine(simulated.Repository.Folder, ".git", "planlane");
        var file = Path.Combine(home, "bench", $"{id}.json");
        var run = Path.GetFileName(Assert.Single(Directory.GetDirectories(Path.Combine(home, "runs"))));
        Directory.CreateDirectory(Path.Combine(home, "runs", "blank"));
        File.WriteAllText(Path.Combine(home, "runs", "blank", "journal.jsonl"), "");
        File.WriteAllText(file, File.ReadAllText(file).Replace($"\"{run}\"", "\"blank\"", StringComparison.Ordinal));

        var resumed = await simulated.RunAsync("bench", "--resume", id, "--budget", "5");

        Assert.True(resumed.ExitCode == 0, resumed.Out + resumed.Error);
        Assert.DoesNotContain("blank", File.ReadAllText(file), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Proof", "slow")]
    public async Task Bench_BudgetReached_SaysWhatWasSpentAndGoesOnWithMore()
    {
        await using var simulated = await SimulatedRepository.StartAsync(WithQuickChecks);

        var result = await simulated.RunAsync("bench", simulated.Request, "--yes", "--budget", "0.65");
        var spent = simulated.Ledger.Cost.Usd;
        var id = result.Error.Split("--resume ")[1][..6];
        var resumed = await simulated.RunAsync("bench", "--resume", id, "--budget", "5");

        Assert.Equal((5, 0), (result.ExitCode, resumed.ExitCode));
        Assert.InRange(spent, 0.000_001m, 0.65m);
        Assert.Contains($"Go on: planlane bench --resume {id} --budget AMOUNT", result.Error, StringComparison.Ordinal);
        Assert.Equal(simulated.Questions.Distinct().Count(), simulated.Questions.Count);
    }

    [Fact]
    public async Task Bench_ResumedWithOtherCaps_KeepsThemAndRefusesWhatWasAgreed()
    {
        await using var simulated = await SimulatedRepository.StartAsync(WithQuickChecks);

        var result = await simulated.RunAsync("bench", simulated.Request, "--yes", "--budget", "0.01");
        var id = result.Error.Split("--resume ")[1][..6];
        var capped = await simulated.RunAsync("bench", "--resume", id, "--budget", "5", "--budget-repository", "0.02");
        var still = await simulated.RunAsync("bench", "--resume", id);
        var others = await Task.WhenAll(new[] { "--times", "--slots", "--agent-model" }.Select(option => simulated.RunAsync("bench", "--resume", id, option, "2")));
        var resumed = await simulated.RunAsync("bench", "--resume", id, "--budget-repository", "9");

        Assert.Equal((5, 5, 5, 0), (result.ExitCode, capped.ExitCode, still.ExitCode, resumed.ExitCode));
        Assert.All(others, other => Assert.Equal(2, other.ExitCode));
        Assert.Contains("so --times 2 cannot be given with --resume", others[0].Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bench_ResumedWithAnotherKindOfModel_IsRefusedBeforeAnythingIsSent()
    {
        await using var simulated = await SimulatedRepository.StartAsync(WithQuickChecks);
        var result = await simulated.RunAsync("bench", simulated.Request, "--yes", "--budget", "0.01");
        var id = result.Error.Split("--resume ")[1][..6];
        // A server that answers every path with JSON, as gateways do.
        using var gateway = new TcpListener(IPAddress.Loopback, 0);
        gateway.Start();
        var asked = new List<string>();
        _ = AnswerAsync(gateway, asked);
        var others = new Dictionary<string, string>(simulated.Variables) { ["ANTHROPIC_BASE_URL"] = $"http://{gateway.LocalEndpoint}" };

        var resumed = await PlanlaneProcess.RunAsync(simulated.Repository.Folder, others, "bench", "--resume", id, "--budget", "5");

        Assert.Equal(2, resumed.ExitCode);
        Assert.Contains("was begun with the scripted model", resumed.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Equal(["GET /simulator/ledger HTTP/1.1"], asked);
    }

    [Fact]
    public async Task Bench_WorkThatDoesNotDivide_SaysWhatTheNoCostAndRunsNobodyAlone()
    {
        await using var simulated = await SimulatedRepository.StartAsync(WithQuickChecks);

        var refused = await simulated.RunAsync("bench", "Explain how the shop's customers are stored", "--yes");
        var asked = simulated.Questions.Count;
        var declined = await simulated.RunAsync("bench", "Add a shopping cart with discounts and tests", "--yes");

        Assert.Equal((8, 0), (refused.ExitCode, asked));
        Assert.Equal(8, declined.ExitCode);
        Assert.Contains("Planlane declined: ", declined.Out, StringComparison.Ordinal);
        Assert.Contains($"It cost {simulated.Ledger.Cost} (run ", declined.Out, StringComparison.Ordinal);
        Assert.All(simulated.Questions, question => Assert.Null(question.Task));
    }

    [Fact]
    public async Task Bench_NothingToCompareOn_IsAUsageError()
    {
        await using var simulated = await SimulatedRepository.StartAsync(WithQuickChecks);
        string[][] commands =
        [
            ["bench"], ["bench", "Add a cart", "--scenario", "auth"], ["bench", "Add a cart", "--times", "0"], ["bench", "--resume", "ffffff"], ["bench", "--scenario", "nothing"], ["bench", "Add a cart", "--single"],
        ];

        var results = await Task.WhenAll(commands.Select(command => simulated.RunAsync(command)));

        Assert.All(results, result => Assert.Equal(2, result.ExitCode));
        Assert.All(results, result => Assert.NotEmpty(result.Error));
        Assert.Empty(simulated.Questions);
    }

    private static async Task AnswerAsync(TcpListener gateway, List<string> asked)
    {
        while (true)
        {
            using var client = await gateway.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
            await using var stream = client.GetStream();
            using var reader = new StreamReader(stream);
            asked.Add((await reader.ReadLineAsync(TestContext.Current.CancellationToken))!);
            while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { Length: > 0 })
            {
            }

            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 15\r\nConnection: close\r\n\r\n{\"status\":\"ok\"}"u8.ToArray(), TestContext.Current.CancellationToken);
        }
    }

    private static PlanlaneProcess Begin(SimulatedRepository simulated) => PlanlaneProcess.Start(simulated.Repository.Folder, simulated.Variables, "bench", simulated.Request, "--yes");

    private static string Type(JsonElement line) => line.GetProperty("type").GetString()!;

    private static decimal Usd(JsonElement cost) => cost.GetProperty("usd").GetDecimal();

    private static void WithQuickChecks(JsonObject plan)
    {
        foreach (var check in plan["checks"]!.AsArray())
            check!["command"] = $"true {check["name"]}";
    }
}
