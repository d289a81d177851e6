using Planlane.Reports;
using Planlane.Values;

namespace Planlane.Reviews;

/// <summary>The work of all agents in one tree, checked together: what a human reviews.</summary>
/// <param name="Round">From 1; each combination is a round.</param>
/// <param name="Tree">The base tree with the contracts and every included change set.</param>
/// <param name="Included">The tasks whose work is in it, in dependency order.</param>
/// <param name="Files">Every file that differs from the base, with its counted lines.</param>
/// <param name="Checks">The results of the plan's checks, in their order; the ones after a failed one are not run.</param>
public sealed record CombinedWork(int Round, ObjectId Tree, ValueList<TaskId> Included, ValueList<FileStat> Files, ValueList<CheckResult> Checks)
{
    /// <summary>Whether every check passed.</summary>
    public bool Passed => Checks.All(check => check.Passed);

    /// <summary>The tests that the checks counted, or null when none counted any.</summary>
    public TestCounts? Tests => Checks.Where(check => check.Tests is not null).Aggregate((TestCounts?)null, (sum, check) => sum is null ? check.Tests : sum + check.Tests!);
}
