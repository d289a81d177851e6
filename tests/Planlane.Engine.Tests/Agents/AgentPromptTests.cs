using Planlane.Budgets;
using Planlane.Models;
using Planlane.Planning;
using Planlane.Requests;
using Planlane.Tools;
using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane.Agents;

public sealed class AgentPromptTests
{
    private static readonly ModelFacts Haiku = ModelCatalogue.Load().Find(new ModelId("claude-haiku-4-5")).Facts;

    private static readonly PlannedTask Store = new(
        new("store"), "Write the store", "Keep notes in memory.\nIds count from 1.", new Ownership([new Glob("src/Store.cs")]), [], [], ["A note is found by its id", "An unknown id finds nothing"], null, new TaskEstimate(500), "Add the store");

    [Fact]
    public void Shared_WithBriefs_TellsOfEachTaskWhatItsOwnAgentIsTold() => Assert.Contains(
        """
        - store: Write the store — owns src/Store.cs
          Keep notes in memory.
          Ids count from 1.

        """,
        AgentPrompt.Shared(new RunRequest("Notes", [], []), new Plan(Plan.SchemaVersion, new Suitability(true, ""), [], [], [Store], [], []), "", "", [], withBriefs: true),
        StringComparison.Ordinal);

    [Fact]
    public void Brief_ToldInThePlan_IsOnlyWhatNobodyElseNeeds() => Assert.Equal(
        """
        <task id="store" agent="Haiku-1">
        # Write the store

        Your task is store of the plan above: do all that it says there, and nothing of the others.

        Your lane (the only paths you may write):
        - src/Store.cs

        Done when:
        1. A note is found by its id
        2. An unknown id finds nothing

        <file path="src/Store.cs">
        class Store;
        </file>
        </task>
        """,
        AgentPrompt.Brief(TaskState.Planned(Store, new("Haiku-1")), [(new RepoPath("src/Store.cs"), "class Store;")], isInPlan: true));

    [Fact]
    public void Shared_Conventions_AreSaidOnceBeforeTheTasks() => Assert.Contains(
        """
        <plan>
        What holds for all tasks:
        Tests by xunit.

        All tasks, each with its owner's lane:
        - store: Write the store — owns src/Store.cs

        """,
        AgentPrompt.Shared(new RunRequest("Notes", [], []), new Plan(Plan.SchemaVersion, new Suitability(true, ""), [], [], [Store], [], []) { Conventions = "Tests by xunit." }, "", "", []),
        StringComparison.Ordinal);

    [Fact]
    public void Brief_NotToldInThePlan_TellsWhatTheTasksThatItNamesAreTold()
    {
        var tests = Store with { Id = new("tests"), Title = "Test the store", Brief = "Test @store.", Acceptance = [] };
        var plan = new Plan(Plan.SchemaVersion, new Suitability(true, ""), [], [], [Store, tests], [], []);

        var brief = AgentPrompt.Brief(TaskState.Planned(tests, new("Haiku-2")), [], referred: BriefReferences.Of(plan, tests));

        Assert.Contains(
            """
            Test @store.

            Your lane (the only paths you may write):
            - src/Store.cs

            What the tasks that it names are told:
            - store: Write the store
              Keep notes in memory.
              Ids count from 1.

            """,
            brief,
            StringComparison.Ordinal);
    }

    // The API looks back 20 blocks, and one turn may have more: what the turn before has written must be marked where it was.
    [Fact]
    public void For_LongConversation_MarksWhatIsSharedTheBriefAndTheLastTwoReplies()
    {
        var turns = Enumerable.Range(1, 4).Select(number => new Turn(
            number, 1, null, [new AnswerBlock.ToolCall($"c{number}", "write_file", "{}")], AnswerStop.ToolUse, new ModelCall(Haiku.Id, new("Haiku-1"), default, default, 1, 1), [new ToolResult($"c{number}", "Created.", false)]));

        var request = AgentPrompt.For(TaskState.Planned(Store, new("Haiku-1")) with { Turns = turns.ToValueList() }, Haiku, "shared", "brief", isBriefKept: true, isSharedLong: true);

        Assert.Equal(
            [(0, CacheLifetime.OneHour), (0, CacheLifetime.FiveMinutes), (6, CacheLifetime.FiveMinutes), (8, CacheLifetime.FiveMinutes)],
            request.Messages.Index().SelectMany(message => message.Item.Blocks.Where(block => block.Cache is not CacheLifetime.None).Select(block => (message.Index, block.Cache))));
    }

