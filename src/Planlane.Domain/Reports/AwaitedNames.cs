using System.Text.RegularExpressions;
using Planlane.Planning;
using Planlane.Runs;
using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane.Reports;

/// <summary>The names that may come from tasks whose work an agent does not see yet, so that a compiler that misses them is not proven right.</summary>
public static partial class AwaitedNames
{
    /// <summary>Every word of what the plan says of these tasks: their titles, briefs, criteria and the names of their files.</summary>
    /// <param name="state">The run.</param>
    /// <param name="id">The task whose agent builds against the plan.</param>
    public static IReadOnlySet<string> Of(RunState state, TaskId id)
    {
        var seen = WorkOrder.SeenBy(state, id).Select(task => task.Id).Append(id).ToHashSet();
        return state.Tasks.Where(task => !seen.Contains(task.Id)).SelectMany(task => WordsOf(task.Task)).ToHashSet(StringComparer.Ordinal);
    }

    private static IEnumerable<string> WordsOf(PlannedTask task) =>
        new[] { task.Title, task.Brief }.Concat(task.Acceptance).Concat(task.Owns.Paths.Select(path => path.Value)).SelectMany(text => Word().Matches(text).Select(match => match.Value));

    [GeneratedRegex(@"[\p{L}_][\p{L}\p{N}_]*", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
