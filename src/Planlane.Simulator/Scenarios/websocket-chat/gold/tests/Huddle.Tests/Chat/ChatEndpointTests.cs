using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using Huddle.Chat;

namespace Huddle.Tests.Chat;

public sealed class ChatEndpointTests
{
    [Fact]
    public async Task Connect_SecondMember_IsAnnouncedToTheFirst()
    {
        await using var server = await ChatServer.StartAsync();
        using var ada = await server.ConnectAsync("Ada");
        Assert.Equal(["Ada"], (await ada.NextAsync<Welcome>()).Members);

        using var grace = await server.ConnectAsync("Grace");

        Assert.Equal(new MemberJoined("Grace"), await ada.NextAsync<MemberJoined>());
        Assert.Equal(["Ada", "Grace"], (await grace.NextAsync<Welcome>()).Members);
    }

    [Fact]
    public async Task Post_TwoMembers_BothReceiveTheMessage()
    {
        await using var server = await ChatServer.StartAsync();
        using var ada = await server.ConnectAsync("Ada");
        await ada.NextAsync<Welcome>();
        using var grace = await server.ConnectAsync("Grace");
        await grace.NextAsync<Welcome>();
        await ada.NextAsync<MemberJoined>();

        await grace.PostAsync("Grüße, Ada \U0001F44B");

        var seenByAda = (await ada.NextAsync<MessagePosted>()).Message;
        Assert.Equal(("Grace", "Grüße, Ada \U0001F44B"), (seenByAda.Sender, seenByAda.Text));
        Assert.Equal(seenByAda, (await grace.NextAsync<MessagePosted>()).Message);
    }

    [Fact]
    public async Task Post_OtherRoom_HearsNothing()
    {
        await using var server = await ChatServer.StartAsync();
        using var general = await server.ConnectAsync("Ada", "general");
        await general.NextAsync<Welcome>();
        using var random = await server.ConnectAsync("Grace", "random");
        await random.NextAsync<Welcome>();

        await general.PostAsync("Only for general");
        await general.NextAsync<MessagePosted>();
        await random.PostAsync("Only for random");

        Assert.Equal("Only for random", (await random.NextAsync<MessagePosted>()).Message.Text);
    }

    [Fact]
    public async Task Connect_AfterManyPosts_ReplaysTheNewestInOrder()
    {
        await using var server = await ChatServer.StartAsync("--Chat:HistoryLength=2");
        using var ada = await server.ConnectAsync("Ada");
        await ada.NextAsync<Welcome>();
        foreach (var text in (string[])["first", "second", "third"])
        {
            await ada.PostAsync(text);
            await ada.NextAsync<MessagePosted>();
        }

        using var grace = await server.ConnectAsync("Grace");

        var history = (await grace.NextAsync<Welcome>()).History;
        Assert.Equal(["second", "third"], history.Select(message => message.Text));
    }

    [Fact]
    public async Task Post_FromSeveralMembersAtOnce_IsSeenInOneOrderByAll()
    {
        const int PostsEach = 25;
        await using var server = await ChatServer.StartAsync("--Chat:OutboxCapacity=1000");
        using var ada = await server.ConnectAsync("Ada");
        await ada.NextAsync<Welcome>();
        using var grace = await server.ConnectAsync("Grace");
        await grace.NextAsync<Welcome>();
        await ada.NextAsync<MemberJoined>();

        await Task.WhenAll(PostAllAsync(ada), PostAllAsync(grace));

        var seenByAda = await ReadAllAsync(ada);
        Assert.Equal(Enumerable.Range(1, 2 * PostsEach).Select(id => (long)id), seenByAda.Select(message => message.Id));
        Assert.Equal(seenByAda, await ReadAllAsync(grace));

        static async Task PostAllAsync(ChatClient client)
        {
            for (var i = 0; i < PostsEach; i++)
                await client.PostAsync($"Post {i}");
        }

        static async Task<List<ChatMessage>> ReadAllAsync(ChatClient client)
        {
            var messages = new List<ChatMessage>();
            while (messages.Count < 2 * PostsEach)
                messages.Add((await client.NextAsync<MessagePosted>()).Message);

            return messages;
        }
    }

    [Fact]
    public async Task Post_BlankText_IsRefusedAndTheConnectionStaysOpen()
    {
        await using var server = await ChatServer.StartAsync();
        using var ada = await server.ConnectAsync("Ada");
        await ada.NextAsync<Welcome>();

        await ada.PostAsync("  ");
        await ada.NextAsync<MessageRefused>();
        await ada.PostAsync("Better");

        Assert.Equal("Better", (await ada.NextAsync<MessagePosted>()).Message.Text);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"text":null}""")]
    public async Task Send_MalformedCommand_ClosesWithInvalidPayload(string payload)
    {
        await using var server = await ChatServer.StartAsync();
        using var ada = await server.ConnectAsync("Ada");
        await ada.NextAsync<Welcome>();

        await ada.SendAsync(payload);

        Assert.Equal(WebSocketCloseStatus.InvalidPayloadData, await ada.ClosedAsync());
    }

    [Fact]
    public async Task Send_BinaryMessage_ClosesWithInvalidMessageType()
    {
        await using var server = await ChatServer.StartAsync();
        using var ada = await server.ConnectAsync("Ada");
        await ada.NextAsync<Welcome>();

        await ada.SendAsync("""{"text":"Hello"}""", WebSocketMessageType.Binary);

        Assert.Equal(WebSocketCloseStatus.InvalidMessageType, await ada.ClosedAsync());
    }

    [Fact]
    public async Task Send_OversizedCommand_ClosesWithMessageTooBig()
    {
        await using var server = await ChatServer.StartAsync();
        using var ada = await server.ConnectAsync("Ada");
        await ada.NextAsync<Welcome>();

        await ada.PostAsync(new string('x', 32 * 1024));

        Assert.Equal(WebSocketCloseStatus.MessageTooBig, await ada.ClosedAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Disconnect_PolitelyOrNot_IsAnnouncedToTheOthers(bool politely)
    {
        await using var server = await ChatServer.StartAsync();
        using var ada = await server.ConnectAsync("Ada");
        await ada.NextAsync<Welcome>();
        using var grace = await server.ConnectAsync("Grace");
        await ada.NextAsync<MemberJoined>();

        if (politely)
            await grace.LeaveAsync();
        else
            grace.Abort();

        Assert.Equal(new MemberLeft("Grace"), await ada.NextAsync<MemberLeft>());
    }

    [Fact]
    public async Task Members_WhileConnected_ListsWhoIsPresent()
    {
        await using var server = await ChatServer.StartAsync();
        using var ada = await server.ConnectAsync("Ada");
        await ada.NextAsync<Welcome>();

        var members = await server.Http.GetFromJsonAsync<string[]>("/rooms/general/members", TestContext.Current.CancellationToken);

        Assert.Equal(["Ada"], members!);
    }

    [Theory]
    [InlineData("Ada", "nowhere", HttpStatusCode.NotFound)]
    [InlineData("<script>", "general", HttpStatusCode.BadRequest)]
    public async Task Connect_UnknownRoomOrBadName_IsRefused(string member, string room, HttpStatusCode expected)
    {
        await using var server = await ChatServer.StartAsync();

        Assert.Equal(expected, await server.RefusalAsync(member, room));
    }

    [Fact]
    public async Task Get_WithoutUpgrade_IsBadRequest()
    {
        await using var server = await ChatServer.StartAsync();

        var response = await server.Http.GetAsync("/rooms/general/chat?name=Ada", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }
}
