using Planlane.Values;

namespace Planlane.Reviews;

/// <summary>The order in which a review shows its parts, so that the first minutes go to what matters most.</summary>
public static class ReviewOrder
{
    /// <summary>Files, the riskiest first; of two alike the larger, else by path.</summary>
    public static ValueList<ReviewFile> Of(IEnumerable<ReviewFile> files) =>
        files.OrderByDescending(RiskRules.WeightOf).ThenByDescending(file => file.Added + file.Deleted).ThenBy(file => file.Path).ToValueList();

    /// <summary>Agents: contracts first, then by their riskiest file, then by how much is missing in their evidence; else as they are given. What is not part of the work is last.</summary>
    public static ValueList<ReviewAgent> Of(IEnumerable<ReviewAgent> agents) => agents
        .OrderBy(agent => agent.Standing is ReviewStanding.NotPart)
        .ThenByDescending(agent => agent.Files.Select(RiskRules.WeightOf).DefaultIfEmpty().Max())
        .ThenByDescending(agent => agent.Risks.Count)
        .ToValueList();
}
