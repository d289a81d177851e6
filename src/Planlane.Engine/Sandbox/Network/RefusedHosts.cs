using Planlane.Workspaces;

namespace Planlane.Sandbox.Network;

/// <summary>What a command was refused of the network. Thread-safe.</summary>
internal sealed class RefusedHosts
{
    // A command may ask for whatever it likes; what is told stays short.
    private const int MostKept = 20;

    private readonly Lock _lock = new();
    private readonly List<(string Target, string Reason, int Count)> _kept = [];
    private int _others;

    /// <summary>Notes a refusal.</summary>
    public void Add(HostTarget target, string reason) => Add(target.ToString(), reason);

    /// <summary>Notes a request that nobody can judge.</summary>
    public void AddUnread() => Add("a request", "it is not one that a proxy understands");

    /// <summary>A sentence for each host that was refused, in the order in which they came.</summary>
    public IReadOnlyList<string> Lines()
    {
        lock (_lock)
        {
            var lines = _kept.Select(entry => $"The sandbox refused {entry.Target}{(entry.Count == 1 ? "" : $" {entry.Count} times")}: {entry.Reason}.").ToList();
            return _others == 0 ? lines : [.. lines, $"The sandbox refused {_others} more."];
        }
    }

    /// <summary>The output of a command with these sentences at its end.</summary>
    public static string AddTo(string output, RefusedHosts? refused)
    {
        var lines = refused?.Lines() ?? [];
        return lines.Count == 0 ? output : $"{output}{(output.Length == 0 || output.EndsWith('\n') ? "" : "\n")}{string.Join('\n', lines)}\n";
    }

    private void Add(string target, string reason)
    {
        lock (_lock)
        {
            var at = _kept.FindIndex(entry => entry.Target == target && entry.Reason == reason);
            if (at >= 0)
                _kept[at] = _kept[at] with { Count = _kept[at].Count + 1 };
            else if (_kept.Count < MostKept)
                _kept.Add((target, reason, 1));
            else
                _others++;
        }
    }
}
