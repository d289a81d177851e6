using Planlane.Agents;
using Planlane.Approval;
using Planlane.Budgets;
using Planlane.Models;
using Planlane.Planning;
using Planlane.Reports;
using Planlane.Requests;
using Planlane.Runs;
using Planlane.Scheduling;
using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane.Trials.Journals;

/// <summary>The events of a run of 1,000 tasks, 32 of them at work at a time, whose agents read, write, are checked and report, as long as events are wanted.</summary>
internal static class SyntheticJournal
{
    private const int TaskCount = 1_000;
    private const int Slots = 32;

    // What an agent reads or writes in one call: about 25 lines of code.
    private static readonly string Text = string.Concat(Enumerable.Repeat("    public int Total => Parts.Sum();\n", 25));

    public static IEnumerable<RecordedEvent> Events(int count)
    {
        var at = new DateTimeOffset(2026, 11, 27, 9, 0, 0, TimeSpan.Zero);
        return Opening().Concat(Work(count)).Take(count).Select((happened, index) => new RecordedEvent(index + 1, at.AddMilliseconds(40 * index), happened));
    }

    private static IEnumerable<RunEvent> Opening()
    {
        var catalogue = ModelCatalogue.Load();
        var settings = new RunSettings(catalogue.Find(new ModelId("claude-sonnet-4-5")).Facts, catalogue.Find(new ModelId("claude-haiku-4-5")).Facts, Slots: Slots);
        var tasks = Enumerable.Range(0, TaskCount).Select(number => new PlannedTask(
            TaskOf(number), $"Write part {number}", Text, new Ownership([new Glob($"src/part{number}/**")]), [], [], ["It builds"], "test -d src", new TaskEstimate(1_000), $"Add part {number}"));
        var plan = new Plan(Plan.SchemaVersion, new Suitability(true, "It divides."), [], [], tasks.ToValueList(), [], []);
        var likely = new EstimatedWork(new(1, 2), new(1, 2), new(1, 2), new(1, 2));
        yield return new RunStarted(new RunId("7f3c2a"), RequestText.Parse("Write a thousand parts"), new RunBase(Id(1), Id(2), "refs/heads/main", []), settings);
        yield return new PlanGiven(plan, new PlanEstimate([], likely, new(1, 2), PlanningSpent.None, likely, likely, EstimateExperience.None));
        yield return new PlanDecided(new PlanDecision.Approved(), "user");
        yield return new AgentsPrepared(Id(3), 5_000, []);
    }

    // As many turns a task as it takes to fill the journal; the tasks at work take turns.
    private static IEnumerable<RunEvent> Work(int count)
    {
        var turns = Math.Max(1, (count / TaskCount - 7) / 2);
        for (var first = 0; first < TaskCount; first += Slots)
        {
            var atWork = Enumerable.Range(first, Math.Min(Slots, TaskCount - first)).Select(number => Agent(number, turns).GetEnumerator()).ToList();
            while (atWork.Count > 0)
            {
                atWork.RemoveAll(agent => !agent.MoveNext());
                foreach (var agent in atWork)
                    yield return agent.Current;
            }
        }
    }

    private static IEnumerable<RunEvent> Agent(int number, int turns)
    {
        var (task, agent) = (TaskOf(number), new AgentId($"Haiku-{number + 1}"));
        var step = new StepId($"attempt:{task}:1");
        yield return new StepBegun(step);
        for (var turn = 1; turn <= turns; turn++)
        {
            var path = new RepoPath($"src/part{number}/file{turn % 8}.cs");
            var call = new ModelCall(new ModelId("claude-haiku-4-5"), agent, new Usage(900, 400, 5_000, 0), new Cost(0.0034m), 0.71, 4.2);
            var blob = Id((number * 1_000) + turn);
            yield return new TurnAnswered(task, 1, turn, [new AnswerBlock.Text("Now the next part."), new AnswerBlock.ToolCall($"c{turn}", "write_file", $$"""{"path":"{{path}}","content":"{{Text.Replace("\n", "\\n", StringComparison.Ordinal)}}"}""")], AnswerStop.ToolUse, call);
            yield return new TurnActed(task, turn, [new ToolResult($"c{turn}", $"Wrote {path}.", false)], new ChangeSet([new FileChange(path, blob)])) { Seen = [new SeenFile(path, blob)] };
        }

        yield return new TaskChecked(task, turns, new CheckResult("task", "test -d src", 0, null, 0.1, "", []));
        yield return new AttemptEnded(task, 1, new AttemptOutcome.Completed(new AgentWords("Wrote it", null)));
        yield return new TaskReported(new TaskReport(task, agent, TaskReportState.Complete, [], null, null, [], null, default, default, turns));
        yield return new StepEnded(step);
    }

    private static TaskId TaskOf(int number) => new($"part-{number}");

    private static ObjectId Id(int number) => new(number.ToString("x40", System.Globalization.CultureInfo.InvariantCulture));
}
