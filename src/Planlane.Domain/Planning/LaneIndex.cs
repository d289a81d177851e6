using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane.Planning;

/// <summary>Who owns what in a plan, looked up by the beginning of paths, so that wide plans need no comparison of every two patterns.</summary>
internal sealed class LaneIndex
{
    private readonly List<LaneItem> _items = [];
    private readonly Dictionary<string, List<LaneItem>> _byBeginning = [];

    /// <summary>The lanes of a plan.</summary>
    public LaneIndex(Plan plan)
    {
        Plan = plan;
        foreach (var (place, task) in plan.Tasks.Index())
            foreach (var (index, glob) in task.Owns.Paths.Index())
            {
                var item = new LaneItem(place, index, glob, PathPattern.Of(glob), Spelling.Key(glob.Beginning));
                _items.Add(item);
                if (!_byBeginning.TryGetValue(item.Beginning, out var list))
                    _byBeginning[item.Beginning] = list = [];
                list.Add(item);
            }
    }

    /// <summary>The plan.</summary>
    public Plan Plan { get; }

    /// <summary>Every owned path and pattern, in the plan's order.</summary>
    public IReadOnlyList<LaneItem> Items => _items;

    /// <summary>The items that match a path, in the plan's order of tasks.</summary>
    public IEnumerable<LaneItem> OwnersOf(RepoPath path)
    {
        var pattern = PathPattern.Of(path);
        return Upwards(pattern.Key).SelectMany(At).Where(item => item.Pattern.Meets(pattern)).OrderBy(item => item.Task).ThenBy(item => item.Index);
    }

    /// <summary>The places of the tasks that own a path, in the plan's order.</summary>
    public IEnumerable<int> TasksOf(RepoPath path) => OwnersOf(path).Select(item => item.Task).Distinct();

    /// <summary>For each two tasks that <paramref name="matters"/> picks and whose lanes meet, one place where they do; by the tasks' order in the plan.</summary>
    /// <remarks>Two patterns can meet only where the beginning of one lies on the way to that of the other.</remarks>
    public IEnumerable<LaneMeeting> Meetings(Func<int, int, bool> matters)
    {
        var found = new SortedDictionary<(int First, int Second), LaneMeeting>();
        foreach (var deep in _items)
            foreach (var high in Upwards(deep.Beginning).SelectMany(At))
            {
                var (first, second) = deep.Task < high.Task ? (deep, high) : (high, deep);
                if (first.Task != second.Task && !found.ContainsKey((first.Task, second.Task)) && matters(first.Task, second.Task)
                    && first.Pattern.Meeting(second.Pattern) is { } path)
                    found.Add((first.Task, second.Task), new LaneMeeting(first, second, new RepoPath(path)));
            }

        return found.Values;
    }

    private List<LaneItem> At(string beginning) => _byBeginning.GetValueOrDefault(beginning) ?? [];

    // A path, the folders that it lies in, and the root.
    private static IEnumerable<string> Upwards(string key)
    {
        for (var end = key.Length; end > 0; end = key.LastIndexOf('/', end - 1))
            yield return key[..end];
        yield return "";
    }
}

/// <summary>One path or pattern of a lane.</summary>
/// <param name="Task">The task's place in the plan.</param>
/// <param name="Index">The place in its lane.</param>
/// <param name="Glob">As the plan writes it.</param>
/// <param name="Pattern">The same, read.</param>
/// <param name="Beginning">What all spellings of its beginning have in common.</param>
internal sealed record LaneItem(int Task, int Index, Glob Glob, PathPattern Pattern, string Beginning);

/// <summary>Where the lanes of two tasks meet.</summary>
/// <param name="First">Of the task that is listed first.</param>
/// <param name="Second">Of the other one.</param>
/// <param name="Path">A path that both match.</param>
internal sealed record LaneMeeting(LaneItem First, LaneItem Second, RepoPath Path);
