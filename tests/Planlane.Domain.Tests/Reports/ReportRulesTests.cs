using Planlane.Agents;
using Planlane.Budgets;
using Planlane.Values;

namespace Planlane.Reports;

public sealed class ReportRulesTests
{
    private static readonly AgentWords Words = new("Wrote it", "Look at it");
    private static readonly FileStat File = new(new("src/a.cs"), FileChangeKind.Created, 10, 0);

    private static TaskState Task => TaskState.Planned(Some.Task("a"), new("Haiku-1"));

    [Fact]
    public void Of_Outcome_IsTheStateWithWordsAndReason()
    {
        Assert.Equal(Report(TaskReportState.Complete, Words, null), Of(new AttemptOutcome.Completed(Words)));
        Assert.Equal(Report(TaskReportState.Incomplete, null, "No tests.") with { Failure = FailureClass.Other }, Of(new AttemptOutcome.Incomplete("No tests.", null)));
        Assert.Equal(Report(TaskReportState.Blocked, Words, "Look at it"), Of(new AttemptOutcome.Blocked(Words)));
        Assert.Equal(Report(TaskReportState.Failed, null, "No answer."), Of(new AttemptOutcome.Failed("No answer.")));
    }

    [Fact]
    public void Of_WordsThatTheFactsContradict_NamesEachContradiction()
    {
        var task = Task with { Outcome = new AttemptOutcome.Incomplete("Not done.", Words), Check = new(1, Some.Check(1)), ToCreate = [new("src/b.cs")] };

        Assert.Equal(
            ["It reports work, but no file differs.", "It reports that it is done, but its check 'dotnet build' failed.", "It reports that it is done, but 'src/b.cs' does not exist."],
            ReportRules.Of(task, new Evidence([])).Contradictions);
    }

    [Fact]
    public void Of_AgentThatSaysItIsBlocked_IsNotToldThatItSaidDone() =>
        Assert.Equal([], ReportRules.Of(Task with { Outcome = new AttemptOutcome.Blocked(Words), ToCreate = [new("src/b.cs")], Check = new(1, Some.Check(1)) }, new Evidence([])).Contradictions);

    [Fact]
    public void ChangeSet_Then_LaterChangesWinAndPathsStayInOrder()
    {
        var first = Some.Changes("b.cs", "c.cs");
        var later = new ChangeSet([new(new("a.cs"), Some.Id('f')), new(new("c.cs"), null)]);

        var both = first.Then(later);

        Assert.Equal(new ChangeSet([new(new("a.cs"), Some.Id('f')), new(new("b.cs"), Some.Id('c')), new(new("c.cs"), null)]), both);
        Assert.Equal((true, false, false), (both.Writes(new("a.cs")), both.Writes(new("c.cs")), both.Writes(new("d.cs"))));
        Assert.Equal(first, first.Then(ChangeSet.Empty));
    }

    private static TaskReport Of(AttemptOutcome outcome)
    {
        ValueList<Turn> turns =
        [
            Some.Turn(1, AnswerStop.ToolUse, [], []) with { Call = Some.Call(usd: 0.02m, usage: new(1, 2, 3, 4)) },
            Some.Turn(2, AnswerStop.ToolUse, [], [], attempt: 2) with { Call = Some.Call(usd: 0.03m, usage: new(10, 20, 30, 40)) },
        ];
        return ReportRules.Of(Task with { Outcome = outcome, Turns = turns, Check = new(2, Some.Check()) }, new Evidence([File]));
    }

    private static TaskReport Report(TaskReportState state, AgentWords? words, string? reason) =>
        new(new("a"), new("Haiku-1"), state, [File], Some.Check(), words, [], reason, new Usage(11, 22, 33, 44), new Cost(0.05m), 2);
}
