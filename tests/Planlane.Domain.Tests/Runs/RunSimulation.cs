using Planlane.Agents;
using Planlane.Approval;
using Planlane.Budgets;
using Planlane.Commits;
using Planlane.Planning;
using Planlane.Reports;
using Planlane.Requests;
using Planlane.Reviews;
using Planlane.Scheduling;
using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane.Runs;

/// <summary>A run whose phases do by chance whatever they may do; when the choices are used up everything goes well.</summary>
internal sealed class RunSimulation
{
    private readonly Plan _plan;
    private readonly Queue<int> _choices;
    private readonly HashSet<StepId> _done = [];
    private readonly Dictionary<TaskId, Cost> _asking = [];
    private readonly Dictionary<TaskId, Cost> _hedging = [];

    public RunSimulation(Plan plan, RunSettings settings, IEnumerable<int> choices, int sharedTokens)
    {
        _plan = plan;
        _choices = new Queue<int>(choices);
        SharedTokens = sharedTokens;
        Record(new RunStarted(new("7f3c2a"), Some.Request, Some.Base, settings));
    }

    public RunState State { get; private set; } = RunState.Empty;

    public List<RecordedEvent> Recorded { get; } = [];

    /// <summary>Looks at every state with the event that led to it and the state before.</summary>
    public Action<RunState, RunEvent, RunState> Observe { get; set; } = (_, _, _) => { };

    private int SharedTokens { get; }

    /// <summary>Goes on until the run has ended and nothing runs any more.</summary>
    /// <returns>Whether it ended within a number of events that no run needs.</returns>
    public bool Run()
    {
        while (Recorded.Count < 3_000 && (State.End is null || State.Running.Count > 0))
            Move();
        return State.End is not null;
    }

    private void Move()
    {
        if (Chance(60))
            Resume(null);
        else if (State.IsPaused && (State.Running.Count == 0 || Chance(4)))
            Record(new RunContinued("user"));
        else if (Chance(60))
            Steer();
        else if (RunDecider.Next(State) is { Count: > 0 } allowed && (State.Running.Count == 0 || Pick(2) == 0))
            Record(new StepBegun(allowed[0].Id));
        else if (State.Running.Count > 0)
            Progress(State.Running[Pick(State.Running.Count)]);
        else if (State.Waiting is RunWait.PlanDecision)
            Record(new PlanDecided(Decision(), "user"));
        else if (State.Waiting is RunWait.ReviewDecision && Chance(3))
            Record(new ReviewViewed(Parts().Select(part => new ViewedFile(part.Task, part.Path, part.From)).ToValueList(), Pick(3) > 0));
        else if (State.Waiting is RunWait.ReviewDecision)
            Record(new ReviewDecided(Review(), "user"));
        else
            Resume(State.Settings.Budget is { } budget ? budget + new Cost(2) : null);
    }

    // What the keys of a live view do, at any moment.
    private void Steer()
    {
        switch (Pick(3))
        {
            case 1:
                Record(new RunPaused("user"));
                break;
            case 2:
                Record(new SlotsChanged(State.Settings.Slots + 1, "user"));
                break;
            case 0 when State.RunningTasks.FirstOrDefault() is { } task:
                Record(new AgentStopped(task.Id, "user"));
                Lose(task);
                break;
            default:
                Record(new RunContinued("user"));
                break;
        }
    }

    // The calls of an agent that is stopped are cancelled, and paid for as far as they went.
    private void Lose(TaskState task)
    {
        foreach (var calls in (Dictionary<TaskId, Cost>[])[_asking, _hedging])
        {
            if (calls.Remove(task.Id, out var most))
                Record(new CallLost(Call(task.Agent, BudgetRules.ModelOf(State, task), most)));
        }
    }

    private void Resume(Cost? budget)
    {
        _done.Clear();
        _asking.Clear();
        _hedging.Clear();
        Record(new RunResumed(budget));
    }

    private PlanDecision Decision() => Pick(5) switch
    {
        1 => new PlanDecision.Rejected(),
        2 => new PlanDecision.Revise("Smaller"),
        3 => new PlanDecision.Edited(_plan, Some.Estimate),
        _ => new PlanDecision.Approved(),
    };

    private ReviewDecision Review()
    {
        var task = State.Tasks[Pick(State.Tasks.Count)].Id;
        return Pick(9) switch
        {
            1 => new ReviewDecision.Rejected(),
            5 => new ReviewDecision.Approved([]) { Parts = Parts(), TakenIn = State.LeftOut },
            6 => new ReviewDecision.ChangesRequested([new(task, "Rename it") { Path = new("src/a.md"), Line = 1, Quote = "a" }]) { Parts = Parts() },
            7 => new ReviewDecision.Approved([]) { Work = Some.Id(Pick(2) == 0 ? 'd' : 'f') },
            2 => new ReviewDecision.ChangesRequested([new(task, "Rename it")]),
            3 => new ReviewDecision.ChangesRequested([new(null, "Shorter")]),
            4 => new ReviewDecision.Approved([task]),
            _ => new ReviewDecision.Approved([]),
        };
    }

