using System.Diagnostics;
using Planlane.Hosting;
using Planlane.Runs;
using Planlane.Simulator;
using Planlane.Simulator.Faults;
using Planlane.Support;
using Planlane.Testing;

namespace Planlane.CommandLine;

public sealed class KillTests
{
    private const int Kills = 25;
    private const double Speed = 100;
    private const string Straggler = "jwt";

    // Longer than these tests take, and not so long that the call is given up.
    private static readonly Fault Stall = new Fault.Stall(Speed * TimeSpan.FromSeconds(100));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kill_AtTwentyFiveRandomInstants_EndsAsARunThatWasLeftAloneAndPaysNothingTwice()
    {
        var random = new Random(25);
        var (reference, _) = await RunAsync(random, mostKills: 0);

        for (var kills = 0; kills < Kills;)
        {
            var (trace, outcome) = await RunAsync(random, Kills - kills);

            Assert.True(outcome.State.End?.Outcome is RunOutcome.Completed, $"After {outcome.Kills} kills and event {outcome.State.Sequence}: {outcome.State.End} {outcome.State.Halt}");
            Assert.Empty(outcome.PaidTwice);
            Assert.Equal(reference, trace);
            kills += outcome.Kills;
        }

        Assert.Equal(("refs/heads/main", "", ""), (reference.Refs, reference.Status, reference.Damage));
    }

    // One try may cost $0.20, and the budget covers one: what was in flight when the process was killed may have been paid for.
    [Fact]
    public async Task Kill_CallInFlight_CountsAgainstTheRunsOwnBudget()
    {
        await using var simulated = await SimulatedRepository.StartAsync(speed: Speed, plan: new FaultPlan().Next(Stall, role: CallRole.Agent));
        await simulated.RunAsync("plan", simulated.Request, "-o", "plan.json", "--no-input");
        using (var process = PlanlaneProcess.Launch(simulated.Repository.Folder, simulated.Variables, "run", "plan.json", "--budget", "0.35", "--auto-approve", "all", "--no-input", "--progress", "quiet"))
            await KillAsync(process, () => AgentsAsked(simulated) == 1);

        var resumed = await simulated.RunAsync("resume", "--auto-approve", "all", "--no-input", "--progress", "plain");

        Assert.Equal(5, resumed.ExitCode);
        Assert.Contains("was in flight when one was killed", resumed.Error, StringComparison.Ordinal);
        Assert.Equal(1, AgentsAsked(simulated));
        var raised = await simulated.RunAsync("resume", "--budget", "5", "--auto-approve", "all", "--no-input", "--progress", "quiet");
        Assert.Equal(0, raised.ExitCode);
    }

    [Fact]
    public async Task Kill_WhileAStragglerIsAskedASecondTime_GoesOnAndPaysNothingTwice()
    {
        // Tasks that are expected to be short, so that a call is late after ten seconds. The second call stalls as well, and both are open when the process is killed.
        await using var simulated = await SimulatedRepository.StartAsync(
            plan =>
            {
                SimulatedRepository.WithoutBuilds(plan);
                foreach (var task in plan["tasks"]!.AsArray())
                    task!["outputTokens"] = 1;
            },
            speed: Speed,
            plan: new FaultPlan().Next(Stall, calls: 2, task: new(Straggler)));
        using (var process = PlanlaneProcess.Launch(simulated.Repository.Folder, simulated.Variables, simulated.Request, "--auto-approve", "all", "--no-input", "--progress", "quiet"))
            await KillAsync(process, () => simulated.Questions.Count(question => question is { Task: Straggler }) == 2);

        var resumed = await simulated.RunAsync("resume", "--auto-approve", "all", "--no-input", "--progress", "quiet");

        Assert.Equal(0, resumed.ExitCode);
        // The two that were open, and one for each question.
        var questions = simulated.Questions.Where(question => question.Task is not null).ToList();
        Assert.Equal(questions.Distinct().Count() + 2, questions.Count);
    }

    private static int AgentsAsked(SimulatedRepository simulated) => simulated.Questions.Count(question => question.Task is not null);

    private static async Task KillAsync(Process process, Func<bool> when)
    {
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!when() && await ticks.WaitForNextTickAsync(Token))
            Assert.False(process.HasExited, "It ended before it could be killed.");
        process.Kill();
        await process.WaitForExitAsync(Token);
    }

    private static async Task<(RepositoryTrace Trace, KillStormOutcome Outcome)> RunAsync(Random random, int mostKills)
    {
        // A real check that takes no time, so that kills fall on the program's own work and not on the compiler's.
        await using var simulated = await SimulatedRepository.StartAsync(SimulatedRepository.WithoutBuilds);
        var (folder, commonDir) = (simulated.Repository.Folder, Path.Combine(simulated.Repository.Folder, ".git"));
        var storm = new KillStorm(
            () => PlanlaneProcess.Launch(
                folder,
                simulated.Variables,
                [.. new RunFolders(commonDir).List() is [var run, ..] ? ["resume", run.Value] : new[] { simulated.Request }, "--auto-approve", "all", "--no-input", "--progress", "quiet"]),
            () => simulated.Questions,
            commonDir,
            random);
        var outcome = await storm.RunAsync(mostKills, Token);
        return (await RepositoryTrace.OfAsync(folder, Token), outcome);
    }
}
