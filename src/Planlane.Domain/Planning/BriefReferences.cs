using System.Text.RegularExpressions;
using Planlane.Values;

namespace Planlane.Planning;

/// <summary>The tasks that a brief names instead of repeating what they are told: <c>@id</c> in the brief or a criterion of a task, or in the conventions.</summary>
/// <remarks>An <c>@</c> before anything else, such as a decorator of some language, is plain text.</remarks>
public static partial class BriefReferences
{
    /// <summary>The other tasks whose briefs an agent has to see to understand its own, directly or through these, in the plan's order.</summary>
    public static ValueList<PlannedTask> Of(Plan plan, PlannedTask task)
    {
        var tasks = plan.Tasks.ToLookup(other => other.Id);
        var found = new HashSet<TaskId>();
        var open = new Queue<string>([plan.Conventions, .. TextsOf(task)]);
        while (open.TryDequeue(out var text))
            foreach (var id in Reference().Matches(text).Select(match => new TaskId(match.Groups[1].Value)))
                if (id != task.Id && tasks.Contains(id) && found.Add(id))
                    foreach (var more in tasks[id].SelectMany(TextsOf))
                        open.Enqueue(more);
        return plan.Tasks.Where(other => found.Contains(other.Id)).ToValueList();
    }

    private static IEnumerable<string> TextsOf(PlannedTask task) => task.Acceptance.Prepend(task.Brief);

    [GeneratedRegex(@"(?<![A-Za-z0-9_.@])@([a-z0-9]+(?:-[a-z0-9]+)*)", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();
}
