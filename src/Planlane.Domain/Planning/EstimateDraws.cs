using Planlane.Budgets;
using Planlane.Values;

namespace Planlane.Planning;

/// <summary>Many possible runs of a plan, drawn by the assumptions of <see cref="EstimateAssumptions"/>. The same input gives the same draws.</summary>
/// <remarks>
/// A run: each agent answers once and reads the shared prefix from the cache where that is long enough; agents are scheduled as in a run; the combined work is checked; some
/// agents are repaired at the same time and some of those taken over by the planner's model, each followed by another round of the checks; sometimes the whole needs one
/// more repair. A task with a check of its own is repaired before it ends. One agent alone is drawn beside it from the same outputs and checks.
/// </remarks>
internal sealed class EstimateDraws
{
    private const int Count = 1_000;
    private const double SecondsPerMinute = 60;

    // Mean and standard deviation of a lognormal whose median is 1: many first tokens of one agent add up.
    private static readonly double FirstTokenMean = Math.Exp(EstimateAssumptions.FirstTokenSigma * EstimateAssumptions.FirstTokenSigma / 2);
    private static readonly double FirstTokenDeviation = FirstTokenMean * Math.Sqrt(Math.Exp(EstimateAssumptions.FirstTokenSigma * EstimateAssumptions.FirstTokenSigma) - 1);

    private readonly EstimateInput _input;
    private readonly IReadOnlyList<TaskModel> _models;
    private readonly ScheduleTime _schedule;
    private readonly TokenRates _alonePrices;
    private readonly int _first;
    private readonly int _files;

    private EstimateDraws(EstimateInput input)
    {
        _input = input;
        _models = TaskModel.AllOf(input);
        _schedule = new ScheduleTime(_models, input.Settings.Slots);
        _alonePrices = TokenRates.Of(input.Settings.Planner, input.Day);
        _first = Math.Max(0, _models.ToList().FindIndex(model => model.After.Count == 0));
        _files = Math.Max(1, input.Plan.Tasks.Sum(task => Math.Max(1, task.Owns.Paths.Count)));
        Tasks = input.Plan.Tasks.Select(task => (task.Id, new double[Count], new DrawnWork(Count))).ToValueList();
    }

    /// <summary>The agents together, without planning and checks.</summary>
    public DrawnWork Agents { get; } = new(Count);

    /// <summary>One agent alone, its one round of the checks included.</summary>
    public DrawnWork Alone { get; } = new(Count);

    /// <summary>The minutes of all rounds of the checks.</summary>
    internal double[] CheckMinutes { get; } = new double[Count];

    /// <summary>The minutes of one round of the checks.</summary>
    internal double[] RoundMinutes { get; } = new double[Count];

    /// <summary>Each task in the plan's order, repairs included.</summary>
    public ValueList<(TaskId Id, double[] Output, DrawnWork Work)> Tasks { get; }

    /// <summary>The draws of a plan.</summary>
    public static EstimateDraws Of(EstimateInput input)
    {
        var draws = new EstimateDraws(input);
        var draw = new NormalDraws(new Random(input.Seed));
        var places = draws._models.Select(model => input.Plan.Tasks.ToList().IndexOf(model.Task)).ToArray();
        for (var i = 0; i < Count; i++)
            draws.Add(i, draw, places);
        return draws;
    }

    private void Add(int index, NormalDraws draw, int[] places)
    {
        var bias = draw.LogNormal(EstimateAssumptions.PlanSigma);
        var checkSeconds = EstimateAssumptions.CheckSeconds * draw.LogNormal(EstimateAssumptions.CheckSigma);
        var integrates = draw.Uniform() < EstimateAssumptions.IntegrationRate && _models.Count > 1 && _input.Plan.Checks.Count > 0;
        var drawn = new DrawnTask[_models.Count];
        var output = 0.0;
        for (var i = 0; i < drawn.Length; i++)
        {
            drawn[i] = _models[i].Draw(draw, bias);
            output += drawn[i].First.Output;
            AddTask(index, Tasks[places[i]], drawn[i], HasCheck(i) ? checkSeconds : 0);
        }

        AddAgents(index, drawn, checkSeconds, integrates);
        AddAlone(index, output, draw.Next(), draw.Next());
    }

