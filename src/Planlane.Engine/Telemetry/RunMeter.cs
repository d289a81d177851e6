using System.Diagnostics;
using System.Diagnostics.Metrics;
using Planlane.Agents;
using Planlane.Budgets;
using Planlane.Models;
using Planlane.Planning;
using Planlane.Runs;
using Planlane.Scheduling;
using Planlane.Values;

namespace Planlane.Telemetry;

/// <summary>Counts what a run used, from its events. Costs nothing while nobody collects.</summary>
internal sealed class RunMeter : IRunObserver
{
    private static readonly Meter Meter = new(TelemetryNames.Meter, typeof(RunMeter).Assembly.GetName().Version?.ToString(3));

    // The boundaries are those of the conventions: 4^k tokens, and 0.01 · 2^k seconds.
    private static readonly InstrumentAdvice<long> Tokens = new() { HistogramBucketBoundaries = [.. Enumerable.Range(0, 14).Select(power => 1L << (2 * power))] };
    private static readonly InstrumentAdvice<double> Seconds = new() { HistogramBucketBoundaries = [.. Enumerable.Range(0, 14).Select(power => 0.01 * (1 << power))] };
    private static readonly InstrumentAdvice<long> Counts = new() { HistogramBucketBoundaries = [0, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 64] };

    private static readonly Histogram<long> TokenUsage = Meter.CreateHistogram("gen_ai.client.token.usage", "{token}", "Tokens of a call, by type", null, Tokens);
    private static readonly Histogram<double> CallDuration = Meter.CreateHistogram("gen_ai.client.operation.duration", "s", "From the request to the end of the answer, retries included", null, Seconds);
    private static readonly Histogram<double> FirstChunk = Meter.CreateHistogram("gen_ai.client.operation.time_to_first_chunk", "s", "From the request to the first byte of the answer", null, Seconds);
    private static readonly Histogram<double> AgentDuration = Meter.CreateHistogram("gen_ai.invoke_agent.duration", "s", "An agent's attempt at a task", null, Seconds);
    private static readonly Histogram<long> AgentCalls = Meter.CreateHistogram("gen_ai.invoke_agent.inference_calls", "{call}", "Calls of a model in an attempt", null, Counts);
    private static readonly Histogram<long> AgentTools = Meter.CreateHistogram("gen_ai.invoke_agent.tool_calls", "{call}", "Calls of tools in an attempt", null, Counts);
    private static readonly Histogram<double> ToolDuration = Meter.CreateHistogram("gen_ai.execute_tool.duration", "s", "A call of a tool", null, Seconds);
    private static readonly Counter<double> Spent = Meter.CreateCounter<double>("planlane.cost.usd", "USD", "What calls cost, by model and agent");

    private readonly Dictionary<TaskId, DateTimeOffset> _begun = [];

    /// <inheritdoc />
    public void Recorded(RunUpdate update)
    {
        var (recorded, state) = update;
        switch (recorded.Event)
        {
            case StepBegun begun when begun.Step.Value.Split(':') is ["attempt", var task, ..]:
                _begun[new TaskId(task)] = recorded.At;
                break;
            case RequestTriaged { Call: { } asked }:
                Add(asked, null);
                break;
            case PlanAnswered plan:
                Add(plan.Call, null);
                break;
            case TurnAnswered turn:
                Add(turn.Call, null);
                break;
            case PrefixRenewed renewed:
                Add(renewed.Call, null);
                break;
            case CallLost lost:
                Add(lost.Call, "call_lost");
                break;
            case TurnActed acted:
                Add(acted, state.Task(acted.TaskId));
                break;
            case AttemptEnded ended when _begun.Remove(ended.TaskId, out var since):
                Add(ended, state.Task(ended.TaskId), (recorded.At - since).TotalSeconds);
                break;
        }
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
    }

    /// <inheritdoc />
    public void Dispose()
    {
    }

    private static void Add(ModelCall call, string? error)
    {
        var tags = new TagList { { Names.Operation, Names.Chat }, { Names.Provider, Names.Anthropic }, { Names.RequestModel, call.Model.Value } };
        TokenUsage.Record(call.Usage.TotalInput, [.. tags, new(Names.TokenType, "input")]);
        TokenUsage.Record(call.Usage.Output, [.. tags, new(Names.TokenType, "output")]);
        Spent.Add((double)call.Cost.Usd, [.. tags, new(Names.Agent, call.Agent?.Value ?? "planner")]);
        if (error is null && call.FirstByteSeconds > 0)
            FirstChunk.Record(call.FirstByteSeconds, tags);
        if (error is not null)
            tags.Add(Names.ErrorType, error);
        CallDuration.Record(call.Seconds, tags);
    }

    private static void Add(TurnActed acted, TaskState task)
    {
        var calls = task.Turns.First(turn => turn.Number == acted.Number).ToolCalls.ToLookup(call => call.Id, call => call.Name);
        foreach (var (result, seconds) in acted.Results.Zip(acted.Seconds))
        {
            var tags = new TagList { { Names.Operation, "execute_tool" }, { Names.ToolName, calls[result.CallId].FirstOrDefault() } };
            if (result.IsError)
                tags.Add(Names.ErrorType, "tool_error");
            ToolDuration.Record(seconds, tags);
        }
    }

    private static void Add(AttemptEnded ended, TaskState task, double seconds)
    {
        var turns = task.Turns.Where(turn => turn.Attempt == ended.Attempt).ToList();
        var tags = new TagList { { Names.Operation, "invoke_agent" }, { Names.Agent, task.Agent.Value }, { Names.Outcome, ended.Outcome.GetType().Name.ToLowerInvariant() } };
        AgentDuration.Record(seconds, tags);
        AgentCalls.Record(turns.Count, tags);
        AgentTools.Record(turns.Sum(turn => turn.ToolCalls.Count()), tags);
    }
}
