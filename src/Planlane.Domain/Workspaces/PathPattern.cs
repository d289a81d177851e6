using Planlane.Values;

namespace Planlane.Workspaces;

/// <summary>A pattern of paths, read once so that it can be compared often.</summary>
internal sealed class PathPattern
{
    private const string AnyParts = "**";

    // What a wildcard reads where anything will do.
    private const string AnyName = "a";

    private readonly string[] _parts;
    private readonly string[] _keys;
    private readonly string _ending;

    private PathPattern(string text)
    {
        _parts = Spelling.Composed(text).Split('/');
        Key = Spelling.Key(text);
        _keys = Key.Split('/');
        // The letters behind the last wildcard of the last part, which every matching path ends with.
        _ending = _keys[^1][(_keys[^1].LastIndexOfAny(['*', '?']) + 1)..];
    }

    /// <summary>What all spellings of the pattern have in common.</summary>
    public string Key { get; }

    /// <summary>The pattern of a glob.</summary>
    public static PathPattern Of(Glob glob) => new(glob.Value.EndsWith('/') ? glob.Value + AnyParts : glob.Value);

    /// <summary>The pattern that matches one path alone.</summary>
    /// <remarks>Its own '*' and '?' are letters; neither can stand in a pattern's part as a letter, so any other control letter will do.</remarks>
    public static PathPattern Of(RepoPath path) => new(path.Value.Replace('*', '\u0001').Replace('?', '\u0002'));

    /// <summary>Whether some path matches both.</summary>
    public bool Meets(PathPattern other) => EndsLike(other) && Parts(other).Holds;

    /// <summary>A path that matches both, or null.</summary>
    public string? Meeting(PathPattern other)
    {
        if (!EndsLike(other) || Parts(other) is not { Holds: true } meeting)
            return null;

        // Two '**' may read more, but the shortest path says best where the two meet.
        var parts = meeting.Pairs().Where(pair => pair is not (null, null)).Select(pair => MeetingOfParts(PartAt(pair.Left), KeyAt(pair.Left), other.PartAt(pair.Right), other.KeyAt(pair.Right))).ToList();
        return parts.Count == 0 ? AnyName : string.Join('/', parts);
    }

    private bool EndsLike(PathPattern other) =>
        _ending.EndsWith(other._ending, StringComparison.Ordinal) || other._ending.EndsWith(_ending, StringComparison.Ordinal);

    private StarMeeting Parts(PathPattern other) => new(
        _keys.Length, other._keys.Length, i => _keys[i] == AnyParts, j => other._keys[j] == AnyParts, (i, j) => Letters(_keys[i], other._keys[j]).Holds);

    private static StarMeeting Letters(string left, string right) => new(
        left.Length, right.Length, i => left[i] == '*', j => right[j] == '*', (i, j) => left[i] == right[j] || left[i] == '?' || right[j] == '?');

    // A part that stands alone is read by the other side's '**'.
    private static string MeetingOfParts(string left, string leftKey, string right, string rightKey)
    {
        var letters = Letters(leftKey, rightKey).Pairs().Select(pair =>
            pair.Left is { } i && left[i] != '?' ? left[i] : pair.Right is { } j && right[j] != '?' ? right[j] : AnyName[0]);
        return string.Concat(letters) is { Length: > 0 } name ? name : AnyName;
    }

    private string PartAt(int? index) => index is { } at ? _parts[at] : "*";

    private string KeyAt(int? index) => index is { } at ? _keys[at] : "*";
}
