using Microsoft.Extensions.Time.Testing;
using Planlane.Runs;

namespace Planlane.Budgets;

/// <summary>The ledger that runs of several processes share. Each object here is what one process has: they meet in the file alone.</summary>
public sealed class SpendLedgerTests : IDisposable
{
    private static readonly SharedBudgets TenADay = new(new Cost(10), null);
    private static readonly SharedBudgets TenForAll = new(null, new Cost(10));
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("planlane-spending-");
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 27, 22, 30, 0, TimeSpan.Zero));

    private string Path => System.IO.Path.Combine(_folder.FullName, "state", "spending.jsonl");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Reserve_TwoProcesses_SeeEachOther()
    {
        await using var one = Open();
        await using var other = Open();

        Assert.IsType<SpendVerdict.Granted>(await one.ReserveAsync("a/1/1", TenADay, new Cost(7)));
        var refused = Assert.IsType<SpendVerdict.Refused>(await other.ReserveAsync("b/1/1", TenADay, new Cost(4)));
        Assert.Equal(new SpendLevel(SpendScope.Day, new Cost(10), Cost.Zero, Cost.Zero, new Cost(7)), refused.Level);

        one.Settle("a/1/1", new Cost(1.5m));
        Assert.IsType<SpendVerdict.Wait>(await ReservedAsync(one, "a/1/2", TenADay, 8, 1));
        Assert.IsType<SpendVerdict.Refused>(await other.ReserveAsync("b/1/2", TenADay, new Cost(1)));
    }

    [Fact]
    public async Task Reserve_ProcessThatWasKilled_CountsInFull()
    {
        await using (var killed = Open())
            Assert.IsType<SpendVerdict.Granted>(await killed.ReserveAsync("a/1/1", TenForAll, new Cost(9)));
        await using var next = Open();

        Assert.Equal(new Cost(9), Assert.IsType<SpendVerdict.Refused>(await next.ReserveAsync("a/8/1", TenForAll, new Cost(2))).Level.Others);
    }

    [Fact]
    public async Task Spend_WithoutCaps_CountsForWhoHasThemLater()
    {
        await using (var free = Open())
            free.Spend(new Cost(9.5m));
        await using var capped = Open();

        Assert.Equal(new Cost(9.5m), Assert.IsType<SpendVerdict.Refused>(await capped.ReserveAsync("a/1/1", TenADay, new Cost(1))).Level.Spent);
    }

    [Fact]
    public async Task Reserve_NextDayByTheLocalClock_HasAFreshCapForTheDayAndNotForTheRepository()
    {
        _time.SetLocalTimeZone(TimeZoneInfo.CreateCustomTimeZone("east", TimeSpan.FromHours(1), null, null));
        await using var ledger = Open();
        Assert.IsType<SpendVerdict.Granted>(await ledger.ReserveAsync("a/1/1", TenADay, new Cost(9)));
        ledger.Settle("a/1/1", new Cost(9));

        // 23:30 there; an hour later it is the next day, though not yet in Greenwich.
        _time.Advance(TimeSpan.FromHours(1));

        Assert.IsType<SpendVerdict.Granted>(await ledger.ReserveAsync("a/1/2", TenADay, new Cost(9)));
        Assert.IsType<SpendVerdict.Refused>(await ledger.ReserveAsync("a/1/3", TenForAll, new Cost(2)));
    }

    [Fact]
    public async Task Reserve_OtherRepositoryOrAccount_CountsOnlyWhereItShould()
    {
        await using (var one = Open())
            one.Spend(new Cost(9));
        await using var sameUser = Open("/other/.git");
        await using var otherAccount = Open("/one/.git", "gateway.example");

        Assert.IsType<SpendVerdict.Refused>(await sameUser.ReserveAsync("b/1/1", TenADay, new Cost(2)));
        Assert.IsType<SpendVerdict.Granted>(await sameUser.ReserveAsync("b/1/2", TenForAll, new Cost(2)));
        Assert.IsType<SpendVerdict.Granted>(await otherAccount.ReserveAsync("c/1/1", TenADay, new Cost(2)));
    }

    [Fact]
    public async Task Reserve_FileWithATornLine_CountsTheRestAndGoesOn()
    {
        await using (var one = Open())
            one.Spend(new Cost(4));
        await File.AppendAllTextAsync(Path, """{"day":"2026-11-27","account":"api","repository":"/one/.git","spe""", TestContext.Current.CancellationToken);
        await using var next = Open();

        Assert.IsType<SpendVerdict.Granted>(await next.ReserveAsync("a/1/1", TenADay, new Cost(5)));
        await using var third = Open();
        Assert.Equal((new Cost(4), new Cost(5)), Assert.IsType<SpendVerdict.Refused>(await third.ReserveAsync("b/1/1", TenADay, new Cost(5))).Level is var level ? (level.Spent, level.Others) : default);
    }

    [Fact]
    public async Task Reserve_LongFile_IsWrittenAnewAndAddsUpToTheSame()
    {
        await using var old = Open();
        Assert.IsType<SpendVerdict.Granted>(await old.ReserveAsync("a/1/1", TenADay, new Cost(1)));
        var line = $$"""{"day":"2026-11-27","account":"api","repository":"/one/.git","spent":0.0001}{{'\n'}}""";
        await File.AppendAllTextAsync(Path, string.Concat(Enumerable.Repeat(line, 20_000)), TestContext.Current.CancellationToken);

        await using var next = Open();
        Assert.IsType<SpendVerdict.Granted>(await next.ReserveAsync("b/1/1", TenADay, new Cost(1)));

        Assert.InRange(new FileInfo(Path).Length, 1, 2_000);
        var refused = Assert.IsType<SpendVerdict.Refused>(await old.ReserveAsync("a/1/2", TenADay, new Cost(7.5m)));
        Assert.Equal(new SpendLevel(SpendScope.Day, new Cost(10), new Cost(2), new Cost(1), new Cost(1)), refused.Level);
    }

    [Fact]
    public async Task OfRun_ProcessThatWasKilled_HasWhatWasSettledAndWhatWasNot()
    {
        var free = new SharedBudgets(null, null);
        await using (var killed = Open())
        {
            foreach (var (call, most) in new[] { ("a/1/1", 3m), ("a/1/2", 4m), ("b/1/1", 5m) })
                Assert.IsType<SpendVerdict.Granted>(await killed.ReserveAsync(call, free, new Cost(most)));
            killed.Settle("a/1/1", new Cost(1));
        }

        await using var next = Open();
        Assert.Equal((new Cost(1), new Cost(4)), await next.OfRunAsync("a"));
        Assert.IsType<SpendVerdict.Granted>(await next.ReserveAsync("a/9/1", free, new Cost(2)));
        Assert.Equal((new Cost(1), new Cost(4)), await next.OfRunAsync("a"));

        var line = $$"""{"day":"2026-11-27","account":"api","repository":"/one/.git","spent":0.0001}{{'\n'}}""";
        await File.AppendAllTextAsync(Path, string.Concat(Enumerable.Repeat(line, 20_000)), TestContext.Current.CancellationToken);
        Assert.IsType<SpendVerdict.Granted>(await next.ReserveAsync("a/9/2", free, new Cost(1)));
        await using var third = Open();
        Assert.InRange(new FileInfo(Path).Length, 1, 2_000);
        Assert.Equal((new Cost(1), new Cost(7)), await third.OfRunAsync("a"));
    }

    [Fact]
    public async Task Reserve_ManyProcessesAtOnce_NeverPassTheCapTogether()
    {
        var ledgers = Enumerable.Range(0, 6).Select(_ => Open()).ToList();
        var spent = 0m;
        await Task.WhenAll(ledgers.Select(async (ledger, process) =>
        {
            for (var call = 0; call < 25; call++)
            {
                var most = 0.1m * (1 + ((call + process) % 7));
                var name = $"run{process}/1/{call}";
                if (await ledger.ReserveAsync(name, TenForAll, new Cost(most)) is not SpendVerdict.Granted)
                    continue;
                var cost = most * ((call * 7) + process) % 11 / 10;
                cost = Math.Min(cost, most);
                lock (ledgers)
                    spent += cost;
                ledger.Settle(name, new Cost(cost));
            }
        }));
        foreach (var ledger in ledgers)
            await ledger.DisposeAsync();
        await using var after = Open();
        var level = Assert.IsType<SpendVerdict.Refused>(await after.ReserveAsync("x/1/1", TenForAll, new Cost(100))).Level;

        Assert.Equal((spent, 0m), (level.Spent.Usd, level.Others.Usd));
        Assert.InRange(spent, 5m, 10m);
    }

    [Fact]
    public async Task Reserve_PlaceThatCannotBeWritten_SaysSoInsteadOfSpending()
    {
        await File.WriteAllTextAsync(System.IO.Path.Combine(_folder.FullName, "state"), "a file where a folder should be", TestContext.Current.CancellationToken);
        await using var ledger = Open();

        var fault = await Assert.ThrowsAsync<PlanlaneException>(() => ledger.ReserveAsync("a/1/1", TenADay, new Cost(1)));

        Assert.StartsWith("What runs have spent cannot be read or written", fault.Message, StringComparison.Ordinal);
        ledger.Spend(new Cost(1));
    }

    private SpendLedger Open(string repository = "/one/.git", string account = "api") => new(new SpendPlace(Path, account), repository, _time);

    private static async Task<SpendVerdict> ReservedAsync(SpendLedger ledger, string call, SharedBudgets caps, decimal first, decimal second)
    {
        Assert.IsType<SpendVerdict.Granted>(await ledger.ReserveAsync(call, caps, new Cost(first)));
        return await ledger.ReserveAsync(call + "b", caps, new Cost(second));
    }
}
