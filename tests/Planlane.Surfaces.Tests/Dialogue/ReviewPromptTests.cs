using Planlane.Cli.Output;
using Planlane.Cli.Views;
using Planlane.Reviews;
using Planlane.Support;
using Planlane.Values;

namespace Planlane.Dialogue;

public sealed class ReviewPromptTests
{
    [Theory]
    [InlineData("yes")]
    [InlineData("what?\ny")]
    [InlineData("help\noverview\ndiff\ndiff Agent-2\nyes")]
    public async Task ReviewPrompt_Yes_ApprovesTheWorkThatWasShown(string typed)
    {
        await using var run = await ReviewedRun.StartAsync();

        Assert.Equal(Approved(run), (await run.AskAsync(typed)).Decision);
    }

    [Fact]
    public async Task ReviewPrompt_No_Rejects()
    {
        await using var run = await ReviewedRun.StartAsync();

        Assert.Equal(new ReviewDecision.Rejected(), (await run.AskAsync("no")).Decision);
        Assert.Equal(new ReviewDecision.Rejected(), (await run.AskAsync("except agent-1 agent-2 and docs\nyes")).Decision);
    }

    [Fact]
    public async Task ReviewPrompt_NoWhileCommentsWait_AsksBeforeItEndsTheRun()
    {
        await using var run = await ReviewedRun.StartAsync();

        // Meant for the comment alone.
        Assert.Equal(Approved(run), (await run.AskAsync("walk\nc Name it better\nq\nno\nno\nclear\nyes")).Decision);
        Assert.Equal(new ReviewDecision.Rejected(), (await run.AskAsync("walk\nc Name it better\nq\nno\nyes")).Decision);
    }

    [Theory]
    [InlineData("except docs")]
    [InlineData("except Agent-9\nwithout 3")]
    public async Task ReviewPrompt_AgentThatNobodyBuildsOn_IsLeftOutAtOnce(string typed)
    {
        await using var run = await ReviewedRun.StartAsync();

        Assert.Equal(Approved(run) with { Except = [ReviewedRun.Docs] }, (await run.AskAsync(typed)).Decision);
    }

    [Fact]
    public async Task ReviewPrompt_PartThatOthersUse_IsNamedBeforeTheYes()
    {
        await using var run = await ReviewedRun.StartAsync();

        var (decision, screen) = await run.AskAsync("no Agent-1\nyes");

        Assert.Equal(Approved(run) with { Except = [ReviewedRun.Hash] }, decision);
        Assert.Contains("src/auth/policy.js of Agent-2 uses src/auth/hash.js.", screen, StringComparison.Ordinal);
        Assert.Null((await run.AskAsync("no Agent-1\nno")).Decision);
    }

