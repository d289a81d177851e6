using Planlane.Values;

namespace Planlane.Workspaces;

/// <summary>What an agent has seen of its files, so that it does not overwrite what it does not know.</summary>
/// <remarks>Whoever has read a part of a file has seen it: an edit is tied to its place by an exact text anyway. Not thread-safe: it belongs to one agent.</remarks>
/// <param name="recorded">What it read and wrote in its turns.</param>
/// <param name="briefed">The files whose text its first message holds.</param>
public sealed class SeenFiles(ValueList<SeenFile> recorded, IReadOnlyDictionary<RepoPath, ObjectId> briefed)
{
    private readonly Dictionary<RepoPath, ObjectId> _seen = recorded.ToDictionary(file => file.Path, file => file.Blob);
    private readonly Dictionary<RepoPath, ObjectId> _new = [];

    /// <summary>How well an agent knows a file that holds <paramref name="blob"/>.</summary>
    public Sight Of(RepoPath path, ObjectId blob)
    {
        var isBriefed = briefed.TryGetValue(path, out var told);
        var isSeen = _seen.TryGetValue(path, out var last);
        return (isBriefed && told == blob) || (isSeen && last == blob) ? Sight.Current : isBriefed || isSeen ? Sight.Outdated : Sight.None;
    }

    /// <summary>Notes that the agent knows what a file holds now.</summary>
    public void Add(RepoPath path, ObjectId blob) => _seen[path] = _new[path] = blob;

    /// <summary>What was noted since the last call, for the journal.</summary>
    public ValueList<SeenFile> Take()
    {
        var taken = _new.Select(file => new SeenFile(file.Key, file.Value)).OrderBy(file => file.Path).ToValueList();
        _new.Clear();
        return taken;
    }
}

/// <summary>How well an agent knows a file.</summary>
public enum Sight
{
    /// <summary>It has never seen it.</summary>
    None,

    /// <summary>It has seen it, and it holds something else now.</summary>
    Outdated,

    /// <summary>It has seen what it holds.</summary>
    Current,
}
