using System.Runtime.CompilerServices;
using System.Text;
using CsCheck;
using Planlane.Journal.Checkpoints;
using Planlane.Runs;

namespace Planlane.Journal;

public sealed class CheckpointTests
{
    public static IEnumerable<TheoryDataRow<string>> Journals => Directory.EnumerateFiles(FolderOf(), "*.jsonl").Select(file => new TheoryDataRow<string>(file));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // The law: wherever in a whole run the checkpoint was made, it and the events after it give what all events give.
    [Theory]
    [MemberData(nameof(Journals))]
    public async Task Load_CheckpointAfterAnyEvent_GivesTheStateOfTheWholeReplay(string golden)
    {
        using var file = new JournalFile();
        file.Write(await File.ReadAllBytesAsync(golden, Token));
        var events = await file.ReadAsync();
        var expected = Replayed(events);
        for (var kept = 0; kept <= events.Count; kept++)
        {
            Keep(file, events, kept);

            var loaded = await JsonLinesJournal.LoadAsync(file.Path, Token);

            Assert.Equal(expected, loaded);
            Assert.Equal(RunDecider.Next(expected), RunDecider.Next(loaded));
            Assert.Equal(kept, CheckpointedSequence(file));
        }
    }

    [Theory]
    [MemberData(nameof(Journals))]
    public async Task Load_CheckpointThatIsChangedAnywhere_IsNotUsed(string golden)
    {
        using var file = new JournalFile();
        file.Write(await File.ReadAllBytesAsync(golden, Token));
        var events = await file.ReadAsync();
        var expected = Replayed(events);
        Keep(file, events, events.Count);
        var whole = await File.ReadAllBytesAsync(Checkpoint.PathOf(file.Path), Token);

        await Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte[1, 255], Gen.Bool).SampleAsync(
            async (place, mask, isCut) =>
            {
                byte[] changed = [.. whole];
                changed[place] ^= mask;
                await File.WriteAllBytesAsync(Checkpoint.PathOf(file.Path), isCut ? changed[..place] : changed, Token);

                Assert.Null(Checkpoint.TryRead(file.Path)?.State());
                Assert.Equal(expected, await JsonLinesJournal.LoadAsync(file.Path, Token));
            },
            iter: 200,
            threads: 1);
    }

    [Fact]
    public async Task Load_JournalThatIsNotTheOneOfItsCheckpoint_IsReadItself()
    {
        using var file = new JournalFile();
        file.Write(JournalFile.Bytes(JournalFile.Events));
        Keep(file, JournalFile.Events, 3);
        // As long, and another run: a journal that was put back from elsewhere.
        var other = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(JournalFile.Bytes(JournalFile.Events)).Replace("abc123", "abc124", StringComparison.Ordinal));
        file.Write(other);
        Assert.Equal(new("abc124"), (await JsonLinesJournal.LoadAsync(file.Path, Token)).Id);

        // Shorter than what the checkpoint is of.
        file.Write(JournalFile.Bytes(JournalFile.FirstTwo));
        Assert.Equal(2, (await JsonLinesJournal.LoadAsync(file.Path, Token)).Sequence);
    }

    [Fact]
    public async Task Load_CheckpointOfAnotherBuild_IsNotUsed()
    {
        using var file = new JournalFile();
        file.Write(JournalFile.Bytes(JournalFile.Events));
        Keep(file, JournalFile.Events, 3);
        var path = Checkpoint.PathOf(file.Path);
        var text = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(path, Token));
        await File.WriteAllBytesAsync(path, Encoding.Latin1.GetBytes(text.Replace(StateImage.Build, new string('0', StateImage.Build.Length), StringComparison.Ordinal)), Token);

        Assert.Null(Checkpoint.TryRead(file.Path));
        Assert.Equal(Replayed(JournalFile.Events), await JsonLinesJournal.LoadAsync(file.Path, Token));
    }

    [Fact]
    public async Task Open_DamageAfterTheCheckpoint_IsRefusedWithItsPlaceInTheJournal()
    {
        using var file = new JournalFile();
        var good = JournalFile.Bytes(JournalFile.Events);
        file.Write(good);
        Keep(file, JournalFile.Events, 3);
        file.Write([.. good, .. "{\"sequence\":4,broken}\n"u8]);

        var fault = Assert.Throws<PlanlaneException>(() => JsonLinesJournal.Open(file.Path, TimeProvider.System));

        Assert.StartsWith("Line 4 of the run's journal is damaged: ", fault.Message);
        Assert.Contains($"begins at byte {good.Length} of", fault.Message);
    }

    [Fact]
    public async Task Dispose_JournalOfSomeLength_LeavesACheckpointThatTheNextOneGoesOnFrom()
    {
        using var file = new JournalFile();
        var events = Enumerable.Range(2, 150).Select(number => JournalFile.Recorded(number, new StepBegun(new($"attempt:{number}:1")))).Prepend(JournalFile.Events[0]).ToList();
        await WriteAsync(file, events[..120]);
        Assert.Equal(120, CheckpointedSequence(file));
        await WriteAsync(file, events[120..]);
        Assert.Equal(151, CheckpointedSequence(file));

        Assert.Equal(Replayed(events), await JsonLinesJournal.LoadAsync(file.Path, Token));
        Assert.Equal(events, await file.ReadAsync());
        await using var again = JsonLinesJournal.Open(file.Path, TimeProvider.System);
        Assert.Equal(Replayed(events), await again.RestoreAsync(Token));
        Assert.Equal(events, await again.ReadAsync(Token));
    }

    [Fact]
    public async Task Dispose_PlaceWithoutWriting_LeavesTheJournalAlone()
    {
        using var file = new JournalFile();
        var events = Enumerable.Range(2, 150).Select(number => JournalFile.Recorded(number, new StepBegun(new($"attempt:{number}:1")))).Prepend(JournalFile.Events[0]).ToList();
        // A folder stands where the checkpoint would be.
        Directory.CreateDirectory(Checkpoint.PathOf(file.Path));
        await WriteAsync(file, events);

        Assert.Equal(Replayed(events), await JsonLinesJournal.LoadAsync(file.Path, Token));
    }

    // A type that is added to the state and has no form would silently cost the checkpoint.
    [Fact]
    public void Form_EveryTypeThatAStateCanHold_HasOne()
    {
        var met = new HashSet<Type>();
        var open = new Queue<Type>([typeof(RunState)]);
        while (open.TryDequeue(out var type))
            if (met.Add(type))
                foreach (var part in Form.Of(type).Parts)
                    open.Enqueue(part);

        Assert.Contains(typeof(RunEnd), met);
        Assert.Contains(typeof(decimal), met);
    }

    [Fact]
    public void Image_AnyScalars_ComeBackEqual() => Gen.Select(Gen.Long, Gen.Double, Gen.Decimal, Gen.DateTimeOffset, Gen.String, Gen.Int).Sample((number, real, money, time, text, place) =>
    {
        var spread = new object?[] { number, real, money, time, text, null, place, place % 2 == 0, text, DateOnly.FromDayNumber(Math.Abs(place % 1000)) };
        var types = new[] { typeof(long), typeof(double), typeof(decimal), typeof(DateTimeOffset), typeof(string), typeof(string), typeof(int), typeof(bool), typeof(string), typeof(DateOnly) };
        using var stream = new MemoryStream();
        var writer = new ImageWriter(stream);
        foreach (var (type, value) in types.Zip(spread))
            Form.Of(type).Write(writer, value);
        writer.Flush();
        var reader = new ImageReader(stream.ToArray(), 0, (int)stream.Length);

        Assert.Equal(spread, types.Select(type => Form.Of(type).Read(reader)));
    });

    private static async Task WriteAsync(JournalFile file, IReadOnlyList<RecordedEvent> events)
    {
        await using var journal = JsonLinesJournal.Open(file.Path, TimeProvider.System);
        var state = await journal.RestoreAsync(Token);
        await journal.AppendAsync(events, Token);
        journal.Reached(events.Aggregate(state, (now, recorded) => now.Apply(recorded)));
    }

    private static void Keep(JournalFile file, IReadOnlyList<RecordedEvent> events, int count)
    {
        using var stream = File.OpenRead(file.Path);
        using var prefix = new PrefixHash();
        // As long as the lines in the file are, which an older version may have written otherwise.
        var length = LengthOf(File.ReadAllBytes(file.Path), count);
        Checkpoint.Write(file.Path, length, prefix.Of(stream.SafeFileHandle, length)!, Replayed(events.Take(count)));
    }

    private static long CheckpointedSequence(JournalFile file)
    {
        using var stream = File.OpenRead(file.Path);
        return RestoredJournal.Read(stream, file.Path).Start.Sequence;
    }

    private static int LengthOf(byte[] bytes, int lines)
    {
        var at = 0;
        for (; lines > 0; lines--)
            at = Array.IndexOf(bytes, (byte)'\n', at) + 1;
        return at;
    }

    private static RunState Replayed(IEnumerable<RecordedEvent> events) => events.Aggregate(RunState.Empty, (state, recorded) => state.Apply(recorded));

    private static string FolderOf([CallerFilePath] string path = "") => Path.Combine(Path.GetDirectoryName(path)!, "Golden");
}
