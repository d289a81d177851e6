using Planlane.Runs;
using Planlane.Testing;
using Planlane.Values;

namespace Planlane.Reviews;

/// <summary>Reviews by file and by hunk, in whole runs on a real repository.</summary>
public sealed class ReviewRunTests
{
    private static readonly TaskId App = new("app");
    private static readonly TaskId Docs = new("docs");
    private static readonly RepoPath AppFile = new("src/app.txt");
    private static readonly string Base = Lines(line => $"line {line}");
    private static readonly string Proposed = Lines(line => line is 2 or 20 ? $"changed {line}" : $"line {line}");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_WorkOfTwoAgents_HoldsContractsFilesHunksAndTheirStanding()
    {
        using var repository = Repository();
        Review? review = null;
        ValueList<ReviewHunk> hunks = [];

        await new RunHarness(repository, Model())
        {
            Reviewing = async (state, door) =>
            {
                review = await door.ReadAsync(state, Token);
                hunks = await door.HunksAsync(FileOf(review, App), Token);
                return null;
            },
        }.RunAsync(Script.Request, cancellationToken: Token);

        Assert.Equal(["Plan", "Agent-1", "Agent-2"], review!.Agents.Select(agent => agent.Agent.Value));
        Assert.Equal(["src/contract.txt", "src/app.txt", "docs/app.md"], review.AllFiles.Select(file => file.Path.Value));
        Assert.Equal((2, 2), (FileOf(review, App).Added, FileOf(review, App).Deleted));
        Assert.All(review.Agents, agent => Assert.Equal(ReviewStanding.Kept, agent.Standing));
        Assert.Equal([["-line 2", "+changed 2"], ["-line 20", "+changed 20"]], hunks.Select(hunk => hunk.Lines.Where(line => line[0] != ' ').ToArray()));
    }

    [Fact]
    public async Task Run_HunkLeftOut_LandsTheRestAfterItsChecks()
    {
        using var repository = Repository();

        var state = await new RunHarness(repository, Model()) { Reviewing = (state, door) => LeaveOutAsync(state, door, new ReviewTarget(App, AppFile, ["2"])) }
            .RunAsync(Script.Request, cancellationToken: Token);

        Assert.Equal(new RunEnd(RunOutcome.CompletedInPart, "Some files, or parts of them, were left out."), state.End);
        Assert.Equal(Proposed.Replace("changed 20", "line 20"), repository.Read("src/app.txt"));
        Assert.Equal(["[Agent-2] Add docs", "[Agent-1] Add app", "[Plan] Add shared contracts", "Start"], repository.Git("log", "--format=%s").Split('\n'));
        Assert.Equal(2, state.CombinedRounds);
        Assert.Equal("", repository.Git("status", "--porcelain"));
        Assert.Equal("", repository.Git("for-each-ref", "refs/planlane"));
    }

    [Fact]
    public async Task Run_EveryHunkOfAFileLeftOut_IsAsIfTheFileWereLeftOut()
    {
        using var repository = Repository();
        var decisions = new List<ReviewDecision?>();

        await new RunHarness(repository, Model())
        {
            Reviewing = async (state, door) =>
            {
                decisions.Add(await LeaveOutAsync(state, door, new ReviewTarget(App, AppFile, ["1", "2"])));
                decisions.Add(await LeaveOutAsync(state, door, ReviewTarget.Of(App, AppFile)));
                decisions.Add(await LeaveOutAsync(state, door, ReviewTarget.Of(App)));
                return null;
            },
        }.RunAsync(Script.Request, cancellationToken: Token);

        // It is the only file of its task, so that the task is left out.
        Assert.All(decisions, decision => Assert.Equal(decisions[2], decision));
        Assert.Equal([App], Assert.IsType<ReviewDecision.Approved>(decisions[0]).Except);
    }

