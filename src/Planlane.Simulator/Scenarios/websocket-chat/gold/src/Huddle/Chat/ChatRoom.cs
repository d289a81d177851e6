using System.Threading.Channels;
using Huddle.Users;

namespace Huddle.Chat;

public sealed class ChatRoom(IMessageHistory history, IPresence presence, TimeProvider time, ChatOptions options) : IChatRoom
{
    private readonly Lock _gate = new();
    private readonly List<Session> _sessions = [];
    private long _lastMessageId;

    public IReadOnlyList<string> Members
    {
        get
        {
            lock (_gate)
                return presence.Members;
        }
    }

    public IChatSession Join(DisplayName member)
    {
        var session = new Session(this, member, options.OutboxCapacity);
        lock (_gate)
        {
            if (presence.Enter(member))
                Broadcast(new MemberJoined(member.Value));

            session.Offer(new Welcome(presence.Members, history.Recent()));
            _sessions.Add(session);
        }

        return session;
    }

    private void Post(Session sender, string text)
    {
        var trimmed = text.Trim();
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(!_sessions.Contains(sender), sender);
            if (ReasonToRefuse(trimmed) is { } reason)
            {
                sender.Offer(new MessageRefused(reason));
                return;
            }

            var message = new ChatMessage(++_lastMessageId, sender.Member.Value, trimmed, time.GetUtcNow());
            history.Append(message);
            Broadcast(new MessagePosted(message));
        }
    }

    private void Leave(Session session)
    {
        lock (_gate)
        {
            if (!_sessions.Remove(session))
                return;

            session.Complete();
            if (presence.Leave(session.Member))
                Broadcast(new MemberLeft(session.Member.Value));
        }
    }

    private void Broadcast(ChatEvent chatEvent)
    {
        foreach (var session in _sessions)
            session.Offer(chatEvent);
    }

    private string? ReasonToRefuse(string text) => text.Length switch
    {
        0 => "A message needs some text.",
        var length when length > options.MaxTextLength => $"A message has at most {options.MaxTextLength} characters.",
        _ => null,
    };

    private sealed class Session(ChatRoom room, DisplayName member, int capacity) : IChatSession
    {
        private readonly Channel<ChatEvent> _outbox =
            Channel.CreateBounded<ChatEvent>(new BoundedChannelOptions(capacity) { SingleReader = true });

        private readonly CancellationTokenSource _eviction = new();

        public DisplayName Member => member;

        public ChannelReader<ChatEvent> Events => _outbox.Reader;

        public CancellationToken Evicted => _eviction.Token;

        public void Post(string text) => room.Post(this, text);

        public void Dispose() => room.Leave(this);

        public void Offer(ChatEvent chatEvent)
        {
            // A stream with a gap is worse than a reconnect. CancelAsync keeps callbacks out of the room's lock.
            if (!_outbox.Writer.TryWrite(chatEvent) && _outbox.Writer.TryComplete())
                _ = _eviction.CancelAsync();
        }

        public void Complete() => _outbox.Writer.TryComplete();
    }
}