    [Fact]
    public async Task ReviewPrompt_Hunk_IsLeftOutWithWhatIsKept()
    {
        await using var run = await ReviewedRun.StartAsync();

        var (decision, screen) = await run.AskAsync("except Agent-1:hash.js#2\nyes");

        var part = Assert.Single(Assert.IsType<ReviewDecision.Approved>(decision).Parts);
        Assert.Equal((ReviewedRun.Hash, ReviewedRun.HashFile, 1), (part.Task, part.Path, part.Hunks.Count));
        Assert.NotNull(part.Kept?.Blob);
        Assert.Contains("of which you leave out a part", screen.ReplaceLineEndings(" ").Replace("     ", " ", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReviewPrompt_Walk_KeepsLeavesOutSplitsCommentsAndMarks()
    {
        await using var run = await ReviewedRun.StartAsync();

        // The riskiest file first, hunk by hunk, the second left out; then words for a line of another file that is kept, and one only looked at.
        var (decision, screen) = await run.AskAsync("walk\nh\ny\ns\nn\nc 3 Name it better\ny\nv\nyes\nyes", glyphs: Glyphs.Fancy);

        var changes = Assert.IsType<ReviewDecision.ChangesRequested>(decision);
        Assert.Equal([new ReviewComment(new TaskId("policy"), "Name it better") { Path = new("src/auth/policy.js"), Line = 3, Quote = "export const policy = { hash }" }], changes.Comments);
        Assert.Equal(ReviewedRun.HashFile, Assert.Single(changes.Parts).Path);
        Snapshot.Match(screen.Replace(changes.Parts[0].Hunks[0], "HUNK"));
    }

    [Fact]
    public async Task ReviewPrompt_WalkAndQuit_KeepsMarksAndForgetsNothing()
    {
        await using var run = await ReviewedRun.StartAsync();

        var (decision, _) = await run.AskAsync("walk\nn\nq\nclear\nwalk Agent-3\nb\nv\nyes");

        Assert.Equal(Approved(run), decision);
        Assert.Equal(["src/auth/hash.js", "docs/auth.md"], run.Marked);
    }

    [Fact]
    public async Task ReviewPrompt_Changes_TakesWordsForSeveral()
    {
        await using var run = await ReviewedRun.StartAsync();

        Assert.Equal(
            new ReviewDecision.ChangesRequested([new ReviewComment(ReviewedRun.Docs, "Use scrypt"), new ReviewComment(null, "Shorter names")]),
            (await run.AskAsync("changes\nagent-3\nUse scrypt\nnobody\nall\nShorter names\n\n")).Decision);
        Assert.Equal(new ReviewDecision.Rejected(), (await run.AskAsync("changes\n\nno")).Decision);
    }

    [Theory]
    [InlineData("Agent-3: also an expired token: 401", null)]
    [InlineData("docs:docs/auth.md:3: also an expired token: 401", 3)]
    public async Task ReviewPrompt_AgentAndWords_AsksThatAgent(string typed, int? line)
    {
        await using var run = await ReviewedRun.StartAsync();
        var expected = new ReviewComment(ReviewedRun.Docs, "also an expired token: 401");

        Assert.Equal(
            new ReviewDecision.ChangesRequested([line is null ? expected : expected with { Path = new("docs/auth.md"), Line = line, Quote = "With scrypt." }]),
            (await run.AskAsync(typed)).Decision);
    }

    [Theory]
    [InlineData("")]
    [InlineData("changes")]
    [InlineData("changes\nagent-1")]
    [InlineData("walk")]
    [InlineData("walk\nh")]
    [InlineData("walk\nc")]
    [InlineData("no Agent-1")]
    public async Task ReviewPrompt_EndOfInput_DecidesNothing(string typed)
    {
        await using var run = await ReviewedRun.StartAsync();

        Assert.Null((await run.AskAsync(typed)).Decision);
    }

    [Fact]
    public async Task ReviewPrompt_Editor_TakesCommentsOutOfTheDiff()
    {
        await using var run = await ReviewedRun.StartAsync();

        // An editor that writes below the line that was added, and below the head of another file.
        var (decision, _) = await run.AskAsync(
            "edit\nyes\nyes",
            name => name == "EDITOR" ? "sed -i -e \"/^+  step(30/a # Why scrypt here?\\n# And not argon2?\" -e '/^=== Agent-3/a # Say more'" : null);

        Assert.Equal(
            [
                new ReviewComment(ReviewedRun.Hash, "Why scrypt here?\nAnd not argon2?") { Path = ReviewedRun.HashFile, Line = 30, Quote = "step(30, 'scrypt')" },
                new ReviewComment(ReviewedRun.Docs, "Say more") { Path = new("docs/auth.md") },
            ],
            Assert.IsType<ReviewDecision.ChangesRequested>(decision).Comments.OrderByDescending(comment => comment.Line));
    }

    [Fact]
    public async Task ReviewPrompt_Pager_GetsTheDiffAsGitWritesIt()
    {
        await using var run = await ReviewedRun.StartAsync();
        var file = Path.Combine(Directory.CreateTempSubdirectory("planlane-test-").FullName, "paged.diff");
        var pager = await Pager.FindAsync(name => name == "GIT_PAGER" ? $"cat > '{file}'" : null, TestContext.Current.CancellationToken);

        var (_, screen) = await run.AskAsync("diff Agent-3\nno", pager: pager);

        Assert.Equal("diff --git a/docs/auth.md b/docs/auth.md\nnew file mode 100644\n--- /dev/null\n+++ b/docs/auth.md\n@@ -0,0 +1,3 @@\n+# Hashing\n+\n+With scrypt.\n", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        Assert.DoesNotContain("With scrypt", screen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReviewPrompt_PagerThatCannotBeStarted_ShowsTheDiffItself()
    {
        await using var run = await ReviewedRun.StartAsync();
        var pager = await Pager.FindAsync(name => name == "GIT_PAGER" ? "no-such-program-of-anybody" : null, TestContext.Current.CancellationToken);

        Assert.Contains("With scrypt", (await run.AskAsync("diff Agent-3\nno", pager: pager)).Screen, StringComparison.Ordinal);
        Assert.False((await Pager.FindAsync(name => name == "GIT_PAGER" ? "cat" : null, TestContext.Current.CancellationToken)).IsThere);
    }

    [Fact]
    public async Task ReviewPrompt_AfterAnAnswer_ShowsWhatChangedSinceTheLastLook()
    {
        var rounds = 0;
        await using var run = await ReviewedRun.StartAsync(
            request => request is { Task: "docs", Turns: > 0 } ? Testing.ScriptedAnswer.Writes("docs/auth.md", "# Hashing\n\nWith scrypt, and why.\n").AndFinishes("Says why") : null,
            async (state, door) => rounds++ == 0
                ? await door.DecisionAsync(state, await door.ReadAsync(state, TestContext.Current.CancellationToken), new ReviewSelection([], [new ReviewComment(ReviewedRun.Docs, "Why?")]), TestContext.Current.CancellationToken)
                : null);

        var (_, screen) = await run.AskAsync("walk Agent-3\nd\nq\nno", glyphs: Glyphs.Fancy);

        var overview = Screens.Fancy(view => ReviewView.Write(view, run.State, run.Review, 24), 80).Replace(ReviewView.Short(run.Review), "TREE");
        Snapshot.Match(System.Text.RegularExpressions.Regex.Replace(overview, @"[0-9]+(\.[0-9])? s\b", "N s") + screen);
    }

    private static ReviewDecision.Approved Approved(ReviewedRun run) => new([]) { Work = run.Review.Work };
}
