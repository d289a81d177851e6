using Planlane.Runs;
using Planlane.Testing;
using Planlane.Values;

namespace Planlane.Summary;

public sealed class RunDiffsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_LandedRun_GivesTheCommitOfEachAgentAndOfTheContracts()
    {
        using var repository = Script.Repository();
        var harness = new RunHarness(repository, new ScriptedModel(Script.Answer));
        var state = await harness.RunAsync(Script.Request, cancellationToken: Token);

        var diffs = await (await harness.OpenAsync(Token)).DiffsAsync(state, Token);

        Assert.Equal(["Plan", "Agent-1", "Agent-2", "Agent-3"], diffs.Select(diff => diff.Agent.Value));
        Assert.Equal(state.Receipt!.Commits.Select(commit => (ObjectId?)commit.Id), diffs.Select(diff => diff.Commit));
        Assert.Equal(new FileDiff("src/formatter.txt", 1, 0, ["new file mode 100644", "@@ -0,0 +1 @@", "+formatter: done"], 0), Assert.Single(diffs[1].Files));
    }

    [Fact]
    public async Task Read_RunThatWaitsForReview_GivesWhatEachAgentProposes()
    {
        using var repository = Script.Repository();
        var harness = new RunHarness(repository, new ScriptedModel(Script.Answer)) { OnReview = _ => null };
        var state = await harness.RunAsync(Script.Request, cancellationToken: Token);
        var before = repository.Fingerprint();

        var diffs = await (await harness.OpenAsync(Token)).DiffsAsync(state, Token);

        Assert.Equal(["Agent-1 src/formatter.txt", "Agent-2 src/greeter.txt", "Agent-3 docs/greeter.md"], diffs.Select(diff => $"{diff.Agent} {Assert.Single(diff.Files).Path}"));
        Assert.All(diffs, diff => Assert.Null(diff.Commit));
        Assert.Equal(before, repository.Fingerprint());
    }

    [Fact]
    public async Task Read_ObjectsCollected_SaysWhatIsMissing()
    {
        using var repository = Script.Repository();
        var harness = new RunHarness(repository, new ScriptedModel(Script.Answer)) { OnReview = _ => new Reviews.ReviewDecision.Rejected() };
        var state = await harness.RunAsync(Script.Request, cancellationToken: Token);
        repository.Git("gc", "-q", "--prune=now");

        var diffs = await (await harness.OpenAsync(Token)).DiffsAsync(state, Token);

        Assert.All(diffs, diff => Assert.Contains("is not in the repository", diff.Missing, StringComparison.Ordinal));
        Assert.Equal(3, diffs.Count);
    }

    [Fact]
    public void Read_DiffOfManyKinds_NamesAndCountsEachFile()
    {
        var files = FileDiff.Read(
            "diff --git a/a b/c.txt b/a b/c.txt\nindex 1..2 100644\n--- a/a b/c.txt\t\n+++ b/a b/c.txt\t\n@@ -1,2 +1,2 @@\n same\n--- minus\n+++ plus\n"
            + "diff --git \"a/q\\\"uote\" \"b/q\\\"uote\"\nnew file mode 100644\nindex 0..1\n"
            + "diff --git a/p.png b/p.png\nindex 1..2 100644\nBinary files a/p.png and b/p.png differ\n"
            + "diff --git a/x.sh b/x.sh\nold mode 100644\nnew mode 100755",
            mostLines: 3);

        Assert.Equal(
            [
                new FileDiff("a b/c.txt", 1, 1, ["@@ -1,2 +1,2 @@", " same", "--- minus"], 1),
                new FileDiff("q\\\"uote", 0, 0, ["new file mode 100644"], 0),
                new FileDiff("p.png", 0, 0, ["Binary files a/p.png and b/p.png differ"], 0),
                new FileDiff("x.sh", 0, 0, ["old mode 100644", "new mode 100755"], 0),
            ],
            files);
    }
}
