using Planlane.Support;

namespace Planlane.CommandLine;

/// <summary>Money on the command line: what was paid, and the caps that processes share.</summary>
public sealed class CostsTests
{
    [Fact]
    public async Task Show_Costs_AddsUpToTheSimulatorsLedger()
    {
        await using var simulated = await SimulatedRepository.StartAsync(SimulatedRepository.WithoutBuilds);
        Assert.Equal(0, (await simulated.RunAsync(simulated.Request, "--auto-approve", "all")).ExitCode);

        var json = await simulated.RunAsync("show", "--costs", "--json");
        var words = await simulated.RunAsync("show", "--costs");

        var costs = json.Lines.Single(line => line.GetProperty("type").GetString() == "costs");
        var ledger = simulated.Ledger;
        Assert.Equal(ledger.Cost.Usd, costs.GetProperty("cost").GetProperty("usd").GetDecimal());
        Assert.Equal(ledger.Usage.Output, costs.GetProperty("usage").GetProperty("output").GetInt64());
        Assert.Equal(ledger.Usage.CacheRead, costs.GetProperty("usage").GetProperty("cacheRead").GetInt64());
        Assert.Equal(ledger.Cost.Usd, costs.GetProperty("calls").EnumerateArray().Sum(call => call.GetProperty("cost").GetProperty("usd").GetDecimal()));
        Assert.Equal(ledger.Cost.Usd, costs.GetProperty("askers").EnumerateArray().Sum(asker => asker.GetProperty("cost").GetProperty("usd").GetDecimal()));
        Assert.Equal(ledger.Cost.Usd, costs.GetProperty("models").EnumerateArray().Sum(model => model.GetProperty("cost").GetProperty("usd").GetDecimal()));
        Assert.Contains(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"${ledger.Cost.Usd:0.0000}"), words.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_OfTwoProcessesAtOnce_KeepTheDaysCapTogether()
    {
        await using var simulated = await SimulatedRepository.StartAsync(SimulatedRepository.WithoutBuilds);
        // One worst case of the planner fits beside what a first plan costs, not two.
        string[] command = ["plan", simulated.Request, "--budget-day", "0.70"];

        var results = await Task.WhenAll(simulated.RunAsync(command), simulated.RunAsync(command));
        var third = await simulated.RunAsync("plan", simulated.Request, "--budget-day", "0.60");

        Assert.False(simulated.Ledger.Cost.Usd > 0.70m);
        Assert.Equal(5, third.ExitCode);
        Assert.Contains("The budget of this day, $0.60, does not cover", third.Error, StringComparison.Ordinal);
        Assert.Contains("--budget-day AMOUNT", third.Error, StringComparison.Ordinal);
        Assert.All(results, result => Assert.Contains(result.ExitCode, (int[])[0, 5]));
        Assert.Contains(results, result => result.ExitCode == 0);
    }

    [Fact]
    public async Task Request_RepositoryBudgetOfASettingsFile_HoldsOverRuns()
    {
        await using var simulated = await SimulatedRepository.StartAsync(SimulatedRepository.WithoutBuilds);
        simulated.Repository.Write(".planlane/config.json", """{ "budget": { "repository": 0.61 } }""");

        var first = await simulated.RunAsync("plan", simulated.Request);
        var second = await simulated.RunAsync("plan", simulated.Request);
        var raised = await simulated.RunAsync("resume", "--budget-repository", "5", "--json");

        Assert.Equal((0, 5), (first.ExitCode, second.ExitCode));
        Assert.Contains("The budget of this repository, $0.61, does not cover", second.Error, StringComparison.Ordinal);
        Assert.Equal(0, raised.ExitCode);
    }
}
