using Planlane.Budgets;
using Planlane.Requests;
using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane.Planning;

/// <summary>What a request is expected to cost before anybody has planned it: by Planlane, and by one agent alone; a rule of thumb.</summary>
/// <remarks>
/// The work is taken to be <see cref="SinglePlan.FilesOf"/> files, each a task of its own of <see cref="SinglePlan.TokensPerFile"/> tokens of code that waits for no other. The medians are those of the
/// estimate of such a plan (<see cref="PlanEstimate"/>), and the high ends are its 95th percentiles for twice as many files. Planning is one call at the median and two at the high end, each with the
/// whole prompt and a plan of <see cref="PlanTokens"/> tokens and <see cref="PlanTokensPerTask"/> more for each task.
/// </remarks>
/// <param name="Files">How many files the medians are for.</param>
/// <param name="Divided">By Planlane: planning, agents and checks.</param>
/// <param name="Alone">By one agent of the planner's model, by the formulas of <see cref="Counterfactual"/>, checks included.</param>
public sealed record RequestEstimate(int Files, EstimatedWork Divided, EstimatedWork Alone)
{
    /// <summary>Tokens of a plan without tasks (reference arithmetic of 2026).</summary>
    public const int PlanTokens = 250;

    /// <summary>Tokens that each task adds to a plan: 400 to 640 in the plans of the six shipped scenarios, their contracts included.</summary>
    public const int PlanTokensPerTask = 500;

    // Rules, tools and request before the plan, and an agent's own brief (reference arithmetic of 2026).
    private const int PrefixTokens = 1_400;
    private const int BriefTokens = 250;
    private const int Checks = 2;
    private const int Seed = 1;
    private const int HighTimes = 2;

    /// <summary>US dollars of both together, so many times each.</summary>
    public Spread Usd(int times) => new(times * (Divided.Usd.Median + Alone.Usd.Median), times * (Divided.Usd.High + Alone.Usd.High));

    /// <summary>Estimates a request.</summary>
    /// <param name="request">A request without problems.</param>
    /// <param name="settings">The models, their prices and speeds, the slots, and the user's own checks.</param>
    /// <param name="promptTokens">What the planner would be sent, in estimated tokens.</param>
    /// <param name="experience">What earlier runs of the repository taught.</param>
    /// <param name="day">The day (UTC) whose prices hold.</param>
    public static RequestEstimate Of(RunRequest request, RunSettings settings, int promptTokens, EstimateExperience experience, DateOnly day)
    {
        var files = SinglePlan.FilesOf(request);
        var (usual, high) = (Estimate(files, 1), Estimate(HighTimes * files, HighTimes));
        return new RequestEstimate(files, Joined(usual.Total, high.Total), Joined(usual.Alone, high.Alone));

        PlanEstimate Estimate(int tasks, int calls) => PlanEstimate.Of(new EstimateInput(
            PlanOf(tasks, settings.Checks),
            settings,
            day,
            new PromptSizes(PrefixTokens + PlanSize(tasks), 0, Ids(tasks).Select(id => new OwnPrompt(id, BriefTokens)).ToValueList()),
            PlanningOf(settings.Planner, promptTokens, PlanSize(tasks), calls, day),
            experience,
            Seed));
    }

    private static int PlanSize(int tasks) => PlanTokens + (PlanTokensPerTask * tasks);

    private static PlanningSpent PlanningOf(ModelFacts planner, int prompt, int answer, int calls, DateOnly day)
    {
        var seconds = planner.FirstTokenSeconds + (answer / planner.TokensPerSecond);
        var usd = (double)planner.CostOf(new Usage(prompt, answer, 0, 0), day).Usd;
        return new PlanningSpent(calls * usd, calls * seconds / 60, calls * (prompt + answer), calls * (prompt + answer));
    }

    private static Plan PlanOf(int tasks, ValueList<PlannedCheck> checks) => new(
        Plan.SchemaVersion,
        new Suitability(true, ""),
        [],
        [],
        Ids(tasks).Select(id => new PlannedTask(id, id.Value, "", new Ownership([new Glob(id.Value)]), [], [], [], null, new TaskEstimate(SinglePlan.TokensPerFile), id.Value)).ToValueList(),
        checks.Count > 0 ? checks : Enumerable.Range(1, Checks).Select(number => new PlannedCheck($"check-{number}", "true")).ToValueList(),
        []);

    private static IEnumerable<TaskId> Ids(int tasks) => Enumerable.Range(1, tasks).Select(number => new TaskId($"file-{number}"));

    private static EstimatedWork Joined(EstimatedWork usual, EstimatedWork high) => new(
        Joined(usual.Usd, high.Usd), Joined(usual.Minutes, high.Minutes), Joined(usual.FreshTokens, high.FreshTokens), Joined(usual.ProcessedTokens, high.ProcessedTokens));

    private static Spread Joined(Spread usual, Spread high) => new(usual.Median, Math.Max(usual.High, high.High));
}
