using Planlane.Values;

namespace Planlane.Requests;

public sealed class ReadingCacheTests : IDisposable
{
    private static readonly DateOnly Day = new(2026, 3, 4);

    private readonly string _folder = Directory.CreateTempSubdirectory("planlane-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Find_KeptReadings_AreAsTheyWere()
    {
        var facts = new Sources.ImportFacts { Imports = ["a"], Package = "p", Signatures = [new Signature("A.B", "void B(\"x\")", 7)] };
        BlobReading[] readings = [new(ReadingState.Read, facts), new(ReadingState.Read, Text: "ä\nb"), new(ReadingState.Binary), new(ReadingState.Generated)];
        ReadingKey[] keys = [Key(1), new(new ObjectId("2"), ReadingKey.Plain), Key(3), Key(4)];
        var cache = ReadingCache.Open(_folder, Day);

        cache.Save(keys.Zip(readings).ToDictionary(pair => pair.First, pair => cache.Keep(pair.Second)), keys);

        Assert.Equal(readings, keys.Select(ReadingCache.Open(_folder, Day).Find));
        Assert.Null(ReadingCache.Open(_folder, Day).Find(Key(5)));
    }

    [Fact]
    public void Save_ManyTimes_KeepsFewFilesAndLosesNothing()
    {
        for (var number = 0; number < 30; number++)
            Add(number, Day);

        Assert.InRange(Directory.GetFiles(_folder).Length, 1, 9);
        Assert.All(Enumerable.Range(0, 30), number => Assert.NotNull(ReadingCache.Open(_folder, Day).Find(Key(number))));
    }

    [Fact]
    public void Save_AfterAMonth_DropsWhatWasNotUsedSince()
    {
        Add(0, Day);
        Add(1, Day);
        for (var number = 2; number < 20; number++)
            Add(number, Day.AddDays(40), 1);

        var cache = ReadingCache.Open(_folder, Day.AddDays(40));
        Assert.Null(cache.Find(Key(0)));
        Assert.NotNull(cache.Find(Key(1)));
        Assert.NotNull(cache.Find(Key(19)));
    }

    [Fact]
    public void Save_OfTwoProcessesAtOnce_KeepsBoth()
    {
        var (left, right) = (ReadingCache.Open(_folder, Day), ReadingCache.Open(_folder, Day));

        left.Save(new Dictionary<ReadingKey, KeptReading> { [Key(1)] = left.Keep(new BlobReading(ReadingState.Binary)) }, [Key(1)]);
        right.Save(new Dictionary<ReadingKey, KeptReading> { [Key(2)] = right.Keep(new BlobReading(ReadingState.Binary)) }, [Key(2)]);

        Assert.All([1, 2], number => Assert.NotNull(ReadingCache.Open(_folder, Day).Find(Key(number))));
    }

    private void Add(int number, DateOnly day, params int[] alsoUsed)
    {
        var cache = ReadingCache.Open(_folder, day);
        cache.Save(new Dictionary<ReadingKey, KeptReading> { [Key(number)] = cache.Keep(new BlobReading(ReadingState.Generated)) }, alsoUsed.Append(number).Select(Key));
    }

    private static ReadingKey Key(int number) => new(new ObjectId($"{number}"), "Tiny/1");
}
