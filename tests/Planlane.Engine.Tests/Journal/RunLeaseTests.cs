using System.Diagnostics;
using System.Text.Json;
using Planlane.Runs;

namespace Planlane.Journal;

public sealed class RunLeaseTests
{
    [Fact]
    public async Task Open_HeldByAnother_SaysWhoHasItAndSinceWhen()
    {
        using var file = new JournalFile();
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(new DateTimeOffset(2026, 11, 27, 9, 30, 5, TimeSpan.FromHours(1)));
        await using var journal = JsonLinesJournal.Open(file.Path, time);

        var fault = Assert.Throws<PlanlaneException>(() => JsonLinesJournal.Open(file.Path, TimeProvider.System));

        Assert.Equal($"Another planlane process works on this run: process {Environment.ProcessId} on {Environment.MachineName}, since 2026-11-27 08:30:05 UTC.", fault.Message);
        Assert.Equal("Decide there, or stop it first.", fault.Hint);
    }

    [Fact]
    public async Task Open_GivenBack_IsFreeAndLeavesNothingButItsLock()
    {
        using var file = new JournalFile();
        await JsonLinesJournal.Open(file.Path, TimeProvider.System).DisposeAsync();
        await using (JsonLinesJournal.Open(file.Path, TimeProvider.System))
            Assert.True(File.Exists(file.Path + ".lease"));

        Assert.Equal(["journal.jsonl", "journal.jsonl.lock"], Directory.EnumerateFiles(Path.GetDirectoryName(file.Path)!).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Open_LeaseOfADeadProcess_IsTakenOver()
    {
        using var file = new JournalFile();
        using var dead = Process.Start("git", ["version"]);
        await dead.WaitForExitAsync(TestContext.Current.CancellationToken);
        file.Write([]);
        await File.WriteAllTextAsync(file.Path + ".lease", JsonSerializer.Serialize(new LeaseHolder(dead.Id, Environment.MachineName, DateTimeOffset.UnixEpoch), EventJson.Options), TestContext.Current.CancellationToken);

        await using var journal = JsonLinesJournal.Open(file.Path, TimeProvider.System);

        Assert.Contains($"\"process\":{Environment.ProcessId},", await File.ReadAllTextAsync(file.Path + ".lease", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Follow_HolderWasKilledAndItsNumberIsOfAnotherProcessNow_Ends()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere the start of a process is not told.");
        using var file = new JournalFile();
        var token = TestContext.Current.CancellationToken;
        // A kill leaves the lease, and this process has the number now.
        var mark = Hosting.ProcessMark.Current.Split('.');
        var before = $"{mark[0]}.{long.Parse(mark[1], System.Globalization.CultureInfo.InvariantCulture) - 1}.{mark[2]}";
        file.Write([]);
        await File.WriteAllTextAsync(file.Path + ".lease", Lease(before), token);

        Assert.Null(RunLease.HolderOf(file.Path));
        await foreach (var recorded in JournalTail.ReadAsync(file.Path, TimeProvider.System, token))
            Assert.Fail($"There is no event, but {recorded}.");

        await File.WriteAllTextAsync(file.Path + ".lease", Lease(Hosting.ProcessMark.Current), token);
        Assert.Equal(Environment.ProcessId, RunLease.HolderOf(file.Path)?.Process);
    }

    private static string Lease(string mark) =>
        JsonSerializer.Serialize(new LeaseHolder(Environment.ProcessId, Environment.MachineName, DateTimeOffset.UnixEpoch) { Mark = mark }, EventJson.Options);
}
