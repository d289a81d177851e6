using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Planlane.Agents;
using Planlane.Approval;
using Planlane.Budgets;
using Planlane.Models;
using Planlane.Planning;
using Planlane.Reports;
using Planlane.Reviews;
using Planlane.Runs;
using Planlane.Scheduling;
using Planlane.Values;

namespace Planlane.Telemetry;

/// <summary>Makes the spans of a run from its events, which carry all times, so that no phase knows of traces.</summary>
/// <remarks>
/// All parts of a run, in whichever process, have one trace id, which follows from the run; each part has a root of its own. Only what is recorded while it looks on becomes a span, so that nothing is
/// told twice by a resumed run. Costs nothing while nobody collects.
/// </remarks>
/// <param name="capturesContent">Whether spans hold what models and tools said.</param>
/// <param name="secrets">What is masked in texts that are no events.</param>
/// <param name="parent">The span that the root is a child of (W3C <c>traceparent</c>), whose trace it then is in; null for none.</param>
internal sealed class RunTracer(bool capturesContent, SecretMask secrets, string? parent = null) : IRunObserver
{
    private static readonly ActivitySource Source = new(TelemetryNames.Source, typeof(RunTracer).Assembly.GetName().Version?.ToString(3));

    private readonly Dictionary<StepId, Activity> _steps = [];
    private Activity? _root;
    private Activity? _wait;
    private RunState? _state;

    /// <inheritdoc />
    public void Recorded(RunUpdate update)
    {
        if (_root is null && !Source.HasListeners())
            return;
        var (recorded, state) = update;
        _state = state;
        _root ??= Begin("invoke_workflow planlane", ActivityKind.Internal, ParentOf(state), recorded.At, RootTags(state, recorded));
        if (_root is null)
            return;
        Project(recorded, state);
        Wait(recorded, state);
    }

    /// <inheritdoc />
    public void Faulted(StepId step, Exception exception)
    {
    }

    /// <inheritdoc />
    public void Waited(AgentId? agent, ModelId model, ModelActivity.Waiting waiting)
    {
    }

    /// <inheritdoc />
    public void Left(Exception? fault)
    {
        if (_root is null || _state is not { } state)
            return;
        foreach (var step in _steps.Values)
            End(step.SetTag(Names.Interrupted, true), state.LastAt);
        End(_wait, state.LastAt);
        Tag(_root, ModelCallTags.Of(state.Calls.Aggregate(default(Usage), (sum, call) => sum + call.Usage), BudgetRules.Spent(state)));
        var (error, why) = (fault, state.Halt, state.End) switch
        {
            ({ } broken, _, _) => (broken is PlanlaneException known ? Names.Of(known.Kind) : broken.GetType().FullName, broken.Message),
            (_, { } halt, _) => (Names.Of(halt.Kind), halt.Message),
            (_, _, { Outcome: RunOutcome.Failed } end) => (Names.Of(end.Outcome), end.Reason),
            _ => (null, null),
        };
        _root.SetTag(Names.Outcome, state.End is { } ended ? Names.Of(ended.Outcome) : state.Waiting is not RunWait.Nobody ? "waiting" : "stopped");
        if (error is not null)
            Fail(_root, error, why is null ? null : secrets.Of(why));
        End(_root, state.LastAt);
        _root = null;
    }

    /// <inheritdoc />
    public void Dispose() => Left(null);

