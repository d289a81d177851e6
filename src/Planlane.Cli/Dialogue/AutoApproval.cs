namespace Planlane.Cli.Dialogue;

/// <summary>What the user said yes to beforehand.</summary>
/// <param name="Plan">The plan, whatever it is.</param>
/// <param name="Changes">The work, if its checks pass.</param>
internal sealed record AutoApproval(bool Plan, bool Changes)
{
    public static string[] Words { get; } = ["plan", "changes", "all"];

    public static AutoApproval Of(string? word) => new(word is "plan" or "all", word is "changes" or "all");
}
