using System.Text.Json.Nodes;
using Planlane.Hosting;
using Planlane.Runs;
using Planlane.Support;
using Planlane.Testing;

namespace Planlane.CommandLine;

public sealed class KillTests
{
    private const int Kills = 25;

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

    private static async Task<(RepositoryTrace Trace, KillStormOutcome Outcome)> RunAsync(Random random, int mostKills)
    {
        // A real check that takes no time, so that kills fall on the program's own work and not on the compiler's.
        await using var simulated = await SimulatedRepository.StartAsync(plan => plan["checks"] = new JsonArray(new JsonObject { ["name"] = "build", ["command"] = "test -d src" }));
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
