using Planlane.Planning.Rules;
using Planlane.Requests;
using Planlane.Values;

namespace Planlane.Planning;

/// <summary>Proves that a plan can be run by agents that do not see each other.</summary>
public static class PlanRules
{
    /// <summary>The most problems of one rule that are said one by one; the rest is counted, as the planner reads all of them.</summary>
    public const int MostOfOneRule = 50;

    // In the order in which problems are said: first what makes the others hard to read.
    private static readonly ValueList<PlanRule> Rules =
    [
        .. ShapeRules.All, .. TextRules.All, .. PathRules.All, .. GraphRules.All, .. LaneRules.All, .. ChangeRules.All, .. HubRules.All, .. ReadRules.All, .. CoverageRules.All,
        .. LimitRules.All,
    ];

    /// <summary>The ids of all rules of <see cref="Check"/>.</summary>
    public static ValueList<string> Ids { get; } = Rules.Select(rule => rule.Id).Append(SizeRules.Sizes.Id).Append(LimitRules.DivisionInsisted.Id).ToValueList();

    /// <summary>Every problem of a plan; empty when it may be shown to the user.</summary>
    /// <remarks>
    /// A plan that says that the work should not be divided has none, unless the user insists. A plan of absurd size is not looked at any further, so that the time is bounded.
    /// </remarks>
    /// <param name="plan">The plan.</param>
    /// <param name="request">What it must cover.</param>
    /// <param name="settings">The limits that it must keep.</param>
    /// <param name="facts">What the repository holds.</param>
    public static ValueList<PlanProblem> Check(Plan plan, RunRequest request, RunSettings settings, RepositoryFacts facts)
    {
        // Who says no owes no plan; but tasks that are there may be run after all, and are proven like any.
        if (plan is { Suitability.Orchestrate: false, Tasks.Count: 0, Contracts.Count: 0 } && settings.Mode is RunMode.Auto)
            return [];

        var scene = new RuleScene(plan, request, settings, facts);
        if (!plan.Suitability.Orchestrate && settings.Mode is RunMode.Forced)
            return ProblemsOf(LimitRules.DivisionInsisted, scene).ToValueList();
        var sizes = ProblemsOf(SizeRules.Sizes, scene).ToValueList();
        return sizes.Count > 0 ? sizes : Rules.SelectMany(rule => ProblemsOf(rule, scene)).Distinct().ToValueList();
    }

    // Texts of a plan may hold anything; a message must be fit for a terminal and a prompt.
    private static IEnumerable<PlanProblem> ProblemsOf(PlanRule rule, RuleScene scene)
    {
        var found = rule.Find(scene).ToList();
        var said = found.Take(MostOfOneRule).Select(finding => new PlanProblem(rule.Id, UnseenText.Shown(finding.Message)) { At = finding.At });
        return found.Count <= MostOfOneRule ? said : said.Append(new PlanProblem(rule.Id, $"There are {found.Count - MostOfOneRule} more problems of this rule."));
    }
}
