using System.Text.Json.Nodes;
using Planlane.Hosting;
using Planlane.Journal;
using Planlane.Runs;
using Planlane.Support;

namespace Planlane.CommandLine;

/// <summary>Disks that are full or cannot be written, each mounted for one process alone.</summary>
public sealed class DiskTests
{
    private const string Options = "--auto-approve all --no-input --progress quiet";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // The room that is left decides where in the run the disk is full; in all of them the run says so, and goes on when there is room.
    [Theory]
    [InlineData("planlane/runs", 4_112)]
    [InlineData("planlane/runs", 4_144)]
    [InlineData("objects", 20)]
    [InlineData("objects", 36)]
    public async Task Run_DiskBecomesFull_SettlesSaysSoAndGoesOnWhenThereIsRoom(string folder, int kilobytes)
    {
        Assert.SkipUnless(await PlanlaneProcess.CanMountAsync(), "Nothing can be mounted here.");
        // Without checks, as the files that commands find could not be laid out from objects on another disk.
        await using var simulated = await SimulatedRepository.StartAsync(plan => plan["checks"] = new JsonArray());

        var result = await PlanlaneProcess.RunMountedAsync(simulated.Repository.Folder, simulated.Variables, $"""
            disk=.git/{folder} kept=.git/kept
            mkdir -p $disk && cp -a $disk $kept && mount -t tmpfs -o size=64m none $disk && cp -a $kept/. $disk && rm -r $kept || exit 99
            used=$(df -k --output=used $disk | tail -n 1) && mount -o remount,size=$((used + {kilobytes}))k $disk || exit 98
            $EXE '{simulated.Request}' {Options} --no-sandbox >&2; echo "first $?"
            mount -o remount,size=64m $disk || exit 97
            $EXE resume {Options} >&2; echo "second $?"
            cat .git/planlane/runs/*/journal.jsonl > .git/journal
            git fsck --no-dangling --no-progress; git status --porcelain; git for-each-ref --format='ref %(refname)'
            """);

        Assert.True(result.Out.Trim() == "first 1\nsecond 0\nref refs/heads/main", $"{result.Out}\n{result.Error}");
        Assert.Contains("No space left on device", result.Error, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Make room on the disk", result.Error, StringComparison.Ordinal);
        var journal = await JsonLinesJournal.ReadAsync(Path.Combine(simulated.Repository.Folder, ".git", "journal"), Token);
        var state = journal.Aggregate(RunState.Empty, (state, recorded) => state.Apply(recorded));
        Assert.Equal(RunOutcome.Completed, state.End?.Outcome);
        // Nothing was asked twice, not even what was on its way when the disk was full.
        Assert.Equal(simulated.Questions.Distinct().Count(), simulated.Questions.Count);
        Assert.Equal(simulated.Questions.Count, state.Calls.Count);
    }

    // The landing is the first that writes there: what it had written is put back, and the commits are kept.
    [Fact]
    public async Task Land_DiskOfTheWorkTreeBecomesFull_PutsEverythingBackAndLandsWhenThereIsRoom()
    {
        Assert.SkipUnless(await PlanlaneProcess.CanMountAsync(), "Nothing can be mounted here.");
        await using var simulated = await SimulatedRepository.StartAsync(plan => plan["checks"] = new JsonArray());

        var result = await PlanlaneProcess.RunMountedAsync(simulated.Repository.Folder, simulated.Variables, $"""
            disk=tests kept=.git/kept
            cp -a $disk $kept && mount -t tmpfs -o size=64m none $disk && cp -a $kept/. $disk && rm -r $kept || exit 99
            git update-index -q --refresh; echo mine > README.mine; before=$(git status --porcelain; git rev-parse HEAD)
            used=$(df -k --output=used $disk | tail -n 1) && mount -o remount,size=$((used + 4))k $disk || exit 98
            $EXE '{simulated.Request}' {Options} --no-sandbox >&2; echo "first $?"
            [ "$before" = "$(git status --porcelain; git rev-parse HEAD)" ] && echo "as before"
            ls .git/index.lock .git/planlane/landing.json 2>/dev/null
            mount -o remount,size=64m $disk || exit 97
            $EXE resume {Options} >&2; echo "second $?"
            git fsck --no-dangling --no-progress; git status --porcelain
            """);

        Assert.True(result.Out.Trim() == "first 1\nas before\nsecond 0\n?? README.mine", $"{result.Out}\n{result.Error}");
        Assert.Contains("The work tree could not be updated; it was put back.", result.Error, StringComparison.Ordinal);
        Assert.Contains("Make room on the disk", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".git")]
    [InlineData(".git/planlane")]
    public async Task Run_FolderCannotBeWritten_IsRefusedBeforeAnythingIsPaid(string folder)
    {
        Assert.SkipUnless(await PlanlaneProcess.CanMountAsync(), "Nothing can be mounted here.");
        await using var simulated = await StartAsync();

        var result = await PlanlaneProcess.RunMountedAsync(simulated.Repository.Folder, simulated.Variables, $"""
            mkdir -p {folder} && mount --bind {folder} {folder} && mount -o remount,bind,ro {folder} || exit 99
            $EXE '{simulated.Request}' {Options}; echo "code $?"
            """);

        Assert.Contains("code 1", result.Out, StringComparison.Ordinal);
        Assert.Contains("Read-only file system", result.Error, StringComparison.Ordinal);
        Assert.Empty(simulated.Questions);
    }

    [Fact]
    public async Task Resume_JournalCannotBeWritten_IsRefusedBeforeAnythingIsPaid()
    {
        Assert.SkipUnless(await PlanlaneProcess.CanMountAsync(), "Nothing can be mounted here.");
        await using var simulated = await StartAsync();
        Assert.Equal(3, (await simulated.RunAsync(simulated.Request, "--no-input", "--progress", "quiet")).ExitCode);
        var run = new RunFolders(Path.Combine(simulated.Repository.Folder, ".git")).List().Single();
        var asked = simulated.Questions.Count;

        var result = await PlanlaneProcess.RunMountedAsync(simulated.Repository.Folder, simulated.Variables, $"""
            mount --bind .git .git && mount -o remount,bind,ro .git || exit 99
            $EXE resume {run} {Options}; echo "code $?"
            """);

        Assert.Contains("code 1", result.Out, StringComparison.Ordinal);
        Assert.Contains("The run's journal cannot be opened, so nothing is started: Read-only file system", result.Error, StringComparison.Ordinal);
        Assert.Equal(asked, simulated.Questions.Count);
    }

    private static Task<SimulatedRepository> StartAsync() =>
        SimulatedRepository.StartAsync(plan => plan["checks"] = new JsonArray(new JsonObject { ["name"] = "build", ["command"] = "test -d src" }));
}
