using System.Text.Json;
using Planlane.Budgets;

namespace Planlane.Trials.Savings;

/// <summary>What a plan is made of, in tokens that the planner writes: the part of a run that no agent shares.</summary>
internal static class PlanParts
{
    // What the reference reckons with: 250 tokens and 140 for each file.
    private const int ReferenceBase = 250;
    private const int ReferencePerFile = 140;

    public static string Table(Results results, IReadOnlyList<string> tasks) => Rows.Table(
        ["plan", "tokens", "contracts", "briefs", "criteria", "all else", "the reference's"],
        tasks.Select(task =>
        {
            using var plan = JsonDocument.Parse(ArmRunner.Open(task).Plan);
            var (all, contracts) = (Tokens(plan.RootElement), Sum(plan.RootElement, "contracts", "content"));
            var (briefs, criteria) = (Sum(plan.RootElement, "tasks", "brief"), Sum(plan.RootElement, "tasks", "acceptance"));
            return (IReadOnlyList<string>)
            [
                task, $"{all}", $"{contracts}", $"{briefs}", $"{criteria}", $"{all - contracts - briefs - criteria}", $"{ReferenceBase + (ReferencePerFile * results.Assumptions.CaseOf(task).Files)}",
            ];
        }));

    // A plan leaves out what is empty.
    private static int Sum(JsonElement plan, string items, string member) =>
        plan.TryGetProperty(items, out var all) ? all.EnumerateArray().Sum(item => item.TryGetProperty(member, out var value) ? Tokens(value) : 0) : 0;

    private static int Tokens(JsonElement element) => TokenCount.Of(JsonSerializer.Serialize(element));
}