    private void Project(RecordedEvent recorded, RunState state)
    {
        var at = recorded.At;
        switch (recorded.Event)
        {
            case StepBegun begun:
                if (Step(begun.Step, state, at) is { } step)
                    _steps[begun.Step] = step;
                break;
            case StepEnded ended:
                if (_steps.Remove(ended.Step, out var done))
                    End(done, at);
                break;
            case StepFailed failed:
                if (_steps.Remove(failed.Step, out var broken))
                    End(Fail(broken, Names.Of(failed.Kind), failed.Message), at);
                break;
            case RequestTriaged { Call: { } asked } triaged:
                Chat(asked, triaged.Stop, [new AnswerBlock.Text(triaged.Text)], StepOf("triage"), at, [new(Names.Conversation, state.Id.Value)]);
                break;
            case PlanAnswered plan:
                Chat(plan.Call, plan.Stop, [new AnswerBlock.Text(plan.Text)], StepOf($"plan:{plan.Round}"), at, [new(Names.Conversation, state.Id.Value)]);
                break;
            case TurnAnswered turn:
                Chat(turn.Call, turn.Stop, turn.Answer, AttemptOf(turn.TaskId), at, [new(Names.Conversation, state.Id.Value), new(Names.Turn, turn.Number)]);
                break;
            case CallLost { Call: var lost }:
                Chat(lost, null, [], state.Tasks.FirstOrDefault(task => task.Agent == lost.Agent) is { } whose ? AttemptOf(whose.Id) : StepOf("plan:"), at, [new(Names.Conversation, state.Id.Value)]);
                break;
            case PrefixRenewed { Call: var renewed } when state.Tasks.FirstOrDefault(task => task.Agent == renewed.Agent) is { } keeper:
                Chat(renewed, AnswerStop.MaxTokens, [], AttemptOf(keeper.Id), at, [new(Names.Conversation, state.Id.Value)]);
                break;
            case TurnActed acted:
                Tools(acted, state.Task(acted.TaskId), at);
                break;
            case TaskChecked result:
                Check(result.Result, AttemptOf(result.TaskId), at);
                break;
            case WorkCombined combined:
                Checks(combined.Work.Checks, StepOf($"combine:{combined.Work.Round}"), at);
                break;
            case AttemptEnded ended:
                Outcome(AttemptOf(ended.TaskId), ended.Outcome);
                break;
            case TaskReported reported:
                Tag(AttemptOf(reported.Report.TaskId), ModelCallTags.Of(reported.Report.Usage, reported.Report.Cost));
                break;
        }
    }

    // How long humans were waited for is a span too: else a trace shows a hole where most of the time went.
    private void Wait(RecordedEvent recorded, RunState state)
    {
        if (recorded.Event is PlanDecided or ReviewDecided && _wait is { } over)
        {
            End(over.SetTag(Names.DecidedBy, recorded.Event is PlanDecided plan ? plan.By : ((ReviewDecided)recorded.Event).By), recorded.At);
            _wait = null;
        }

        if (state.Waiting is not RunWait.Nobody)
            _wait ??= Begin(state.Waiting is RunWait.PlanDecision ? "wait for plan decision" : "wait for review decision", ActivityKind.Internal, _root!.Context, recorded.At, []);
    }

    private Activity? Step(StepId id, RunState state, DateTimeOffset at)
    {
        string[] parts = id.Value.Split(':');
        return parts[0] switch
        {
            "attempt" when state.Tasks.FirstOrDefault(task => task.Id.Value == parts[1]) is { } task => Begin($"invoke_agent {task.Agent}", ActivityKind.Internal, _root!.Context, at,
            [
                new(Names.Operation, "invoke_agent"), new(Names.Provider, Names.Anthropic), new(Names.Agent, task.Agent.Value), new(Names.RequestModel, BudgetRules.ModelOf(state, task).Id.Value),
                new(Names.Conversation, state.Id.Value), new(Names.Task, task.Id.Value), new(Names.Attempt, task.Order?.Attempt), new(Names.AttemptReason, task.Order is { } order ? Names.Of(order.Reason) : null),
            ]),
            "plan" => Begin("plan", ActivityKind.Internal, _root!.Context, at, [new(Names.Operation, "plan"), new(Names.Agent, "planner"), new(Names.Conversation, state.Id.Value), new(Names.Round, RoundOf(parts))]),
            _ => Begin(parts[0], ActivityKind.Internal, _root!.Context, at, [new(Names.Round, RoundOf(parts))]),
        };
    }

    private static int? RoundOf(string[] step) => step.Length > 1 && int.TryParse(step[^1], CultureInfo.InvariantCulture, out var round) ? round : null;

    private void Chat(ModelCall call, AnswerStop? stop, IEnumerable<AnswerBlock> answer, Activity? parent, DateTimeOffset at, IEnumerable<KeyValuePair<string, object?>> tags)
    {
        var span = Begin($"chat {call.Model}", ActivityKind.Client, (parent ?? _root!).Context, at.AddSeconds(-call.Seconds), [.. ModelCallTags.Of(call, stop), .. tags]);
        if (stop is { } reason && capturesContent)
            span?.SetTag(Names.OutputMessages, secrets.Of(ModelCallTags.MessageOf(answer, reason)));
        if (stop is null && span is not null)
            Fail(span, "call_lost", "The call failed after tokens were reported.");
        End(span, at);
    }

