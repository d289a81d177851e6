using Huddle.Users;

namespace Huddle.Chat;

/// <summary>Counts connections, so that a member with two tabs open leaves when the second one closes.</summary>
public sealed class Presence : IPresence
{
    private readonly SortedDictionary<string, int> _connections = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<string> Members => [.. _connections.Keys];

    public bool Enter(DisplayName member)
    {
        var connections = _connections.GetValueOrDefault(member.Value) + 1;
        _connections[member.Value] = connections;
        return connections == 1;
    }

    public bool Leave(DisplayName member)
    {
        if (!_connections.TryGetValue(member.Value, out var connections))
            return false;

        if (connections == 1)
            return _connections.Remove(member.Value);

        _connections[member.Value] = connections - 1;
        return false;
    }
}
