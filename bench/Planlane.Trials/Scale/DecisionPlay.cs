using System.Diagnostics;
using Planlane.Agents;
using Planlane.Approval;
using Planlane.Budgets;
using Planlane.Models;
using Planlane.Planning;
using Planlane.Reports;
using Planlane.Requests;
using Planlane.Reviews;
using Planlane.Runs;
using Planlane.Scheduling;
using Planlane.Values;

namespace Planlane.Trials.Scale;

/// <summary>A run that is played in memory: whatever may start is begun, and what was begun first ends first.</summary>
internal sealed class DecisionPlay
{
    private static readonly ObjectId Tree = new(new string('e', 40));
    private readonly Queue<RunEvent> _next = new();
    private readonly Queue<TaskId> _running = new();
    private RunState _state = RunState.Empty;

    public DecisionPlay(Plan plan, int slots)
    {
        var catalogue = ModelCatalogue.Load();
        var settings = new RunSettings(
            catalogue.Find(new ModelId("claude-sonnet-4-5")).Facts, catalogue.Find(new ModelId("claude-haiku-4-5")).Facts, slots, new Cost(10_000), Mode: RunMode.Forced, MaxAgents: plan.Tasks.Count);
        var work = new EstimatedWork(default, default, default, default);
        RunEvent[] opening =
        [
            new RunStarted(new RunId("7f3c2a"), new RunRequest("Do it", [], []), new RunBase(Tree, Tree, "refs/heads/main", []), settings),
            new PlanGiven(plan, new PlanEstimate([], work, default, PlanningSpent.None, work, work, EstimateExperience.None)),
            new PlanDecided(new PlanDecision.Approved(), ReviewRules.Auto),
            new AgentsPrepared(Tree, 5_000, []),
        ];
        foreach (var happened in opening)
            Apply(happened);
        AppliedMilliseconds = 0;
        Decide();
    }

    public int Events { get; private set; }

    public double AppliedMilliseconds { get; private set; }

    /// <summary>Applies one more event; false when every task has ended.</summary>
    public bool Move()
    {
        if (_next.Count == 0 && _running.TryDequeue(out var task))
            End(task);
        if (_next.Count == 0)
            return false;
        Apply(_next.Dequeue());
        Events++;
        return true;
    }

    /// <summary>Asks what may start, and has it begin.</summary>
    public void Decide()
    {
        // As in a run, nothing else is recorded between a decision and the beginning of what it names.
        if (_next.Any(happened => happened is StepBegun))
            return;
        foreach (var step in RunDecider.Next(_state).OfType<RunStep.Attempt>())
        {
            _next.Enqueue(new StepBegun(step.Id));
            _running.Enqueue(step.Task);
        }
    }

    private void End(TaskId id)
    {
        var task = _state.Task(id);
        var call = new ModelCall(_state.Settings.Agent.Id, task.Agent, new Usage(10, 1_000, 5_000, 0), new Cost(0.01m), 0.7, 10);
        _next.Enqueue(new PrefixWarmed(call.Model));
        _next.Enqueue(new TurnAnswered(id, 1, 1, [], AnswerStop.EndTurn, call));
        _next.Enqueue(new TaskReported(new TaskReport(id, task.Agent, TaskReportState.Complete, [], null, null, [], null, call.Usage, call.Cost, 1)));
        _next.Enqueue(new StepEnded(new RunStep.Attempt(id, 1).Id));
    }

    private void Apply(RunEvent happened)
    {
        var begun = Stopwatch.GetTimestamp();
        _state = _state.Apply(new RecordedEvent(_state.Sequence + 1, new DateTimeOffset(2026, 11, 27, 9, 0, 0, TimeSpan.Zero).AddSeconds(_state.Sequence), happened));
        AppliedMilliseconds += Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
    }
}
