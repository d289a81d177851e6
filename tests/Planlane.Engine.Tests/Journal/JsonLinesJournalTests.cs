using Planlane.Runs;

namespace Planlane.Journal;

public sealed class JsonLinesJournalTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Open_LastLineTornAtAnyByte_KeepsTheLinesBeforeAndGoesOn()
    {
        using var file = new JournalFile();
        var whole = JournalFile.Bytes(JournalFile.FirstTwo);
        var last = JournalFile.Bytes(JournalFile.Events[2]);
        for (var kept = 0; kept < last.Length; kept++)
        {
            file.Write([.. whole, .. last[..kept]]);
            Assert.Equal(JournalFile.FirstTwo, await file.ReadAsync());

            await using (var journal = JsonLinesJournal.Open(file.Path, TimeProvider.System))
            {
                Assert.Equal(JournalFile.FirstTwo, await journal.ReadAsync(Token));
                Assert.Equal(whole, await File.ReadAllBytesAsync(file.Path, Token));
                await journal.AppendAsync([JournalFile.Events[2]], Token);
            }

            Assert.Equal(JournalFile.Events, await file.ReadAsync());
        }
    }

    // A line that lost its end, whatever byte it was torn at, runs into the next one.
    [Fact]
    public async Task Open_LineInTheMiddleTornAtAnyByte_IsRefusedWithItsPlaceAndChangesNothing()
    {
        using var file = new JournalFile();
        var (first, second, third) = (JournalFile.Bytes(JournalFile.Events[0]), JournalFile.Bytes(JournalFile.Events[1]), JournalFile.Bytes(JournalFile.Events[2]));
        for (var kept = 0; kept < second.Length - 1; kept++)
        {
            byte[] torn = [.. first, .. second[..kept], .. third];
            file.Write(torn);

            var fault = Assert.Throws<PlanlaneException>(() => JsonLinesJournal.Open(file.Path, TimeProvider.System));

            Assert.StartsWith("Line 2 of the run's journal is damaged: ", fault.Message);
            Assert.Contains($"The line begins at byte {first.Length} of {file.Path}.", fault.Message);
            Assert.Contains($"truncate -s {first.Length} '{file.Path}'", fault.Hint);
            Assert.Equal(fault.Message, (await Assert.ThrowsAsync<PlanlaneException>(file.ReadAsync)).Message);
            Assert.Equal(torn, await File.ReadAllBytesAsync(file.Path, Token));
        }
    }

    [Fact]
    public async Task Open_LineMissingOrTwice_IsRefused()
    {
        using var file = new JournalFile();
        file.Write(JournalFile.Bytes(JournalFile.Events[0], JournalFile.Events[2]));
        var missing = await Assert.ThrowsAsync<PlanlaneException>(file.ReadAsync);
        file.Write(JournalFile.Bytes(JournalFile.Events[0], JournalFile.Events[0]));
        var twice = await Assert.ThrowsAsync<PlanlaneException>(file.ReadAsync);

        Assert.StartsWith("Line 2 of the run's journal is damaged: it holds event 3, so lines are missing or doubled.", missing.Message);
        Assert.StartsWith("Line 2 of the run's journal is damaged: it holds event 1, so lines are missing or doubled.", twice.Message);
    }

    [Theory]
    [InlineData("""{"sequence":2,"at":"2027-01-01T00:00:00+00:00","event":{"type":"agents.danced","steps":3}}""", "agents.danced")]
    [InlineData("""{"sequence":2,"at":"2027-01-01T00:00:00+00:00","event":{"type":"step.failed","step":"plan:1","kind":"newKindOfFault","message":"m"}}""", "step.failed")]
    public async Task Open_EventOfANewerVersion_IsRefusedAsSuch(string line, string name)
    {
        using var file = new JournalFile();
        file.Write([.. JournalFile.Bytes(JournalFile.Events[0]), .. System.Text.Encoding.UTF8.GetBytes(line + "\n")]);

        var fault = await Assert.ThrowsAsync<PlanlaneException>(file.ReadAsync);

        Assert.Equal($"The run was made by a newer planlane: line 2 of its journal holds '{name}', which this version does not know.", fault.Message);
        Assert.Equal("Use the version that made the run, or a newer one.", fault.Hint);
    }

    [Fact]
    public async Task Read_MoreLinesThanOneThreadTakes_GivesAllInOrder()
    {
        using var file = new JournalFile();
        var events = Enumerable.Range(1, 3_000).Select(number => JournalFile.Recorded(number, new StepBegun(new($"attempt:{number}:1")))).ToList();
        file.Write(JournalFile.Bytes(events));

        Assert.Equal(events, await file.ReadAsync());
    }

    [Fact]
    public async Task Append_AfterAFailedOne_TakesNothingMore()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "This system has no /dev/full, a disk that is full.");
        using var file = new JournalFile();
        file.Write([]);
        File.Delete(file.Path);
        File.CreateSymbolicLink(file.Path, "/dev/full");
        await using var journal = JsonLinesJournal.Open(file.Path, TimeProvider.System);

        var first = await Assert.ThrowsAsync<PlanlaneException>(() => journal.AppendAsync([JournalFile.Events[0]], Token));
        File.Delete(file.Path);
        var second = await Assert.ThrowsAsync<PlanlaneException>(() => journal.AppendAsync([JournalFile.Events[0]], Token));

        Assert.StartsWith("The run's journal cannot be written, so nothing more is started: No space left on device", first.Message);
        Assert.Equal("The run's journal cannot be written, so nothing more is started: an earlier event could not be written", second.Message);
    }
}
