using Planlane.Approval;
using Planlane.Commits;
using Planlane.Reports;
using Planlane.Reviews;
using Planlane.Runs;
using Planlane.Trials.Processes;

namespace Planlane.Trials.WholeRun;

/// <summary>Where the time above the lower bound goes, in seconds.</summary>
/// <param name="Opening">From the request until the planner's model has it.</param>
/// <param name="Planning">Around the planner's answers, until the approved plan.</param>
/// <param name="Preparing">From the approved plan until the first agent's request has arrived.</param>
/// <param name="Agents">Around the agents' answers, until the last report.</param>
/// <param name="Combining">Around the checks, until the combined work is recorded.</param>
/// <param name="Landing">From the approval of the work until the landed commits.</param>
internal sealed record Overhead(double Opening, double Planning, double Preparing, double Agents, double Combining, double Landing)
{
    public static Overhead Of(EngineAnswer engine, IReadOnlyList<RecordedEvent> events, IReadOnlyList<ServedCall> calls, LowerBound bound)
    {
        DateTimeOffset Last<T>() => events.Last(recorded => recorded.Event is T).At;
        var planned = calls.First(call => call.Task is null).StartedAt;
        var asked = calls.First(call => call.Task is not null).StartedAt;
        return new Overhead(
            (planned - engine.BegunAt).TotalSeconds,
            (Last<PlanDecided>() - planned).TotalSeconds - bound.Planner,
            (asked - Last<PlanDecided>()).TotalSeconds,
            (Last<TaskReported>() - asked).TotalSeconds - bound.Agents,
            (Last<WorkCombined>() - Last<TaskReported>()).TotalSeconds - bound.Checks,
            (Last<ChangesLanded>() - Last<WorkCombined>()).TotalSeconds);
    }
}
