using Planlane.Values;

namespace Planlane.Planning;

/// <summary>What a plan is expected to cost and take, before anything is spent on agents; each quantity as its median and its 95th percentile.</summary>
/// <remarks>
/// The quantities come from 1,000 draws of possible runs of the plan (see <see cref="EstimateDraws"/>), corrected by what earlier runs taught: the median by a factor, the
/// high end by how far those runs lay apart. Planning so far is known and only added.
/// </remarks>
/// <param name="Tasks">Each task, in the plan's order.</param>
/// <param name="Agents">All agents together: from the first one's start to the last one's end, repairs included, checks not.</param>
/// <param name="CheckRoundMinutes">One round of the checks on the combined work.</param>
/// <param name="Planning">What planning has used so far.</param>
/// <param name="Total">The whole run: planning, agents, and as many rounds of the checks as repairs make needful.</param>
/// <param name="Alone">One agent of the planner's model alone for the same files, by the formulas of <see cref="Budgets.Counterfactual"/>.</param>
/// <param name="Basis">What earlier runs of the repository taught.</param>
public sealed record PlanEstimate(
    ValueList<EstimatedTask> Tasks,
    EstimatedWork Agents,
    Spread CheckRoundMinutes,
    PlanningSpent Planning,
    EstimatedWork Total,
    EstimatedWork Alone,
    EstimateExperience Basis)
{
    /// <summary>Estimates a plan.</summary>
    public static PlanEstimate Of(EstimateInput input)
    {
        var (draws, basis) = (EstimateDraws.Of(input), input.Experience);
        var agents = Corrected(draws.Agents, basis);
        // The two parts of the time are corrected apart, as they come from different things: the models, and the machine.
        var minutes = basis.CheckMinutes.Widened(basis.AgentMinutes.Widened(
            Spread.Of([.. draws.Agents.Minutes.Zip(draws.CheckMinutes, (agent, check) => (agent * basis.AgentMinutes.Factor) + (check * basis.CheckMinutes.Factor))])));
        return new PlanEstimate(
            draws.Tasks.Select(task => new EstimatedTask(task.Id, Corrected(task.Output, basis.OutputTokens), Corrected(task.Work, basis))).ToValueList(),
            agents,
            Corrected(draws.RoundMinutes, basis.CheckMinutes),
            input.Planning,
            new EstimatedWork(
                agents.Usd.Plus(input.Planning.Usd),
                minutes.Plus(input.Planning.Minutes),
                agents.FreshTokens.Plus(input.Planning.FreshTokens),
                agents.ProcessedTokens.Plus(input.Planning.ProcessedTokens)),
            new EstimatedWork(Spread.Of(draws.Alone.Usd), Spread.Of(draws.Alone.Minutes), Spread.Of(draws.Alone.Fresh), Spread.Of(draws.Alone.Processed)),
            basis);
    }

    private static EstimatedWork Corrected(DrawnWork drawn, EstimateExperience basis) => new(
        Corrected(drawn.Usd, basis.Usd),
        Corrected(drawn.Minutes, basis.AgentMinutes),
        // The two are corrected apart, and fresh tokens are some of all.
        Corrected(drawn.Fresh, basis.FreshTokens).AtMost(Corrected(drawn.Processed, basis.ProcessedTokens)),
        Corrected(drawn.Processed, basis.ProcessedTokens));

    private static Spread Corrected(double[] drawn, LearnedFactor learned) => learned.Widened(Spread.Of(drawn).Times(learned.Factor));
}
