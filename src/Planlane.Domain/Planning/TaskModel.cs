using Planlane.Budgets;
using Planlane.Values;

namespace Planlane.Planning;

/// <summary>What is known of a task before it runs, in the form in which many possible runs of it are drawn.</summary>
internal sealed class TaskModel
{
    private readonly ModelPace _agent;
    private readonly ModelPace _planner;
    private readonly double _prefix;
    private readonly double _own;
    private readonly bool _warms;

    private TaskModel(PlannedTask task, ValueList<int> after, ModelPace agent, ModelPace planner, double prefix, double own, bool warms, bool isChecked)
    {
        (Task, After, _agent, _planner, _prefix, _own, _warms) = (task, after, agent, planner, prefix, own, warms);
        RepairRate = isChecked ? EstimateAssumptions.RepairRate : 0;
        EscalationRate = isChecked ? EstimateAssumptions.EscalationRate : 0;
    }

    /// <summary>The task.</summary>
    public PlannedTask Task { get; }

    /// <summary>The places of the tasks that must end before it.</summary>
    public ValueList<int> After { get; }

    // Nothing sends work back where nothing is checked.
    private double RepairRate { get; }

    private double EscalationRate { get; }

    private bool IsCached => _prefix >= _agent.Facts.CacheMinimumTokens;

    /// <summary>The tasks of a plan in the order in which they start when several may: the longest remaining path first.</summary>
    public static IReadOnlyList<TaskModel> AllOf(EstimateInput input)
    {
        var (plan, settings) = (input.Plan, input.Settings);
        var remaining = PlanGraph.RemainingSeconds(plan, task => task.Estimate.OutputTokens);
        var ordered = plan.Tasks.OrderByDescending(task => remaining[task.Id]).ToList();
        var prefix = PrefixRules.Filled(input.Prompts.Shared, input.Prompts.Filler, settings.Agent.CacheMinimumTokens, Math.Max(1, plan.Tasks.Count));
        var own = input.Prompts.Own.ToDictionary(prompt => prompt.Task, prompt => prompt.Tokens);
        var planner = new ModelPace(settings.Planner, input.Day);
        var warmed = new HashSet<ModelId>();
        var models = new List<TaskModel>();
        foreach (var task in ordered)
        {
            var agent = new ModelPace(settings.ModelOf(task), input.Day);
            var after = task.DependsOn.Select(id => ordered.FindIndex(other => other.Id == id)).Where(place => place >= 0).ToValueList();
            models.Add(new TaskModel(task, after, agent, planner, prefix, own.GetValueOrDefault(task.Id), warmed.Add(agent.Facts.Id), plan.Checks.Count > 0 || task.Check is not null));
        }

        return models;
    }

    /// <summary>One possible run of the task.</summary>
    /// <param name="draw">Where chance comes from; asked equally often whatever comes out, so that runs of two like plans can be compared.</param>
    /// <param name="bias">How much more all agents of the plan write than was planned.</param>
    public DrawnTask Draw(NormalDraws draw, double bias)
    {
        var output = EstimateAssumptions.FinishTokens + (Task.Estimate.OutputTokens * bias * draw.LogNormal(EstimateAssumptions.TaskSigma));
        var (first, again, speed, luck) = (draw.LogNormal(EstimateAssumptions.FirstTokenSigma), draw.LogNormal(EstimateAssumptions.FirstTokenSigma), draw.Next(), draw.Uniform());
        var (prompt, whole) = (FirstPrompt(), _prefix + _own + output + EstimateAssumptions.DiagnosticsTokens);
        var drawn = _agent.Answer(prompt, output, first, speed);
        var release = IsCached ? _agent.FirstToken(prompt, first) : 0;
        var repair = _agent.Answer(_agent.Grown(IsCached ? _prefix : 0, whole), EstimateAssumptions.RepairOutputTokens, again, speed);
        whole += EstimateAssumptions.RepairOutputTokens + EstimateAssumptions.DiagnosticsTokens;
        var escalation = luck < EscalationRate ? _planner.Answer(_planner.Grown(0, whole), output, again, speed) : default;
        return new DrawnTask(drawn, luck < RepairRate ? repair : default, escalation, repair, release);
    }

    // The first task of a model writes the shared prefix to the cache, its siblings read it; a model takes no prefix that is too short.
    private PromptTokens FirstPrompt() => !IsCached ? new PromptTokens(_prefix + _own, 0, 0)
        : _warms ? new PromptTokens(_own, 0, _prefix)
        : new PromptTokens(_own, _prefix, 0);
}

/// <summary>One possible run of a task.</summary>
/// <param name="First">Its agent's own work.</param>
/// <param name="Repair">What a failed check added; nothing when none failed.</param>
/// <param name="Escalation">What the planner's model added that took it over; nothing when it was not needed.</param>
/// <param name="OneRepair">What a repair of it costs, whether this run needs one or not.</param>
/// <param name="ReleaseSeconds">When it lets its siblings start that read the prefix which it writes to the cache; 0 when nothing is cached.</param>
internal readonly record struct DrawnTask(DrawnAnswer First, DrawnAnswer Repair, DrawnAnswer Escalation, DrawnAnswer OneRepair, double ReleaseSeconds)
{
    /// <summary>All together.</summary>
    public DrawnAnswer All => First + Repair + Escalation;

    /// <summary>The seconds of all together, each repair after a check of the task's own.</summary>
    /// <param name="checkSeconds">How long that check takes; 0 when it has none.</param>
    public double SecondsWith(double checkSeconds) =>
        All.Seconds + (checkSeconds * (1 + (Repair.Seconds > 0 ? 1 : 0) + (Escalation.Seconds > 0 ? 1 : 0)));
}