    // Of one task: a file that is left out, cut, or taken in again.
    private ValueList<LeftOutPart> Parts()
    {
        var task = State.Tasks[Pick(State.Tasks.Count)];
        return task.Changes.Files.Take(1).Select(file => Pick(3) switch
        {
            0 => new LeftOutPart(task.Id, file.Path, file.Blob, file, []),
            1 => new LeftOutPart(task.Id, file.Path, file.Blob, file with { Blob = Some.Id('9') }, ["1a2b3c4d"]),
            _ => new LeftOutPart(task.Id, file.Path, file.Blob, null, []),
        }).ToValueList();
    }

    private void Progress(StepId step)
    {
        if (_done.Remove(step))
            Record(new StepEnded(step));
        else if (Chance(25))
            Record(new StepFailed(step, FaultKind.Failed, "The disk is full.", null));
        else
            Work(step, step.Value.Split(':'));
    }

    private void Work(StepId step, string[] parts)
    {
        switch (parts[0])
        {
            case "triage":
                Last(step, new RequestTriaged("{}", AnswerStop.EndTurn, new((TriageAnswer)Pick(3), Requests.RequestKind.Feature, "It is small."), Call(null, Some.Haiku, BudgetRules.MostOf(State, Some.Haiku))));
                break;
            case "plan" when State.PlanRounds.All(round => round.Number != int.Parse(parts[1])):
                Record(new PlanAnswered(int.Parse(parts[1]), "{}", AnswerStop.EndTurn, Call(null, Some.Sonnet, BudgetRules.MostOf(State, Some.Sonnet))));
                break;
            case "plan":
                Last(step, Checked(int.Parse(parts[1])));
                break;
            case "prepare":
                if (Pick(2) == 0)
                    Record(new WorkspacesPrepared([new BaseNote(RemarkKind.PutBack, 1, [new("src/a.md")])]));
                Last(step, new AgentsPrepared(Some.Id('e'), SharedTokens, []));
                break;
            case "attempt" when AgentRules.Next(State.Task(new(parts[1])), State.Settings) is AgentMove.Report:
                Last(step, new TaskReported(ReportRules.Of(State.Task(new(parts[1])), new Evidence([new(new("src/a.md"), FileChangeKind.Changed, 1, 0)]))));
                break;
            case "attempt":
                Attempt(step, State.Task(new(parts[1])));
                break;
            case "combine":
                Last(step, new WorkCombined(Combined(int.Parse(parts[1]))));
                break;
            default:
                Last(step, new ChangesLanded(new(Some.Id('a'), Some.Id('f'), null, [])));
                break;
        }
    }

    private PlanChecked Checked(int round) => Pick(6) switch
    {
        1 => new(round, null, [new("document", "It is no plan.")], null),
        2 => new(round, _plan with { Suitability = new(false, "One file.") }, [], Some.Estimate),
        _ => new(round, _plan, [], Some.Estimate),
    };

    private void Attempt(StepId step, TaskState task)
    {
        switch (AgentRules.Next(task, State.Settings))
        {
            case AgentMove.Ask when _asking.ContainsKey(task.Id) && HedgeRules.May(State, task.Id) && Pick(6) == 5:
                Hedge(task);
                break;
            case AgentMove.Ask when _asking.Remove(task.Id, out var most):
                Record(Answered(task, most));
                break;
            case AgentMove.Ask when State.PrefixOf(BudgetRules.ModelOf(State, task)) is PrefixState.Cold or PrefixState.Expired:
                Record(new PrefixWarmed(BudgetRules.ModelOf(State, task).Id));
                break;
            case AgentMove.Ask when Pick(12) == 11:
                Renew(task);
                break;
            case AgentMove.Ask:
                Ask(step, task);
                break;
            case AgentMove.Act act:
                Record(Pick(8) == 7
                    ? new FileRequested(task.Id, new(Pick(2) == 0 ? "src/shared.cs" : "**"), "why")
                    : new TurnActed(task.Id, act.Turn.Number, Pick(8) == 6 ? [new("c1", "refused", true)] : [], Some.Changes([.. task.Lane.Named.Select(path => path.Value)])));
                break;
            case AgentMove.Compile compile:
                Record(new TaskChecked(task.Id, compile.Turn.Number, Some.Check(Pick(5) == 2 ? 1 : 0) with { Name = CheckResult.Compile, Command = "in process" }));
                break;
            case AgentMove.Check check:
                Record(new TaskChecked(task.Id, check.Turn.Number, Some.Check(Pick(3) == 2 ? 1 : 0)));
                break;
            case AgentMove.Say say:
                Record(new FeedbackGiven(task.Id, say.Feedback));
                break;
            case AgentMove.End end:
                Record(new AttemptEnded(task.Id, task.Order!.Attempt, end.Outcome));
                break;
        }
    }