    [Fact]
    public async Task Run_RestOfACutFileFailsItsChecks_AsksAgainAndLandsNothing()
    {
        using var repository = Repository();
        var head = repository.Git("rev-parse", "HEAD");
        var reviews = 0;

        var model = Model("grep -q 'changed 20' src/app.txt");
        var state = await new RunHarness(repository, model)
        {
            Reviewing = (state, door) => reviews++ == 0 ? LeaveOutAsync(state, door, new ReviewTarget(App, AppFile, ["2"])) : Task.FromResult<ReviewDecision?>(null),
        }.RunAsync(Script.Request, cancellationToken: Token);

        Assert.Equal((RunWait.ReviewDecision, false, 2), (state.Waiting, state.Work!.Passed, reviews));
        Assert.Equal(head, repository.Git("rev-parse", "HEAD"));
        Assert.Equal(3, model.Calls);

        // Another process: what was cut is taken in again, and lands.
        var landed = await new RunHarness(repository, Model()) { Reviewing = async (now, door) => await door.DecisionAsync(now, await door.ReadAsync(now, Token), new ReviewSelection([], []), Token) }
            .ResumeAsync(state.Id, cancellationToken: Token);

        Assert.Equal(new RunEnd(RunOutcome.Completed, null), landed.End);
        Assert.Equal(Proposed, repository.Read("src/app.txt"));
    }

    [Fact]
    public async Task Run_CommentOnALine_ReachesTheAgentWithTheLineAndTheNextReviewShowsWhatChangedSince()
    {
        using var repository = Repository();
        var asked = "";
        var model = new ScriptedModel(request =>
        {
            if (request is not { Task: "app", Turns: > 0 })
                return Answer(request, "true");
            asked = request.Texts[^1];
            return ScriptedAnswer.Writes("src/app.txt", Proposed.Replace("changed 20", "better 20").Replace("changed 2\n", "line 2\n")).AndFinishes("Better");
        });
        var reviews = new List<Review>();
        ValueList<ReviewHunk> since = [];

        await new RunHarness(repository, model)
        {
            Reviewing = async (state, door) =>
            {
                reviews.Add(await door.ReadAsync(state, Token));
                if (reviews.Count > 1)
                {
                    since = await door.SinceLastLookAsync(FileOf(reviews[1], App), Token);
                    return null;
                }

                return await door.DecisionAsync(state, reviews[0], new ReviewSelection([], [new ReviewComment(App, "Say it better") { Path = AppFile, Line = 20 }]), Token);
            },
        }.RunAsync(Script.Request, cancellationToken: Token);

        Assert.Contains("src/app.txt:20: at the line\n> changed 20\nSay it better", asked, StringComparison.Ordinal);
        Assert.Equal([false, true, false], reviews[1].Agents.OrderBy(agent => agent.Agent.Value == "Plan" ? 0 : 1).ThenBy(agent => agent.Agent.Value).Select(agent => agent.ChangedSinceLastLook));
        Assert.True(FileOf(reviews[1], App).ChangedSinceLastLook);
        Assert.False(FileOf(reviews[1], Docs).ChangedSinceLastLook);
        Assert.Equal(["-changed 2", "+line 2", "-changed 20", "+better 20"], since.SelectMany(hunk => hunk.Lines).Where(line => line[0] != ' '));
    }

    [Fact]
    public async Task Run_PartLeftOutWithAComment_GoesToTheAgentAsTheUserKeptIt()
    {
        using var repository = Repository();
        var asked = new List<string>();
        var model = new ScriptedModel(request =>
        {
            if (request is not { Task: "app", Turns: > 0 })
                return Answer(request, "true");
            asked.Add(request.Texts[^1]);
            return request.Turns == 1 ? new ScriptedAnswer().AndCalls("read_files", new { paths = new[] { "src/app.txt" } }) : new ScriptedAnswer().AndFinishes("Nothing more to do");
        });
        var reviews = 0;

        var state = await new RunHarness(repository, model)
        {
            Reviewing = async (state, door) =>
            {
                var review = await door.ReadAsync(state, Token);
                var first = reviews++ == 0;
                return await door.DecisionAsync(state, review, first ? new ReviewSelection([new ReviewTarget(App, AppFile, ["1"])], [new ReviewComment(App, "Look at it again")]) : ReviewSelection.Of(state), Token);
            },
        }.RunAsync(Script.Request, cancellationToken: Token);

        Assert.Contains("src/app.txt lacks some of your changes now: the user did not want them.", asked[0], StringComparison.Ordinal);
        Assert.Contains("line 2\n", asked[1], StringComparison.Ordinal);
        Assert.Contains("changed 20\n", asked[1], StringComparison.Ordinal);
        Assert.Equal(new RunEnd(RunOutcome.Completed, null), state.End);
        Assert.Equal(Proposed.Replace("changed 2\n", "line 2\n"), repository.Read("src/app.txt"));
    }

