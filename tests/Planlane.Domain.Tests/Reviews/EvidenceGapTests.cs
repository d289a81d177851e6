using Planlane.Reports;
using Planlane.Runs;

namespace Planlane.Reviews;

public sealed class EvidenceGapTests
{
    private static readonly CriterionResult Met = new("x", CriterionStanding.Met, null), NotShown = new("y", CriterionStanding.NotShown, null);
    private static readonly CheckResult Counted = Some.Check() with { Tests = new TestCounts(3, 0, 0) };
    private static readonly CheckResult Named = Counted with { Cases = [.. Enumerable.Range(1, 3).Select(number => new TestCase($"test {number}", TestOutcome.Passed, null))] };

    [Fact]
    public void Of_SomethingIsMissingAtEveryAgent_IsSaidOnceForAll()
    {
        var state = With(Counted, [Met, NotShown], [NotShown, NotShown]);

        Assert.Equal(new EvidenceGap(3, 4, LacksNames: true), EvidenceGap.Of(state));
        Assert.Equal(new EvidenceGap(3, 4, LacksNames: false), EvidenceGap.Of(With(Named, [Met, NotShown], [NotShown, NotShown])));
        Assert.Empty(RiskRules.OfEvidence(state.Task(new("b")), state.Work!, EvidenceGap.Of(state)));
    }

    [Fact]
    public void Of_OneAgentHasShownAll_TellsThemApart()
    {
        var state = With(Counted, [Met, Met], [Met, NotShown]);

        Assert.Null(EvidenceGap.Of(state));
        Assert.Equal(["1 of 2 criteria not shown"], RiskRules.OfEvidence(state.Task(new("b")), state.Work!, EvidenceGap.Of(state)).Select(risk => risk.Words));
    }

    [Fact]
    public void Of_OneAgentAlone_IsSaidOfIt() => Assert.Null(EvidenceGap.Of(With(Counted, [NotShown], [])));

    private static RunState With(CheckResult check, CriterionResult[] first, CriterionResult[] second)
    {
        var worked = Some.Prepared(Some.Plan(Some.Task("a"), Some.Task("b"))).Worked("a").Worked("b");
        var criteria = new Dictionary<string, CriterionResult[]> { ["a"] = first, ["b"] = second };
        var tasks = worked.Tasks.Replace(_ => true, task => task with { Report = task.Report! with { Criteria = [.. criteria[task.Id.Value]] } });
        return worked with { Tasks = tasks, Work = Some.Work(1, ["a", "b"], check) };
    }
}
