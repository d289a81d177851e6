using Planlane.Agents;
using Planlane.Reports;
using Planlane.Requests;
using Planlane.Values;

namespace Planlane.Reviews;

/// <summary>Says what makes changes risky. It sorts a review and never decides anything.</summary>
public static class RiskRules
{
    /// <summary>Changed lines from which on a file is called large.</summary>
    public const int ManyLines = 300;

    /// <summary>Deleted lines from which on a change is a deletion when it deletes more than it adds.</summary>
    public const int ManyDeleted = 40;

    private const int MostNames = 3;

    /// <summary>What makes a changed file risky, the most important first.</summary>
    public static ValueList<Risk> Of(ReviewFile file) => Found(file).OrderBy(risk => risk.Kind).ToValueList();

    /// <summary>What is missing in the evidence of a task; that nothing was tested at all concerns the whole work and is said there.</summary>
    /// <param name="task">The task; one without a report has no evidence to speak of.</param>
    /// <param name="work">The combined work.</param>
    /// <param name="common">What is missing at every agent alike and is said once, or null.</param>
    public static ValueList<Risk> OfEvidence(TaskState task, CombinedWork work, EvidenceGap? common)
    {
        var found = new List<string>();
        if (task.Report is not { } report)
            return [];
        var criteria = CriteriaRules.Now(task, work);
        if (report.Contradictions.Count > 0)
            found.Add("its words and the facts differ");
        if (criteria.Count(item => item.Standing is CriterionStanding.NotMet) is > 0 and var notMet)
            found.Add($"{notMet} of {criteria.Count} criteria not met");
        if (common is null && criteria.Count(item => item.Standing is CriterionStanding.NotShown) is > 0 and var notShown)
            found.Add($"{notShown} of {criteria.Count} criteria not shown");
        return found.Select(words => new Risk(RiskKind.Evidence, words)).ToValueList();
    }

    /// <summary>How much a file deserves a look; contracts and what breaks others stand above all else. Bigger is more.</summary>
    public static int WeightOf(ReviewFile file) => (file.Task is null ? 2_000 : 0) + (file.Surface.Breaks ? 1_000 : 0) + file.Risks.Sum(risk => WeightOf(risk.Kind));

    private static int WeightOf(RiskKind kind) => kind switch
    {
        RiskKind.PublicSurface => 0,
        RiskKind.Security => 80,
        RiskKind.Deletion => 60,
        RiskKind.Hub => 50,
        RiskKind.Mode or RiskKind.Binary => 40,
        RiskKind.Evidence => 30,
        _ => 20,
    };

    private static IEnumerable<Risk> Found(ReviewFile file)
    {
        if (file.Surface.Breaks)
            yield return new Risk(RiskKind.PublicSurface, SurfaceWords(file));
        if (SensitivePaths.ReasonOf(file.Path) is { } sensitive)
            yield return new Risk(RiskKind.Security, sensitive);
        if (file.Kind is FileChangeKind.Deleted)
            yield return new Risk(RiskKind.Deletion, "deleted");
        else if (file.Deleted >= ManyDeleted && file.Deleted > file.Added)
            yield return new Risk(RiskKind.Deletion, $"deletes {file.Deleted} lines");
        if (file.Hub is { } hub)
            yield return new Risk(RiskKind.Hub, HubFiles.ReasonOf(hub, file.UsedBy.Count));
        if (file.ModeAfter == "120000" || file.ModeBefore == "120000")
            yield return new Risk(RiskKind.Mode, "a symbolic link");
        else if (file.ModeAfter == "100755" && file.ModeBefore != "100755")
            yield return new Risk(RiskKind.Mode, "becomes executable");
        if (file.IsBinary)
            yield return new Risk(RiskKind.Binary, "binary");
        if (file.Added + file.Deleted >= ManyLines)
            yield return new Risk(RiskKind.Size, $"{file.Added + file.Deleted} lines");
    }

    private static string SurfaceWords(ReviewFile file)
    {
        var names = file.Surface.Removed.Select(name => $"no {name}").Concat(file.Surface.Changed).ToList();
        var more = names.Count > MostNames ? $" and {names.Count - MostNames} more" : "";
        var used = file.UsedBy.Count switch { 0 => "", 1 => "; 1 file uses it", var many => $"; {many} files use it" };
        return $"changes what others see: {string.Join(", ", names.Take(MostNames))}{more}{used}";
    }
}
