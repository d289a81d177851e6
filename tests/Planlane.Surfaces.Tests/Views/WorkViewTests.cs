using Planlane.Agents;
using Planlane.Budgets;
using Planlane.Cli.Views;
using Planlane.Reports;
using Planlane.Requests;
using Planlane.Support;
using Planlane.Values;

namespace Planlane.Views;

public sealed class WorkViewTests
{
    [Fact]
    public void WorkView_AllComplete_ShowsFactsChecksAndCommits() =>
        Snapshot.Match(Screens.Fancy(screen => { WorkView.Write(screen, AuthRun.Reviewable().State); screen.Ask(WorkView.Question); }));

    [Fact]
    public void WorkView_Plain_SaysEverythingInWords() =>
        Snapshot.Match(Screens.Plain(screen => { WorkView.Write(screen, AuthRun.Reviewable().State); screen.Ask(WorkView.Question); }));

    [Fact]
    public void WorkView_FailuresAndContradictions_StandBesideTheWords()
    {
        var settings = new RunSettings(SampleRun.Sonnet, SampleRun.Haiku, Budget: new Cost(3), MaxRepairs: 0, Scripted: true);
        var run = AuthRun.Planned(settings).Approved(new RepoPath("auth/jwt.ts"));
        run.Begun("types").Begun("jwt").Begun("password");
        run.Completed("types", "Created auth types and interfaces").Begun("types").Completed("types", "Created auth types and interfaces");
        run.Turn("jwt", [SampleRun.Finish("x")], [], new FileChange(new("auth/jwt.ts"), SampleRun.Blob(new("j"))), new FileChange(new("auth/old.ts"), null));
        run.Ended(
            "jwt",
            new AttemptOutcome.Completed(new AgentWords("Rewrote the utilities", "Old tokens stay valid for an hour.")),
            new FileStat(new("auth/jwt.ts"), FileChangeKind.Changed, 1_240, 88),
            new FileStat(new("auth/old.ts"), FileChangeKind.Deleted, 0, 31));
        run.Ended("password", new AttemptOutcome.Failed("The model refused the task."));
        var failing = AuthRun.Tests with { ExitCode = 1, Tests = new TestCounts(12, 2, 1), Output = "first\nexpected 3\nactual 4\n" };
        run.Combined(AuthRun.BrokenBuild);
        run.Begun("jwt").Completed("jwt", "Tried again; old tokens stay valid for an hour", new FileStat(new("auth/jwt.ts"), FileChangeKind.Changed, 1_241, 88));
        run.Combined(failing with { Name = "build" });

        Snapshot.Match(Screens.Fancy(screen => WorkView.Write(screen, run.State)));
    }
}
