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
