using System.CommandLine;
using Planlane.Approval;
using Planlane.Cli.Commands;
using Planlane.Runs;
using Planlane.Summary;
using Planlane.Support;
using Planlane.Values;

namespace Planlane.CommandLine;

public sealed class RunFilterTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 27, 12, 0, 0, TimeSpan.Zero);

    private static readonly RunOverview[] Runs =
    [
        Run("a", "Add JWT auth", daysAgo: 0) with { Waiting = RunWait.ReviewDecision },
        Run("b", "Add rate limits\nto the auth", daysAgo: 3) with { End = new(RunOutcome.Completed, null), HasLanded = true },
        Run("c", "Write docs", daysAgo: 10) with { End = new(RunOutcome.Completed, null), HasLanded = true, IsUndone = true, Branch = "refs/heads/docs" },
        Run("d", "Add search", daysAgo: 30) with { End = new(RunOutcome.Failed, null) },
    ];

    [Theory]
    [InlineData("", "a b c d")]
    [InlineData("--state landed", "b")]
    [InlineData("--state undone,failed", "c d")]
    [InlineData("--state Waiting", "a")]
    [InlineData("--state open", "a")]
    [InlineData("--since 7d", "a b")]
    [InlineData("--since 2w", "a b c")]
    [InlineData("--since 2026-11-24", "a b")]
    [InlineData("--since 2026-11-24T12:01", "a")]
    [InlineData("--branch docs", "c")]
    [InlineData("--branch refs/heads/main", "a b d")]
    [InlineData("--request AUTH", "a b")]
    [InlineData("--request \"auth rate\"", "b")]
    [InlineData("--limit 1", "a")]
    [InlineData("--state landed --since 1h", "")]
    public void Of_Flags_GivesTheRunsThatHaveAll(string flags, string expected)
    {
        var filter = new RunFilter();
        var parsed = Command(filter).Parse(flags);

        Assert.Empty(parsed.Errors);
        Assert.Equal(expected, string.Join(' ', filter.Of(parsed, Runs, Now, isForScreen: true).Runs.Select(run => run.Id)));
    }

    [Theory]
    [InlineData("--state done", "--state has 'done'. The states are open, waiting, running, halted, landed, failed, rejected, planned, unsuitable, undone.")]
    [InlineData("--since yesterday", "--since is 'yesterday'. Say how long ago, such as 90m, 12h, 7d or 2w, or a date such as 2026-11-27.")]
    [InlineData("--limit -1", "--limit is a number of runs, or 0 for all.")]
    public void Of_FlagThatCannotBeRead_SaysWhatCan(string flags, string expected) => Assert.Equal(expected, Assert.Single(Command(new RunFilter()).Parse(flags).Errors).Message);

    [Fact]
    public void Of_ManyRuns_AreLimitedOnAScreenOnly()
    {
        var filter = new RunFilter();
        RunOverview[] many = [.. Enumerable.Range(0, 60).Select(index => Run($"r{index}", "Add", 0))];

        Assert.Equal((50, 10), Counts(filter.Of(Command(filter).Parse(""), many, Now, isForScreen: true)));
        Assert.Equal((60, 0), Counts(filter.Of(Command(filter).Parse(""), many, Now, isForScreen: false)));
        Assert.Equal((60, 0), Counts(filter.Of(Command(filter).Parse("--limit 0"), many, Now, isForScreen: true)));
    }

    [Fact]
    public void Of_SampleRuns_EachHasOneOfTheStates()
    {
        var filter = new RunFilter();
        RunOverview[] runs = [RunOverview.Of(AuthRun.Planned().State), RunOverview.Of(AuthRun.Reviewable().Landed().State), RunOverview.Of(AuthRun.Planned().Then(new PlanDecided(new PlanDecision.Rejected(), "user")).State)];

        Assert.Equal(3, filter.Of(Command(filter).Parse("--state open,landed,undone,rejected,planned,unsuitable,failed"), runs, Now, isForScreen: true).Runs.Count);
    }

    private static (int, int) Counts((IReadOnlyList<RunOverview> Runs, int More) found) => (found.Runs.Count, found.More);

    private static RootCommand Command(RunFilter filter)
    {
        var command = new RootCommand();
        filter.AddTo(command);
        return command;
    }

    private static RunOverview Run(string id, string goal, int daysAgo) => new(new RunId(id), goal, Now.AddDays(-daysAgo), Now.AddDays(-daysAgo), "refs/heads/main", 3, 5, new(0.5m), 4);
}