    [Fact]
    public async Task Run_ViewedMarks_SurviveTheProcessAndEndWithTheNextProposal()
    {
        using var repository = Repository();
        var harness = new RunHarness(repository, Model()) { OnReview = _ => null };
        var waiting = await harness.RunAsync(Script.Request, cancellationToken: Token);
        var service = await harness.OpenAsync(Token);
        await using (var run = await service.ResumeAsync(waiting.Id, null, Token))
        {
            await foreach (var update in run.Updates.ReadAllAsync(Token))
                if (update.State.Waiting is RunWait.ReviewDecision)
                    break;
            await run.MarkAsync(waiting.Tasks.SelectMany(task => task.Changes.Files.Select(file => new ViewedFile(task.Id, file.Path, file.Blob))).ToValueList(), true);
        }

        var again = await service.LoadAsync(waiting.Id, Token);
        var changed = again with { Tasks = again.Tasks.Replace(task => task.Id == App, task => task with { Changes = new([new(AppFile, task.Changes.Files[0].Blob is { } blob ? new ObjectId(repository.Git("rev-parse", "HEAD:README.md")) : null)]) }) };
        await using var door = service.OpenReviews();

        Assert.All((await door.ReadAsync(again, Token)).AllFiles.Where(file => file.Task is not null), file => Assert.True(file.IsViewed));
        Assert.False(FileOf(await door.ReadAsync(changed, Token), App).IsViewed);
    }

    [Fact]
    public async Task Decision_WrongNames_SayWhatThereIs()
    {
        using var repository = Repository();
        var errors = new List<string>();

        await new RunHarness(repository, Model())
        {
            Reviewing = async (state, door) =>
            {
                var review = await door.ReadAsync(state, Token);
                foreach (var selection in new ReviewSelection[]
                {
                    new([ReviewTarget.Of(App, new("src/none.txt"))], []), new([new ReviewTarget(App, AppFile, ["7"])], []), new([], [new ReviewComment(App, "x") { Path = AppFile, Line = 99 }]),
                })
                {
                    var fault = await Assert.ThrowsAsync<PlanlaneException>(() => door.DecisionAsync(state, review, selection, Token));
                    errors.Add($"{fault.Kind}: {fault.Message} {fault.Hint}");
                }

                return null;
            },
        }.RunAsync(Script.Request, cancellationToken: Token);

        Assert.Equal("Usage: Agent-1 changes no file 'src/none.txt'. Its files are src/app.txt.", errors[0]);
        Assert.Matches(@"^Usage: src/app\.txt has no hunk '7'\. It has 1 \([0-9a-f]{8}\), 2 \([0-9a-f]{8}\)\.\z", errors[1]);
        Assert.Equal("Usage: src/app.txt has no line 99 as it is proposed. ", errors[2]);
    }

    [Fact]
    public async Task Decision_ForOtherWork_IsStale()
    {
        using var repository = Repository();
        var harness = new RunHarness(repository, Model()) { OnReview = _ => new ReviewDecision.Approved([]) { Work = new ObjectId(new string('1', 40)) } };

        var fault = await Assert.ThrowsAsync<PlanlaneException>(() => harness.RunAsync(Script.Request, cancellationToken: Token));

        Assert.Equal(FaultKind.Stale, fault.Kind);
        Assert.StartsWith("The yes is for the work 1111", fault.Message, StringComparison.Ordinal);
    }

    private static async Task<ReviewDecision?> LeaveOutAsync(RunState state, ReviewDoor door, ReviewTarget target)
    {
        var review = await door.ReadAsync(state, Token);
        return await door.DecisionAsync(state, review, ReviewSelection.Of(state).Without(target), Token);
    }

    private static ReviewFile FileOf(Review review, TaskId task) => review.Find(task)!.Files.Single();

    private static TempRepository Repository() => TempRepository.With(("README.md", "# Sample\n"), ("src/app.txt", Base));

    private static ScriptedModel Model(string check = "test -f docs/app.md") => new(request => Answer(request, check));

    private static ScriptedAnswer Answer(ScriptedRequest request, string check) => request.Task switch
    {
        null => ScriptedAnswer.Says(Script.Document(Script.Task("app", "src/app.txt", []), Script.Task("docs", "docs/app.md", [])).Replace("@check", check)),
        "docs" => Script.Written("docs/app.md", "docs"),
        _ => ScriptedAnswer.Writes("src/app.txt", Proposed).AndFinishes("Changed two lines"),
    };

    private static string Lines(Func<int, string> line) => string.Concat(Enumerable.Range(1, 30).Select(number => line(number) + "\n"));
}
