using System.Text.Json;
using CsCheck;

namespace Planlane.Values;

public sealed class ValueListTests
{
    [Fact]
    public void Equals_AnyTwoLists_IsEqualityOfContentAndOrder() => Gen.Select(Gen.Int[0, 2].Array[0, 4], Gen.Int[0, 2].Array[0, 4]).Sample((left, right) =>
    {
        var same = left.SequenceEqual(right);
        Assert.Equal(same, left.ToValueList().Equals(right.ToValueList()));
        Assert.True(!same || left.ToValueList().GetHashCode() == right.ToValueList().GetHashCode());
    });

    [Fact]
    public void Equals_RecordsThatHoldLists_ComparesByContent()
    {
        Assert.Equal(Some.Plan(Some.Task("a", after: ["b"])), Some.Plan(Some.Task("a", after: ["b"])));
        Assert.NotEqual(Some.Plan(Some.Task("a", after: ["b"])), Some.Plan(Some.Task("a", after: ["c"])));
        Assert.False(ValueList<int>.Empty.Equals(null));
        Assert.False(ValueList<int>.Empty.Equals(new object()));
    }

    [Fact]
    public void Add_AnyList_LeavesTheOldOneAsItWas()
    {
        ValueList<int> list = [1, 2];

        Assert.Equal([1, 2, 3], list.Add(3));
        Assert.Equal([1, 2, 3, 4], list.AddRange([3, 4]));
        Assert.Equal([1, 20], list.Replace(item => item == 2, item => item * 10));
        Assert.Equal([1, 2], list);
        Assert.Equal("[1, 2]", list.ToString());
    }

    // Lists that grow from one another share storage: none may see what was added to another one.
    [Fact]
    public void Add_ListsThatGrowFromAnyOfTheEarlierOnes_AreAllAsTheyWereMade() => Gen.Select(Gen.Int[0, 99], Gen.Int[0, 3]).Array[1, 60].Sample(moves =>
    {
        var made = new List<(ValueList<int> List, int[] Expected)> { (ValueList<int>.Empty, []) };
        foreach (var (pick, more) in moves)
        {
            var (list, expected) = made[pick % made.Count];
            var items = Enumerable.Range(made.Count * 10, more).ToArray();
            made.Add((more == 1 ? list.Add(items[0]) : list.AddRange(items), [.. expected, .. items]));
            if (expected.Length > 0)
                made.Add((list.With(pick % expected.Length, -1), [.. expected[..(pick % expected.Length)], -1, .. expected[(pick % expected.Length + 1)..]]));
        }

        Assert.All(made, item => Assert.Equal(item.Expected, item.List));
        Assert.All(made, item => Assert.Equal(item.Expected.ToValueList(), item.List));
        Assert.All(made, item => Assert.Equal(item.Expected.Length, item.List.Count));
        Assert.All(made, item => Assert.Throws<ArgumentOutOfRangeException>(() => item.List[item.Expected.Length]));
    });

    // Long lists are kept in parts; whatever is done to one, the others stay as they were made.
    [Fact]
    public void With_LongListsThatChangeFromAnyOfTheEarlierOnes_AreAllAsTheyWereMade() => Gen.Select(Gen.Int[120, 300], Gen.Select(Gen.Int[0, 99], Gen.Int[0, 9_999], Gen.Int[0, 2]).Array[1, 30]).Sample((length, moves) =>
    {
        var first = Enumerable.Range(0, length).ToArray();
        var made = new List<(ValueList<int> List, int[] Expected)> { (first.ToValueList(), first) };
        foreach (var (pick, place, more) in moves)
        {
            var (list, expected) = made[pick % made.Count];
            var at = place % expected.Length;
            made.Add((list.With(at, -place).AddRange(Enumerable.Range(0, more)), [.. expected[..at], -place, .. expected[(at + 1)..], .. Enumerable.Range(0, more)]));
        }

        Assert.All(made, item => Assert.Equal(item.Expected, item.List));
        Assert.All(made, item => Assert.Equal(item.Expected, Enumerable.Range(0, item.List.Count).Select(place => item.List[place])));
        Assert.All(made, item => Assert.Equal(item.Expected.ToValueList(), item.List));
        Assert.All(made, item => Assert.Equal(item.Expected.ToValueList().GetHashCode(), item.List.GetHashCode()));
        Assert.All(made, item => Assert.Throws<ArgumentOutOfRangeException>(() => item.List[item.Expected.Length]));
        Assert.All(made, item => Assert.Throws<ArgumentOutOfRangeException>(() => item.List.With(item.Expected.Length, 0)));
    });

    [Fact]
    public void Add_ManyThreadsFromOneList_GiveEachItsOwn()
    {
        var list = ValueList<int>.Empty.AddRange([1, 2, 3]).Add(4).Add(5);

        var grown = Enumerable.Range(0, 1_000).AsParallel().WithDegreeOfParallelism(4).Select(item => (item, List: list.Add(item))).ToList();

        Assert.All(grown, made => Assert.Equal([1, 2, 3, 4, 5, made.item], made.List));
    }

    [Fact]
    public void ReplaceLast_ElementsThatMatch_ChangesTheLastOfThem()
    {
        ValueList<int> list = [1, 2, 1, 3];

        Assert.Equal([1, 2, 10, 3], list.ReplaceLast(item => item == 1, item => item * 10));
        Assert.Same(list, list.ReplaceLast(item => item == 9, item => item * 10));
    }

    [Fact]
    public void Json_AnyList_ComesBackEqual() => Gen.String.Array[0, 5].Sample(items =>
        JsonSerializer.Deserialize<ValueList<string>>(JsonSerializer.Serialize(items.ToValueList()))!.Equals(items.ToValueList()));

    [Fact]
    public void Json_ListsInLists_AreArraysInArrays()
    {
        ValueList<ValueList<TaskId>> list = [Some.Ids("a", "b"), []];

        var json = JsonSerializer.Serialize(list);

        Assert.Equal("""[["a","b"],[]]""", json);
        Assert.Equal(list, JsonSerializer.Deserialize<ValueList<ValueList<TaskId>>>(json));
    }
}
