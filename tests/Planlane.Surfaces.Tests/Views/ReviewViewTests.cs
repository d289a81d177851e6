using Planlane.Cli.Views;
using Planlane.Reviews;
using Planlane.Runs;
using Planlane.Support;
using Planlane.Values;

namespace Planlane.Views;

public sealed class ReviewViewTests
{
    private const int Rows = 24;

    [Fact]
    public void ReviewView_FiveAgentsOnTwentyFourRows_FitAndSayWhereToLook()
    {
        var state = AuthRun.Reviewable().State;

        var shown = Screens.Fancy(screen => ReviewView.Write(screen, state, Of(state), Rows), 80);

        Assert.InRange(shown.TrimEnd('\n').Split('\n').Length, 1, Rows - 1);
        Snapshot.Match(shown);
    }

    [Fact]
    public void ReviewView_Plain_SaysEverythingInWords()
    {
        var state = AuthRun.Reviewable().State;

        Snapshot.Match(Screens.Plain(screen => ReviewView.Write(screen, state, Of(state), 40), 80));
    }

    [Fact]
    public void ReviewView_FewRows_FoldsTheLeastRisky()
    {
        var state = AuthRun.Reviewable().State;
        var many = Of(state);
        many = many with { Agents = Enumerable.Repeat(many.Agents.Skip(1), 8).SelectMany(agents => agents).Prepend(many.Agents[0]).ToValueList() };

        Snapshot.Match(Screens.Fancy(screen => ReviewView.Write(screen, state, many, Rows), 80));
    }

    [Fact]
    public void ReviewFileView_HunksOfManyLines_AreNumberedAndCut()
    {
        var state = AuthRun.Reviewable().State;
        var file = Of(state).AllFiles.First(file => file.Task is not null) with { IsViewed = true, ChangedSinceLastLook = true, Standing = ReviewStanding.LeftOutInPart };
        ValueList<ReviewHunk> hunks =
        [
            new(1, "1a2b3c4d", 3, 2, 3, 3, "function sign()", [" const a = 1", "-const b = 2", "+const b = 3", "+const c = 4\u001b[2J"]),
            new(2, "5e6f7a8b", 90, 0, 92, 2, "", ["+one", "+two", "\\ No newline at end of file"]),
        ];

        Snapshot.Match(Screens.Fancy(screen =>
        {
            ReviewFileView.WriteHead(screen, file, new AgentId("Haiku-2"), "1/5");
            ReviewFileView.WriteHunks(screen, hunks, 7);
        }, 80));
    }

    // As the engine would read it of a repository.
    private static Review Of(RunState state)
    {
        var agents = state.Tasks.Select(task => new ReviewAgent(
            task.Agent,
            task.Id,
            task.Task.Title,
            ReviewStanding.Kept,
            ReviewOrder.Of(task.Report!.Files.Select(stat => new ReviewFile(task.Id, stat.Path, stat.Kind, stat.Added, stat.Deleted, null, task.Changes.Find(stat.Path)?.Blob)).Select(file => file with { Risks = RiskRules.Of(file), IsViewed = file.Path.Value == "auth/types.ts" })),
            RiskRules.OfEvidence(task, state.Work!, EvidenceGap.Of(state))));
        var contract = new ReviewFile(null, new("auth/contracts.ts"), Reports.FileChangeKind.Created, 1, 0, null, new ObjectId(new string('a', 40)));
        return new Review(state.Id, 1, state.Work!.Tree, true, ReviewOrder.Of(agents.Prepend(new ReviewAgent(new AgentId("Plan"), null, "Shared contracts", ReviewStanding.Kept, [contract], []))));
    }
}
