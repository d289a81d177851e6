namespace Planlane.Cli.Dialogue;

/// <summary>What the user said yes to beforehand.</summary>
/// <param name="Plan">The plan, whatever it is.</param>
/// <param name="Changes">The work, if its checks pass.</param>
internal sealed record AutoApproval(bool Plan, bool Changes)
{
    /// <summary>The hash of the one plan that was approved beforehand; null for none.</summary>
    public string? PlanHash { get; init; }

    /// <summary>Whether the plan is decided on without a question.</summary>
    public bool DecidesPlan => Plan || PlanHash is not null;

    public static string[] Words { get; } = ["plan", "changes", "all"];

    public static AutoApproval Of(string? word, string? planHash = null) => new(word is "plan" or "all", word is "changes" or "all") { PlanHash = planHash };
}
