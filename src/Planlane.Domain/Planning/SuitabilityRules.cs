using System.Globalization;
using Planlane.Requests;
using Planlane.Values;

namespace Planlane.Planning;

/// <summary>Judges by code whether the work of a plan should be divided among agents.</summary>
public static class SuitabilityRules
{
    /// <summary>Work of fewer files is not divided.</summary>
    public const int FewestFiles = 3;

    /// <summary>Work of which the longest chain of tasks holds more than this share is not divided.</summary>
    public const double LongestChain = 0.5;

    /// <summary>The verdict on a plan.</summary>
    /// <remarks>The user's word goes before it: a forced run divides whatever speaks against it, and one agent alone is never refused.</remarks>
    /// <param name="plan">The plan in its final order.</param>
    /// <param name="settings">The mode and the models.</param>
    /// <param name="facts">What the repository holds.</param>
    public static SuitabilityVerdict Judge(Plan plan, RunSettings settings, RepositoryFacts facts)
    {
        var (files, share) = (FilesOf(plan, facts), ChainShareOf(plan, settings));
        if (settings.Mode is RunMode.Single)
            return new SuitabilityVerdict(true, ["One agent does all of it, as you asked."]) { Files = files, ChainShare = share };

        var reasons = ReasonsOf(plan, settings, facts).Select(reason => reason.Words).ToValueList();
        return reasons.Count > 0 ? new SuitabilityVerdict(settings.Mode is RunMode.Forced, reasons) { Files = files, ChainShare = share }
            : new SuitabilityVerdict(true, [plan.Suitability.Reason]) { Files = files, ChainShare = share };
    }

    /// <summary>The note that a forced run owes the user: what speaks against dividing; null when nothing does.</summary>
    public static PlanNote? ForcedNote(Plan plan, RunSettings settings, RepositoryFacts facts) =>
        settings.Mode is RunMode.Forced && ReasonsOf(plan, settings, facts) is { Count: > 0 } reasons
            ? new PlanNote("division-forced", $"The work is divided because you insist. {string.Join(' ', reasons.Select(reason => reason.Words))}")
            : null;

    /// <summary>What the planner is told, once, of a plan against which nothing speaks but a long chain; null otherwise.</summary>
    public static PlanProblem? ChainProblem(Plan plan, RunSettings settings, RepositoryFacts facts) =>
        settings.Mode is RunMode.Auto && plan.Suitability.Orchestrate && ReasonsOf(plan, settings, facts) is [{ IsChain: true }]
            ? new PlanProblem(
                "chain-short",
                $"The tasks {string.Join(" -> ", ChainOf(plan, settings))} wait for one another and hold {Percent(ChainShareOf(plan, settings))} of the work; at most {Percent(LongestChain)} may. "
                + "Put the signatures that they share into contracts, so that they can run together, or divide the longest of them; "
                + "if each really needs the finished files of the one before, set suitability.orchestrate to false and say so.")
            {
                At = "/tasks",
            }
            : null;

    /// <summary>How many files the tasks write, each counted once; a pattern counts the files that it matches, at least one.</summary>
    public static int FilesOf(Plan plan, RepositoryFacts facts)
    {
        var lanes = new LaneIndex(plan);
        var files = lanes.Items.Where(item => !item.Glob.HasWildcard).Select(item => item.Pattern.Key).ToHashSet();
        var patterns = lanes.Items.Where(item => item.Glob.HasWildcard).Select(item => item.Pattern.Key).ToHashSet();
        if (patterns.Count == 0)
            return files.Count;

        var matched = new HashSet<string>();
        foreach (var file in facts.Files)
            foreach (var owner in lanes.OwnersOf(file.Path).Where(owner => owner.Glob.HasWildcard))
            {
                files.Add(Spelling.Key(file.Path.Value));
                matched.Add(owner.Pattern.Key);
            }

        return files.Count + patterns.Count - matched.Count;
    }

    /// <summary>The share of the whole work, 0 to 1, that the longest chain of tasks holds, in seconds of the models' typical speeds; 0 for no or cyclic tasks.</summary>
    public static double ChainShareOf(Plan plan, RunSettings settings)
    {
        if (plan.Tasks.Count == 0 || !new TaskOrder(plan).IsAcyclic)
            return 0;
        return PlanGraph.RemainingSeconds(plan, task => TaskTime.SecondsOf(task, settings)).Values.Max() / plan.Tasks.Sum(task => TaskTime.SecondsOf(task, settings));
    }

    private static List<Reason> ReasonsOf(Plan plan, RunSettings settings, RepositoryFacts facts)
    {
        if (!plan.Suitability.Orchestrate)
            return [new(plan.Suitability.Reason)];

        var reasons = new List<Reason>();
        if (KindReason(plan.Suitability.Kind) is { } kind)
            reasons.Add(new(kind));
        if (FilesOf(plan, facts) is var files and < FewestFiles)
            reasons.Add(new($"The tasks write {files} {(files == 1 ? "file" : "files")}; below {FewestFiles} files one agent alone has less to plan, to review and to put together."));
        if (ChainReason(plan, settings) is { } chain)
            reasons.Add(new(chain, IsChain: true));
        if (Cohesion.Of(plan, facts) is { IsTight: true } cohesion)
            reasons.Add(new($"Of {cohesion.Pairs} pairs of tasks that change existing files, {cohesion.Mutual} use each other's files both ways; such work belongs to one agent."));
        return reasons;
    }

    private static string? KindReason(RequestKind kind) => kind switch
    {
        RequestKind.BugFix => "A bug is found and fixed by one agent that sees all of it.",
        RequestKind.Explanation => "An explanation writes no files that could be divided.",
        RequestKind.Review => "A review writes no files that could be divided.",
        _ => null,
    };

    private static string? ChainReason(Plan plan, RunSettings settings)
    {
        if (plan.Tasks.Count == 1)
            return "The plan has one task; there is nothing to run beside it.";
        var share = ChainShareOf(plan, settings);
        return share > LongestChain
            ? $"The longest chain of tasks holds {Percent(share)} of the work, so the time can fall by {Percent(1 - share)} at most."
            : null;
    }

    // The tasks of the longest chain in their order, each picked as the longest that can follow.
    private static IEnumerable<TaskId> ChainOf(Plan plan, RunSettings settings)
    {
        var remaining = PlanGraph.RemainingSeconds(plan, task => TaskTime.SecondsOf(task, settings));
        for (var next = plan.Tasks.MaxBy(task => remaining[task.Id]); next is not null;)
        {
            yield return next.Id;
            var last = next.Id;
            next = plan.Tasks.Where(task => task.DependsOn.Contains(last)).MaxBy(task => remaining[task.Id]);
        }
    }

    private static string Percent(double share) => (share * 100).ToString("0", CultureInfo.InvariantCulture) + " %";

    private sealed record Reason(string Words, bool IsChain = false);
}