    private static void AddTask(int index, (TaskId Id, double[] Output, DrawnWork Work) into, DrawnTask drawn, double checkSeconds)
    {
        into.Output[index] = drawn.All.Output;
        into.Work.Set(index, drawn.All with { Seconds = drawn.SecondsWith(checkSeconds) });
    }

    private void AddAgents(int index, DrawnTask[] drawn, double checkSeconds, bool integrates)
    {
        var all = integrates ? drawn[^1].OneRepair : default;
        var (inside, repairs, escalations) = (new double[drawn.Length], new Together(0, 0), new Together(0, 0));
        for (var i = 0; i < drawn.Length; i++)
        {
            // What has a check of its own is repaired within its own time, the rest after the checks of the whole.
            inside[i] = HasCheck(i) ? drawn[i].SecondsWith(checkSeconds) : drawn[i].First.Seconds;
            repairs = HasCheck(i) ? repairs : repairs.With(drawn[i].Repair.Seconds);
            escalations = HasCheck(i) ? escalations : escalations.With(drawn[i].Escalation.Seconds);
            all += drawn[i].All;
        }

        var slots = _input.Settings.Slots;
        var mending = (integrates ? drawn[^1].OneRepair.Seconds : 0) + repairs.SecondsOn(slots) + escalations.SecondsOn(slots);
        var working = _schedule.Of(inside, drawn.Length == 0 ? 0 : drawn[_first].ReleaseSeconds);
        Agents.Set(index, all with { Seconds = working + mending });

        var rounds = 1 + (repairs.Longest > 0 ? 1 : 0) + (escalations.Longest > 0 ? 1 : 0) + (integrates ? 1 : 0);
        RoundMinutes[index] = _input.Plan.Checks.Count * checkSeconds / SecondsPerMinute;
        CheckMinutes[index] = rounds * RoundMinutes[index];
    }

    private void AddAlone(int index, double output, double first, double speed)
    {
        var (planner, basis) = (_input.Settings.Planner, _input.Experience);
        var tokens = AloneTokens.Of(_files, output * basis.OutputTokens.Factor);
        var wait = tokens.Turns * Math.Max(0.5, FirstTokenMean + (FirstTokenDeviation * first / Math.Sqrt(tokens.Turns)));
        var seconds = (planner.FirstTokenSeconds * wait) + (tokens.Output / ModelPace.SpeedOf(planner, speed));
        var checks = RoundMinutes[index] * SecondsPerMinute * basis.CheckMinutes.Factor;
        var fresh = tokens.Written + tokens.Output;
        Alone.Set(index, new DrawnAnswer(tokens.UsdAt(_alonePrices), seconds + checks, tokens.Output, fresh, fresh + tokens.Read));
    }

    private bool HasCheck(int place) => _models[place].Task.Check is not null;

    /// <summary>Work that waits for nobody but the slots.</summary>
    private readonly record struct Together(double Longest, double Sum)
    {
        public Together With(double seconds) => new(Math.Max(Longest, seconds), Sum + seconds);

        public double SecondsOn(int slots) => Math.Max(Longest, Sum / slots);
    }
}

/// <summary>The draws of some work: a value of each quantity for each draw.</summary>
/// <param name="count">How many draws.</param>
internal sealed class DrawnWork(int count)
{
    private const double SecondsPerMinute = 60;

    /// <summary>US dollars.</summary>
    internal double[] Usd { get; } = new double[count];

    /// <summary>Minutes.</summary>
    internal double[] Minutes { get; } = new double[count];

    /// <summary>Tokens but cache reads.</summary>
    internal double[] Fresh { get; } = new double[count];

    /// <summary>All tokens.</summary>
    internal double[] Processed { get; } = new double[count];

    /// <summary>Takes the values of a draw.</summary>
    public void Set(int index, DrawnAnswer drawn) =>
        (Usd[index], Minutes[index], Fresh[index], Processed[index]) = (drawn.Usd, drawn.Seconds / SecondsPerMinute, drawn.Fresh, drawn.Processed);
}