    [Fact]
    public void Handover_Task_HasTheTaskTheContractsAndItsFilesAndNothingOfItsSiblings() => Assert.Equal(
        """
        <task id="store" agent="Haiku-1">
        # Write the store

        Keep notes in memory.
        Ids count from 1.

        Your lane (the only paths you may write):
        - src/Store.cs

        Done when:
        1. A note is found by its id
        2. An unknown id finds nothing

        <file path="src/Note.cs">
        record Note;
        </file>

        <request>
        Notes

        </request>

        <plan>
        All tasks, each with its owner's lane:
        - store: Write the store — owns src/Store.cs
        - other: Write the store — owns src/Other.cs

        <contract path="src/INotes.cs">
        interface INotes;
        </contract>
        </plan>

        Another agent has worked on this task and did not get it right. These are its files as they are now; keep what is good, and mend what is said below.
        <so-far>
        <file path="src/Store.cs">
        class Store
        </file>
        </so-far>
        </task>
        """,
        AgentPrompt.Handover(
            new RunRequest("Notes", [], []),
            new Plan(Plan.SchemaVersion, new Suitability(true, ""), [], [new Contract(new("src/INotes.cs"), "interface INotes;")], [Store, Store with { Id = new("other"), Owns = new Ownership([new Glob("src/Other.cs")]) }], [], []),
            "",
            TaskState.Planned(Store, new("Haiku-1")),
            [(new RepoPath("src/Note.cs"), "record Note;")],
            [(new RepoPath("src/Store.cs"), "class Store")]));

    [Fact]
    public void Handover_OfAConversation_LeavesItOutAndWritesNothingToTheCacheAtFirst()
    {
        var call = new ModelCall(Haiku.Id, new("Haiku-1"), default, default, 1, 1);
        var tried = new Turn(1, 1, null, [new AnswerBlock.ToolCall("c1", "write_file", "{}")], AnswerStop.ToolUse, call, [new ToolResult("c1", "Created.", false)]);
        var task = (TaskState.Planned(Store, new("Haiku-1")) with { Turns = [tried] }).WithOrder(AttemptReason.Escalation, new Feedback(FeedbackKind.Check, "It broke."));

        var request = AgentPrompt.Handover(task, Haiku, "handed over");

        var opening = Assert.Single(request.Messages);
        Assert.Equal(["handed over", "<feedback kind=\"check\">\nIt broke.\n</feedback>"], opening.Blocks.Select(block => ((ModelBlock.Text)block).Value));
        Assert.All(opening.Blocks, block => Assert.Equal(CacheLifetime.None, block.Cache));
        Assert.Equal(ToolBox.Declarations, request.Tools);
    }

    [Fact]
    public void Handover_LaneThatHasChanged_IsToldAndTheBriefStaysAsItWas()
    {
        var task = TaskState.Planned(Store, new("Haiku-1"));
        var granted = task with { Lane = task.Lane.With(new RepoPath("src/Granted.cs")) };
        var plan = new Plan(Plan.SchemaVersion, new Suitability(true, ""), [], [], [Store], [], []);

        Assert.Contains("write):\n- src/Store.cs\n- src/Granted.cs\n", AgentPrompt.Handover(new RunRequest("Notes", [], []), plan, "", granted, [], []), StringComparison.Ordinal);
        Assert.Equal(AgentPrompt.Brief(task, []), AgentPrompt.Brief(granted, []));
    }

    [Fact]
    public void Renewal_OfATurn_BeginsWithTheSameBytesAndAsksForNothing()
    {
        var turn = AgentPrompt.For(TaskState.Planned(Store, new("Haiku-1")), Haiku, "shared", "brief");

        var renewal = AgentPrompt.Renewal(turn);

        Assert.Equal((0, "shared"), (renewal.MaxOutputTokens, ((ModelBlock.Text)Assert.Single(Assert.Single(renewal.Messages).Blocks)).Value));
        Assert.Equal(KeyOf(turn), KeyOf(renewal));
    }

    private static string? KeyOf(ModelRequest request) => AnthropicPrefix.KeyOf(AnthropicBody.Of(ChatShapes.MessagesOf(request), ChatShapes.OptionsOf(request)));
}
