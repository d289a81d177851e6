using Planlane.Budgets;
using Planlane.Requests;
using Planlane.Values;

namespace Planlane.Planning;

/// <summary>Everything that an estimate is made from, so that the same input gives the same estimate.</summary>
/// <param name="Plan">A plan without problems.</param>
/// <param name="Settings">The models, their prices and speeds, and the slots.</param>
/// <param name="Day">The day (UTC) whose prices hold.</param>
/// <param name="Prompts">How long the agents' prompts are.</param>
/// <param name="Planning">What planning has used so far.</param>
/// <param name="Experience">What earlier runs of the repository taught.</param>
/// <param name="Seed">Seeds the draws.</param>
public sealed record EstimateInput(Plan Plan, RunSettings Settings, DateOnly Day, PromptSizes Prompts, PlanningSpent Planning, EstimateExperience Experience, int Seed);

/// <summary>How long the prompts of a plan's agents are, in estimated tokens.</summary>
/// <param name="Shared">The prefix that all share: rules, tools, request, plan, instructions, list of files, and the files that several tasks read.</param>
/// <param name="Filler">Files that the prefix may be filled up with where that pays; see <see cref="PrefixRules"/>.</param>
/// <param name="Own">What each task's agent reads beside the prefix: its brief and its files.</param>
public sealed record PromptSizes(int Shared, int Filler, ValueList<OwnPrompt> Own);

/// <summary>What one agent reads beside the shared prefix.</summary>
/// <param name="Task">The task.</param>
/// <param name="Tokens">Estimated tokens.</param>
public sealed record OwnPrompt(TaskId Task, int Tokens);

/// <summary>What planning has used so far; measured, never estimated.</summary>
/// <param name="Usd">US dollars.</param>
/// <param name="Minutes">Minutes in which the planner's model answered.</param>
/// <param name="FreshTokens">Tokens but cache reads.</param>
/// <param name="ProcessedTokens">All tokens.</param>
public sealed record PlanningSpent(double Usd, double Minutes, double FreshTokens, double ProcessedTokens)
{
    /// <summary>Nothing, as for a plan that was given.</summary>
    public static PlanningSpent None { get; } = new(0, 0, 0, 0);

    /// <summary>What the calls of a run before its agents add up to.</summary>
    public static PlanningSpent Of(IEnumerable<ModelCall> calls) => calls.Where(call => call.Agent is null).Aggregate(None, (sum, call) => new PlanningSpent(
        sum.Usd + (double)call.Cost.Usd, sum.Minutes + (call.Seconds / 60), sum.FreshTokens + call.Usage.Fresh, sum.ProcessedTokens + call.Usage.Total));
}
