using Planlane.Agents;
using Planlane.Cli.Output;
using Planlane.Cli.Views;
using Planlane.Reports;
using Planlane.Support;
using Planlane.Workspaces;

namespace Planlane.Views;

public sealed class AgentViewTests
{
    private static readonly TestCase[] Cases = [new("Jwt > rejects an expired token", TestOutcome.Failed, "expected 401\nreceived 200"), new("Jwt > signs", TestOutcome.Passed), new("Jwt > rotates keys", TestOutcome.Skipped)];

    [Fact]
    public void AgentView_ReportWithAllKindsOfEvidence_ShowsEachWithItsMark() => Snapshot.Match(Screens.Fancy(screen => Write(screen, Report)));

    [Fact]
    public void AgentView_Plain_SaysEverythingInWords() => Snapshot.Match(Screens.Plain(screen => Write(screen, Report)));

    [Fact]
    public void ReportLines_Short_ShowsWhatAReviewerMustSee() => Snapshot.Match(Screens.Fancy(screen => ReportLines.WriteShort(screen, Report, common: null)));

    [Fact]
    public void AgentView_AllPassed_NamesTheTests() => Snapshot.Match(Screens.Fancy(screen => Write(screen, Report with
    {
        State = TaskReportState.Complete,
        Reason = null,
        Hint = null,
        Check = Report.Check! with { ExitCode = 0, Tests = new(2, 0, 1), Cases = [Cases[1], new("Jwt > rejects an expired token", TestOutcome.Passed), Cases[2]], Diagnostics = [], Undone = [] },
        Commands = [],
        Contradictions = [],
    })));

    [Fact]
    public void AgentView_HostileNamesOutputAndWords_ReachTheScreenWithoutTheirSpell()
    {
        var text = Screens.Fancy(screen => Write(screen, Report with
        {
            Files = [new(new("auth/\u001b]0;owned\u0007.ts"), FileChangeKind.Created, 1, 0)],
            Check = Report.Check! with { Output = "\u001b]52;c;cm0gLXJmIC8=\u0007\u001b[2J", Diagnostics = [], Cases = [new("a\u202Eb", TestOutcome.Failed, "\u009b2J")] },
            Commands = [new("echo \u001b[8mhidden", CommandEnd.Exited, 1, 1, "")],
            Requests = [new(new("a\u2066.ts"), "be\u200Bcause", FileDecision.Refused, null)],
            Words = new AgentWords("Wrote \u202Eti", "\u001bPq"),
            Contradictions = ["\u001b[1A"],
            Criteria = [new("\u001b[5m", CriterionStanding.Met, "\u2028x")],
            Reason = "\u001b]8;;http://example.test\u0007",
        }));

        Assert.DoesNotContain(text, letter => letter is '\u001b' or '\u0007' or '\u009b' or '\u202E' or '\u2066' or '\u200B' or '\u2028');
        Assert.Contains("]52;c;", text, StringComparison.Ordinal);
    }

    [Fact]
    public void AgentView_NamesWithLineBreaks_BeginNoLineOfTheirOwn()
    {
        const string Fake = "x\nCriteria: 9 met";
        var text = Screens.Plain(screen => Write(screen, Report with
        {
            Files = [new(new(Fake), FileChangeKind.Created, 1, 0)],
            Check = Report.Check! with { Cases = [new(Fake, TestOutcome.Failed)], Diagnostics = [], Undone = [new(Fake)] },
            Commands = [new("touch x", CommandEnd.Exited, 0, 1, "") { Undone = [new(Fake)] }],
            Criteria = [new("It works", CriterionStanding.NotMet, $"test {Fake} failed")],
        }));

        Assert.Equal(5, text.Split("x\\nCriteria: 9 met").Length - 1);
        Assert.DoesNotContain(text.Split('\n'), line => line.TrimStart().StartsWith("Criteria: 9", StringComparison.Ordinal));
    }

    private static TaskReport Report { get; } = new(
        new("jwt"),
        new("Haiku-2"),
        TaskReportState.Failed,
        [new(new("auth/jwt.ts"), FileChangeKind.Changed, 1_240, 88), new(new("auth/old.ts"), FileChangeKind.Deleted, 0, 31)],
        new CheckResult("jwt", "npm test -- jwt", 1, new(1, 1, 1), 4.1, "tail", [new(new("auth/jwt.ts"), "auth/jwt.ts:12:3: expected 401")]) { Cases = [.. Cases], IsSandboxed = true, HeldBy = "bubblewrap", Undone = [new("package-lock.json")] },
        new AgentWords("Rewrote the utilities; all tests pass", "Old tokens stay valid for an hour."),
        ["It says that tests pass, but 1 of 3 failed."],
        "The check 'jwt' failed.",
        new(310, 1_240, 4_300, 0),
        new(0.012m),
        3)
    {
        Failure = FailureClass.Tests,
        Hint = "Look at the test first.",
        Compiled = new CheckResult(CheckResult.Compile, "parse and compile the changed C#, in process", 0, null, 0.04, "1 of 2 changed files parsed.\nsrc/Shop.csproj: compiled.", []),
        Commands = [new("npm ci", CommandEnd.Exited, 0, 12, "") { IsSandboxed = true, HeldBy = "bubblewrap" }, new("npm run lint", CommandEnd.Exited, 2, 1.5, "") { IsSandboxed = true, HeldBy = "bubblewrap", Undone = [new("a"), new("b")] }, new("npm start", CommandEnd.TimedOut, -1, 120, "")],
        Criteria =
        [
            new("Tokens are signed", CriterionStanding.Met, "test Jwt > signs passed"),
            new("Expired tokens are rejected", CriterionStanding.NotMet, "test Jwt > rejects an expired token failed"),
            new("Keys rotate daily", CriterionStanding.NotShown, null),
        ],
        Requests = [new(new("package.json"), "needs a dependency", FileDecision.Refused, new("auth")), new(new("auth/keys.ts"), "keys live there", FileDecision.Granted, null)],
    };

    private static void Write(Screen screen, TaskReport report)
    {
        var state = AuthRun.Planned().Approved().State;
        AgentView.Write(screen, state, state.Task(new("jwt")) with { Report = report });
    }
}
