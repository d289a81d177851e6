using Planlane.Agents;
using Planlane.Planning;
using Planlane.Reviews;
using Planlane.Runs;
using Planlane.Scheduling;
using Planlane.Trials.Processes;
using Planlane.Values;

namespace Planlane.Trials.WholeRun;

/// <summary>The time that no engine could do without: the longest path of model answers, by the order of the plan's dependencies, and of checks.</summary>
/// <param name="Planner">Seconds of the planner's answers.</param>
/// <param name="Agents">Seconds of the longest chain of agents' answers and of tasks' own checks; the wait for the first byte of a cold prefix included.</param>
/// <param name="Checks">Seconds that the checks of the combined work ran.</param>
internal sealed record LowerBound(double Planner, double Agents, double Checks)
{
    public double Total => Planner + Agents + Checks;

    /// <summary>The bound by the answers as the simulator served them: what the engine's own HTTP and parsing take is not forgiven.</summary>
    public static LowerBound OfServed(IReadOnlyList<RecordedEvent> events, IReadOnlyList<ServedCall> calls)
    {
        var combined = CombinedAt(events);
        return Of(events, [.. calls.Select(call => new Answered(
            call.Task, Round(combined, call.StartedAt), call.Seconds, (call.FirstByteAt - call.StartedAt).TotalSeconds))]);
    }

    /// <summary>The bound by the answers as the run's journal has them: measured by the engine itself.</summary>
    public static LowerBound OfJournal(IReadOnlyList<RecordedEvent> events)
    {
        var combined = CombinedAt(events);
        return Of(events, [.. events.Select(recorded => recorded.Event switch
        {
            RequestTriaged { Call: { } call } => new Answered(null, 0, call.Seconds, call.FirstByteSeconds),
            PlanAnswered plan => new Answered(null, 0, plan.Call.Seconds, plan.Call.FirstByteSeconds),
            TurnAnswered turn => new Answered(turn.TaskId.Value, Round(combined, recorded.At), turn.Call.Seconds, turn.Call.FirstByteSeconds),
            _ => null,
        }).OfType<Answered>()]);
    }

    private static LowerBound Of(IReadOnlyList<RecordedEvent> events, IReadOnlyList<Answered> answers)
    {
        var combined = CombinedAt(events);
        var plan = events.Select(recorded => recorded.Event).OfType<PlanChecked>().Last().Plan!;
        var isCold = events.Any(recorded => recorded.Event is PrefixWarmed);
        var ownChecks = events.Where(recorded => recorded.Event is TaskChecked)
            .Select(recorded => ((TaskChecked)recorded.Event, Round: Round(combined, recorded.At))).ToList();
        // A repair begins when the checks of the round before have ended, so that the rounds add up.
        var agents = Enumerable.Range(0, combined.Count + 1).Sum(round => LongestChain(
            plan,
            id => answers.Where(answer => answer.Task == id.Value && answer.Round == round).Sum(answer => answer.Seconds)
                + ownChecks.Where(check => check.Item1.TaskId == id && check.Round == round).Sum(check => check.Item1.Result.Seconds),
            isCold && round == 0 ? answers.FirstOrDefault(answer => answer.Task is not null) : null));
        var checks = events.Select(recorded => recorded.Event).OfType<WorkCombined>().SelectMany(happened => happened.Work.Checks).Sum(check => check.Seconds);
        return new LowerBound(answers.Where(answer => answer.Task is null).Sum(answer => answer.Seconds), agents, checks);
    }

    // With a cold prefix one agent goes ahead, and the others may begin at its first byte.
    private static double LongestChain(Plan plan, Func<TaskId, double> secondsOf, Answered? ahead)
    {
        var ends = new Dictionary<TaskId, double>();
        foreach (var task in PlanGraph.InDependencyOrder(plan))
        {
            var start = task.DependsOn.Select(id => ends[id]).DefaultIfEmpty(ahead is null || ahead.Task == task.Id.Value ? 0 : ahead.FirstByte).Max();
            ends[task.Id] = start + secondsOf(task.Id);
        }

        return ends.Values.DefaultIfEmpty(0).Max();
    }

    private static List<DateTimeOffset> CombinedAt(IReadOnlyList<RecordedEvent> events) => [.. events.Where(recorded => recorded.Event is WorkCombined).Select(recorded => recorded.At)];

    private static int Round(List<DateTimeOffset> combined, DateTimeOffset at) => combined.Count(end => end < at);

    private sealed record Answered(string? Task, int Round, double Seconds, double FirstByte);
}