    private void Tools(TurnActed acted, TaskState task, DateTimeOffset at)
    {
        var calls = task.Turns.First(turn => turn.Number == acted.Number).ToolCalls.ToList();
        // They ran one after another, the last one up to now.
        var start = at.AddSeconds(-acted.Seconds.Sum());
        for (var i = 0; i < acted.Results.Count; i++)
        {
            var result = acted.Results[i];
            var end = i < acted.Seconds.Count ? start.AddSeconds(acted.Seconds[i]) : start;
            var call = calls.Find(call => call.Id == result.CallId);
            var span = Begin($"execute_tool {call?.Name}", ActivityKind.Internal, (AttemptOf(task.Id) ?? _root!).Context, start,
            [
                new(Names.Operation, "execute_tool"), new(Names.ToolName, call?.Name), new(Names.ToolType, "function"), new(Names.ToolCallId, result.CallId), new(Names.Turn, acted.Number),
                .. capturesContent ? [new(Names.ToolArguments, call is null ? null : secrets.Of(call.Input)), new(Names.ToolResult, result.Text)] : Array.Empty<KeyValuePair<string, object?>>(),
            ]);
            End(result.IsError && span is not null ? Fail(span, "tool_error", null) : span, end);
            start = end;
        }
    }

    private void Checks(ValueList<CheckResult> checks, Activity? parent, DateTimeOffset at)
    {
        var end = at.AddSeconds(-checks.Sum(check => check.Seconds));
        foreach (var check in checks)
            Check(check, parent, end = end.AddSeconds(check.Seconds));
    }

    private void Check(CheckResult check, Activity? parent, DateTimeOffset at)
    {
        var span = Begin($"check {check.Name}", ActivityKind.Internal, (parent ?? _root!).Context, at.AddSeconds(-check.Seconds),
            [new(Names.ExitCode, check.ExitCode), new(Names.Passed, check.Passed), new(Names.TestsFailed, check.Tests?.Failed)]);
        End(!check.Passed && span is not null ? Fail(span, "check_failed", null) : span, at);
    }

    private static void Outcome(Activity? attempt, AttemptOutcome outcome)
    {
        attempt?.SetTag(Names.Outcome, outcome.GetType().Name.ToLowerInvariant());
        if (attempt is not null && outcome is AttemptOutcome.Failed or AttemptOutcome.Incomplete)
            Fail(attempt!, outcome is AttemptOutcome.Incomplete incomplete ? Names.Of(incomplete.Failure) : "failed", outcome is AttemptOutcome.Failed failed ? failed.Reason : ((AttemptOutcome.Incomplete)outcome).Reason);
    }

    private Activity? AttemptOf(TaskId task) => StepOf($"attempt:{task}:");

    private Activity? StepOf(string beginning) => _steps.FirstOrDefault(step => step.Key.Value.StartsWith(beginning, StringComparison.Ordinal)).Value;

    private static IEnumerable<KeyValuePair<string, object?>> RootTags(RunState state, RecordedEvent first) =>
    [
        new(Names.Operation, "invoke_workflow"), new(Names.Agent, "planlane"), new(Names.Conversation, state.Id.Value), new(Names.Run, state.Id.Value), new(Names.Resumed, first.Sequence > 1),
    ];

    private ActivityContext ParentOf(RunState state) => ActivityContext.TryParse(parent, null, isRemote: true, out var caller) ? caller : new ActivityContext(TraceOf(state), default, ActivityTraceFlags.Recorded);

    // Ids of runs are short and of one repository, so the time and the commit are in it.
    private static ActivityTraceId TraceOf(RunState state) =>
        ActivityTraceId.CreateFromBytes(SHA256.HashData(Encoding.UTF8.GetBytes($"planlane {state.Id} {state.StartedAt.UtcTicks} {state.Base.Commit}")).AsSpan(0, 16));

    // The caller's own current activity is neither a parent nor changed: a run outlives the call that began it.
    private static Activity? Begin(string name, ActivityKind kind, ActivityContext parent, DateTimeOffset at, IEnumerable<KeyValuePair<string, object?>> tags)
    {
        var current = Activity.Current;
        try
        {
            return Source.StartActivity(kind, parent, tags.Where(tag => tag.Value is not null), null, at, name);
        }
        finally
        {
            Activity.Current = current;
        }
    }

    private static void End(Activity? span, DateTimeOffset at)
    {
        var current = Activity.Current;
        span?.SetEndTime(at.UtcDateTime < span.StartTimeUtc ? span.StartTimeUtc : at.UtcDateTime);
        span?.Stop();
        Activity.Current = current;
    }

    private static Activity Fail(Activity span, string? type, string? why) => span.SetStatus(ActivityStatusCode.Error, why).SetTag(Names.ErrorType, type);

    private static void Tag(Activity? span, IEnumerable<KeyValuePair<string, object?>> tags)
    {
        foreach (var (name, value) in tags)
            span?.SetTag(name, value);
    }
}