    // A call is asked for when the caps cover it and paid for later, when others may have asked and spent.
    private void Ask(StepId step, TaskState task)
    {
        var most = BudgetRules.MostOf(BudgetRules.ModelOf(State, task), Some.Day, 8_000 + (1_000 * Pick(24)), 10_000 * Pick(6));
        switch (SpendRules.Ask(Levels, most))
        {
            case SpendVerdict.Granted:
                _asking[task.Id] = most;
                break;
            case SpendVerdict.Wait:
                var (other, itsMost) = _asking.First();
                _asking.Remove(other);
                Record(Answered(State.Task(other), itsMost));
                break;
            default:
                Record(new StepFailed(step, FaultKind.Budget, "The budget is reached.", null));
                break;
        }
    }

    // The prefix is kept by a call of its own, where the caps cover that.
    private void Renew(TaskState task)
    {
        var model = BudgetRules.ModelOf(State, task);
        var most = BudgetRules.MostOf(model, Some.Day, 0);
        Record(Pick(2) == 0 && SpendRules.Ask(Levels, most) is SpendVerdict.Granted
            ? new PrefixRenewed(Call(task.Agent, model, most))
            : new PrefixDiffered(task.Id, task.Turns.Count + 1, model.Id));
    }

    // A second call is asked for beside the first, and is not sent when the caps do not cover it at once.
    private void Hedge(TaskState task)
    {
        Record(new CallHedged(task.Id, task.Order!.Attempt, task.Turns.Count + 1));
        var most = BudgetRules.MostOf(BudgetRules.ModelOf(State, task), Some.Day, 8_000);
        if (SpendRules.Ask(Levels, most) is SpendVerdict.Granted)
            _hedging[task.Id] = most;
    }

    private SpendLevel[] Levels
    {
        get
        {
            var own = _asking.Values.Concat(_hedging.Values).Aggregate(Cost.Zero, (sum, other) => sum + other);
            return State.Settings.Budget is { } budget ? [new SpendLevel(SpendScope.Run, budget, BudgetRules.Spent(State), own, Cost.Zero)] : [];
        }
    }

    private RunEvent Answered(TaskState task, Cost most)
    {
        var (stop, block) = Pick(12) switch
        {
            1 => (AnswerStop.EndTurn, new AnswerBlock.Text("Done")),
            2 => (AnswerStop.MaxTokens, Some.Finish()),
            3 => (AnswerStop.Refusal, new AnswerBlock.Text("No")),
            4 => (AnswerStop.ContextExceeded, new AnswerBlock.Text("")),
            5 => (AnswerStop.ToolUse, Some.Finish("""{"status":"blocked"}""")),
            6 => (AnswerStop.ToolUse, new AnswerBlock.ToolCall("c1", "write_file", "{}")),
            _ => (AnswerStop.ToolUse, (AnswerBlock)Some.Finish()),
        };
        if (_hedging.Remove(task.Id, out var second))
            Record(new CallLost(Call(task.Agent, BudgetRules.ModelOf(State, task), second)));
        if (Pick(20) == 18)
            return new CallLost(Call(task.Agent, BudgetRules.ModelOf(State, task), most));
        return Pick(20) == 19
            ? new AttemptEnded(task.Id, task.Order!.Attempt, new AttemptOutcome.Failed("No answer."))
            : new TurnAnswered(task.Id, task.Order!.Attempt, task.Turns.Count + 1, [block], stop, Call(task.Agent, BudgetRules.ModelOf(State, task), most));
    }

    private ModelCall Call(AgentId? agent, ModelFacts model, Cost most) => new(model.Id, agent, default, new(most.Usd * (100 - Pick(101)) / 100), 1, 2);

    private CombinedWork Combined(int round)
    {
        var included = PlanGraph.InDependencyOrder(_plan).Select(task => State.Task(task.Id)).Where(task => task.IsComplete && !State.LeftOut.Contains(task.Id)).Select(task => task.Id).ToValueList();
        var check = Pick(3) == 2 ? Some.Check(1, Pick(2) == 0 ? [] : [State.Tasks[Pick(State.Tasks.Count)].Lane.Named.First().Value]) : Some.Check();
        return new CombinedWork(round, Some.Id('d'), included, [], [check]);
    }

    private void Last(StepId step, RunEvent happened)
    {
        _done.Add(step);
        Record(happened);
    }

    private void Record(RunEvent happened)
    {
        var recorded = new RecordedEvent(State.Sequence + 1, Some.Start.AddSeconds(State.Sequence), happened);
        var before = State;
        State = State.Apply(recorded);
        Recorded.Add(recorded);
        Observe(before, happened, State);
    }

    private bool Chance(int oneOf) => Pick(oneOf) == oneOf - 1;

    private int Pick(int count) => _choices.TryDequeue(out var choice) ? choice % count : 0;
}
