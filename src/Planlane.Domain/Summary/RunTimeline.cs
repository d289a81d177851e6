using Planlane.Agents;
using Planlane.Budgets;
using Planlane.Planning;
using Planlane.Reports;
using Planlane.Reviews;
using Planlane.Runs;
using Planlane.Scheduling;
using Planlane.Values;

namespace Planlane.Summary;

/// <summary>What took time in a run, from its journal alone. Ends are when an event was recorded; starts are reckoned back from the measured durations, so that spans of one task may touch but hardly overlap.</summary>
/// <param name="Spans">By start.</param>
/// <param name="Seconds">The length of the run so far.</param>
public sealed record RunTimeline(ValueList<TimelineSpan> Spans, double Seconds)
{
    /// <summary>The timeline of a journal; the whole of it, from its first event.</summary>
    public static RunTimeline Of(IEnumerable<RecordedEvent> events)
    {
        var state = RunState.Empty;
        var spans = new List<TimelineSpan>();
        var begun = new Dictionary<StepId, double>();
        foreach (var recorded in events)
        {
            var before = state;
            state = state.Apply(recorded);
            AddWaiting(spans, SpanKind.Human, state.HumanSeconds - before.HumanSeconds, state.Seconds);
            AddWaiting(spans, SpanKind.Stopped, state.StoppedSeconds - before.StoppedSeconds, state.Seconds);
            AddSteps(spans, begun, recorded.Event, before.Seconds, state.Seconds);
            spans.AddRange(Measured(before, recorded.Event, state.Seconds));
        }

        spans.AddRange(begun.Select(step => StepSpan(step.Key, step.Value, state.Seconds, isFailure: false)).OfType<TimelineSpan>());
        return new RunTimeline(spans.OrderBy(span => span.Start).ThenByDescending(span => span.End).ToValueList(), state.Seconds);
    }

    // What went by while several events came is one wait.
    private static void AddWaiting(List<TimelineSpan> spans, SpanKind kind, double seconds, double now)
    {
        if (seconds <= 0)
            return;
        var last = spans.FindLastIndex(span => span.Kind == kind);
        if (last >= 0 && spans[last].End >= now - seconds)
            spans[last] = spans[last] with { End = now };
        else
            spans.Add(new TimelineSpan(kind, now - seconds, now));
    }

    private static void AddSteps(List<TimelineSpan> spans, Dictionary<StepId, double> begun, RunEvent happened, double before, double now)
    {
        switch (happened)
        {
            case StepBegun step:
                begun[step.Step] = now;
                break;
            case StepEnded step when begun.Remove(step.Step, out var start):
                Add(StepSpan(step.Step, start, now, isFailure: false));
                break;
            case StepFailed step when begun.Remove(step.Step, out var start):
                Add(StepSpan(step.Step, start, now, isFailure: true));
                break;
            case RunResumed:
                // What had begun and not ended was cut off with the process, at the last thing that is known of it.
                foreach (var (step, start) in begun)
                    Add(StepSpan(step, start, before, isFailure: true));
                begun.Clear();
                break;
        }

        void Add(TimelineSpan? span)
        {
            if (span is not null)
                spans.Add(span);
        }
    }

    private static TimelineSpan? StepSpan(StepId step, double start, double end, bool isFailure)
    {
        var span = new TimelineSpan(SpanKind.Attempt, start, Math.Max(start, end)) { What = step.Value, IsFailure = isFailure };
        return step.Value.Split(':')[0] switch
        {
            "attempt" => span with { Task = RunStep.Attempt.TaskOf(step) },
            "combine" => span with { Kind = SpanKind.Combination },
            "prepare" => span with { Kind = SpanKind.Preparation },
            "land" => span with { Kind = SpanKind.Landing },
            // Of planning, the calls say more.
            _ => null,
        };
    }

    private static IEnumerable<TimelineSpan> Measured(RunState state, RunEvent happened, double now) => happened switch
    {
        RequestTriaged { Call: { } call } => [Call(SpanKind.PlanCall, call, now)],
        PlanAnswered planned => [Call(SpanKind.PlanCall, planned.Call, now)],
        TurnAnswered turn => [Call(SpanKind.AgentCall, turn.Call, now) with { Task = turn.TaskId }],
        CallLost { Call.Agent: { } agent } lost => [Call(SpanKind.AgentCall, lost.Call, now) with { Task = state.Tasks.FirstOrDefault(task => task.Agent == agent)?.Id, IsFailure = true }],
        PrefixRenewed renewed => [Call(SpanKind.AgentCall, renewed.Call, now)],
        CallLost lost => [Call(SpanKind.PlanCall, lost.Call, now) with { IsFailure = true }],
        TurnActed { Seconds.Count: > 0 } acted => [Ending(SpanKind.Tools, acted.Seconds.Sum(), now) with { Task = acted.TaskId }],
        TaskChecked check => [Of(SpanKind.TaskCheck, check.Result, now) with { Task = check.TaskId }],
        WorkCombined combined => Checks(combined.Work.Checks, now),
        _ => [],
    };

    // They ran one after another, the last one just before.
    private static IEnumerable<TimelineSpan> Checks(ValueList<CheckResult> checks, double now)
    {
        var end = now;
        foreach (var check in checks.Reverse())
        {
            var span = Of(SpanKind.Check, check, end);
            end = span.Start;
            yield return span;
        }
    }

    private static TimelineSpan Of(SpanKind kind, CheckResult check, double now) => Ending(kind, check.Seconds, now) with { What = check.Name, IsFailure = !check.Passed };

    private static TimelineSpan Call(SpanKind kind, ModelCall call, double now) => Ending(kind, call.Seconds, now) with { What = call.Model.Value };

    private static TimelineSpan Ending(SpanKind kind, double seconds, double now) => new(kind, Math.Max(0, now - seconds), now);
}
