using System.Threading.Channels;
using Huddle.Chat;
using Huddle.Users;

namespace Huddle.Tests.Chat;

public sealed class ChatRoomTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);
    private static readonly DisplayName Ada = DisplayName.Parse("Ada");
    private static readonly DisplayName Grace = DisplayName.Parse("Grace");

    [Fact]
    public void Join_FirstEvent_WelcomesWithMembersAndHistory()
    {
        var room = Room();
        using var ada = room.Join(Ada);
        ada.Post("Anyone here?");

        using var grace = room.Join(Grace);

        var welcome = Next<Welcome>(grace.Events);
        Assert.Equal(["Ada", "Grace"], welcome.Members);
        Assert.Equal([new ChatMessage(1, "Ada", "Anyone here?", Noon)], welcome.History);
    }

    [Fact]
    public void Join_SecondConnection_IsNotAnnounced()
    {
        var room = Room();
        using var first = room.Join(Ada);
        using var second = room.Join(Ada);

        Next<Welcome>(first.Events);
        Assert.False(first.Events.TryRead(out _));
    }

    [Fact]
    public void Post_TwoMembers_BothSeeTheSameMessage()
    {
        var room = Room();
        using var ada = room.Join(Ada);
        using var grace = room.Join(Grace);
        Next<Welcome>(ada.Events);
        Next<MemberJoined>(ada.Events);
        Next<Welcome>(grace.Events);

        grace.Post("  Hello  ");

        var expected = new MessagePosted(new ChatMessage(1, "Grace", "Hello", Noon));
        Assert.Equal(expected, Next<MessagePosted>(ada.Events));
        Assert.Equal(expected, Next<MessagePosted>(grace.Events));
    }

    [Theory]
    [InlineData("   ")]
    [InlineData("A text of more than twenty characters")]
    public void Post_TextOutsideTheRules_IsRefusedToItsSenderOnly(string text)
    {
        var room = Room(new ChatOptions { MaxTextLength = 20 });
        using var ada = room.Join(Ada);
        using var grace = room.Join(Grace);
        Next<Welcome>(ada.Events);
        Next<MemberJoined>(ada.Events);
        Next<Welcome>(grace.Events);

        grace.Post(text);

        Next<MessageRefused>(grace.Events);
        Assert.False(ada.Events.TryRead(out _));
    }

    [Fact]
    public void Post_OutboxFull_EvictsTheSlowConnectionAndServesTheOthers()
    {
        var room = Room(new ChatOptions { OutboxCapacity = 2 });
        using var slow = room.Join(Ada);
        using var quick = room.Join(Grace);
        Next<Welcome>(quick.Events);

        quick.Post("One too many");

        Assert.True(slow.Evicted.IsCancellationRequested);
        Assert.False(quick.Evicted.IsCancellationRequested);
        Assert.Equal("One too many", Next<MessagePosted>(quick.Events).Message.Text);
    }

    [Fact]
    public void Post_AfterLeaving_Throws()
    {
        var session = Room().Join(Ada);
        session.Dispose();

        Assert.Throws<ObjectDisposedException>(() => session.Post("Too late"));
    }

    [Fact]
    public void Dispose_Twice_LeavesOnceAndCompletesTheEvents()
    {
        var room = Room();
        using var ada = room.Join(Ada);
        var grace = room.Join(Grace);
        Next<Welcome>(ada.Events);
        Next<MemberJoined>(ada.Events);
        Next<Welcome>(grace.Events);

        grace.Dispose();
        grace.Dispose();

        Assert.Equal(new MemberLeft("Grace"), Next<MemberLeft>(ada.Events));
        Assert.False(ada.Events.TryRead(out _));
        Assert.True(grace.Events.Completion.IsCompletedSuccessfully);
        Assert.Equal(["Ada"], room.Members);
    }

    private static ChatRoom Room(ChatOptions? options = null) =>
        new(new MessageHistory(10), new Presence(), new StoppedTime(Noon), options ?? new ChatOptions());

    private static T Next<T>(ChannelReader<ChatEvent> events)
        where T : ChatEvent
    {
        Assert.True(events.TryRead(out var chatEvent), $"A {typeof(T).Name} was expected.");
        return Assert.IsType<T>(chatEvent);
    }

    private sealed class StoppedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
