using Huddle.Chat;

namespace Huddle.Tests.Chat;

public sealed class MessageHistoryTests
{
    [Fact]
    public void Recent_NothingAppended_IsEmpty() =>
        Assert.Empty(new MessageHistory(3).Recent());

    [Theory]
    [InlineData(2, new long[] { 1, 2 })]
    [InlineData(3, new long[] { 1, 2, 3 })]
    [InlineData(4, new long[] { 2, 3, 4 })]
    [InlineData(8, new long[] { 6, 7, 8 })]
    public void Recent_AroundTheCapacity_KeepsTheNewestInOrder(int appended, long[] expected)
    {
        var history = HistoryOf(capacity: 3, appended);

        Assert.Equal(expected, history.Recent().Select(message => message.Id));
    }

    [Fact]
    public void Recent_LaterAppend_LeavesTheSnapshotAlone()
    {
        var history = HistoryOf(capacity: 2, appended: 2);
        var snapshot = history.Recent();

        history.Append(Message(3));

        Assert.Equal([1, 2], snapshot.Select(message => message.Id));
    }

    [Fact]
    public void Constructor_CapacityZero_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new MessageHistory(0));

    private static MessageHistory HistoryOf(int capacity, int appended)
    {
        var history = new MessageHistory(capacity);
        for (var id = 1; id <= appended; id++)
            history.Append(Message(id));

        return history;
    }

    private static ChatMessage Message(long id) => new(id, "Ada", $"Message {id}", DateTimeOffset.UnixEpoch);
}
