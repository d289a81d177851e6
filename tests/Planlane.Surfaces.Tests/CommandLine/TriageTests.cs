using Planlane.Simulator;
using Planlane.Simulator.Faults;
using Planlane.Support;
using Planlane.Testing;

namespace Planlane.CommandLine;

/// <summary>What is asked before the planner, as a user meets it.</summary>
public sealed class TriageTests
{
    [Fact]
    public async Task Run_ClearNo_EndsWithTheReasonThePriceAndTheWaysOn()
    {
        await using var simulated = await SimulatedRepository.StartAsync(plan: Says("no"));

        var result = await simulated.RunAsync(simulated.Request, "--no-input", "--accessible");

        Assert.Equal(8, result.ExitCode);
        Assert.Contains("One line is wrong.", result.Out, StringComparison.Ordinal);
        Assert.Contains($"claude-haiku-4-5 judged this for {simulated.Ledger.Cost}, before the planner was asked.", result.Out.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Contains("Not to be divided; the planner is not asked", result.Error, StringComparison.Ordinal);
        Assert.Contains("--single", result.Error, StringComparison.Ordinal);
        Assert.Contains("--force", result.Error, StringComparison.Ordinal);
        Assert.Equal([ModelQuestion.OfTriage], simulated.Questions);
    }

    [Fact]
    public async Task Run_ClearNoAsJson_SaysWhatWasAnsweredAndWhatItCost()
    {
        await using var simulated = await SimulatedRepository.StartAsync(plan: Says("no"));

        var result = await simulated.RunAsync(simulated.Request, "--json");
        var costs = await simulated.RunAsync("show", "--costs", "--json");

        var (triaged, end) = (Assert.Single(result.Lines, line => line.GetProperty("type").GetString() == "request.triaged"), result.Lines[^1]);
        Assert.Equal((8, "no", "unsuitable"), (result.ExitCode, triaged.GetProperty("verdict").GetProperty("divide").GetString(), end.GetProperty("status").GetString()));
        Assert.Equal("no", end.GetProperty("triage").GetProperty("divide").GetString());
        Assert.Equal("triage", Assert.Single(costs.Lines[1].GetProperty("askers").EnumerateArray()).GetProperty("who").GetString());
    }

    [Fact]
    public async Task Run_Yes_AsksThePlannerAndSaysSo()
    {
        await using var simulated = await SimulatedRepository.StartAsync();

        var result = await simulated.RunAsync(simulated.Request, "--plan-only");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("It can be divided", result.Error, StringComparison.Ordinal);
        Assert.Equal([ModelQuestion.OfTriage, new(null, 1)], simulated.Questions);
    }

    [Theory]
    [InlineData("--force", null)]
    [InlineData("--split", null)]
    [InlineData(null, "0")]
    public async Task Run_DecidedByTheUser_IsNotAsked(string? flag, string? variable)
    {
        await using var simulated = await SimulatedRepository.StartAsync(plan: Says("no"));
        if (variable is not null)
            simulated.Variables["PLANLANE_TRIAGE"] = variable;
        string[] flags = flag switch { null => [], "--split" => ["--agents", "5"], _ => [flag] };

        var result = await simulated.RunAsync([simulated.Request, "--plan-only", .. flags]);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal([new(null, 1)], simulated.Questions);
    }

    private static FaultPlan Says(string divide) => new FaultPlan().Next(new Fault.Says($$"""{"divide":"{{divide}}","kind":"bug-fix","reason":"One line is wrong."}"""), role: CallRole.Triage);
}
