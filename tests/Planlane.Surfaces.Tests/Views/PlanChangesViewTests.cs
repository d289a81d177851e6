using Planlane.Agents;
using Planlane.Approval;
using Planlane.Budgets;
using Planlane.Cli.Views;
using Planlane.Planning;
using Planlane.Runs;
using Planlane.Support;

namespace Planlane.Views;

public sealed class PlanChangesViewTests
{
    [Fact]
    public void PlanChangesView_Revised_ShowsWhatCameWentAndChanged() => Snapshot.Match(Screens.Fancy(screen => PlanChangesView.Write(screen, Revised(Changed))));

    [Fact]
    public void PlanChangesView_RevisedPlain_SaysItInWords() => Snapshot.Match(Screens.Plain(screen => PlanChangesView.Write(screen, Revised(Changed))));

    [Fact]
    public void PlanChangesView_RevisionIsTheSamePlan_SaysSo() =>
        Assert.Equal("\nCHANGES - none: the plan is the same as before.\n", Screens.Plain(screen => PlanChangesView.Write(screen, Revised(AuthRun.Plan))).ReplaceLineEndings("\n"));

    [Fact]
    public void PlanChangesView_FirstPlan_ShowsNothing() => Assert.Equal("", Screens.Plain(screen => PlanChangesView.Write(screen, AuthRun.Planned().State)));

    private static Plan Changed => AuthRun.Plan with
    {
        Contracts = [],
        Checks = [.. AuthRun.Plan.Checks.Select(check => check.Name == "test" ? check with { Command = "npm test -- --coverage" } : check), new PlannedCheck("lint", "npm run lint")],
        Stages = ["Foundation", "Service", "Tests"],
        Tasks =
        [
            .. AuthRun.Plan.Tasks.Where(task => task.Id.Value != "password").Select(task => task.Id.Value switch
            {
                "jwt" => task with { Title = "Implement JWT signing", Brief = "Sign with EdDSA.", Owns = new([new("auth/tokens.ts")]) },
                "service" => task with { DependsOn = [new("types"), new("jwt"), new("hash")] },
                _ => task,
            }),
            AuthRun.Task("hash", "Hash with argon2", "auth/hash.ts", ["types"], 800, "Hash with argon2"),
        ],
    };

    private static RunState Revised(Plan plan)
    {
        var run = AuthRun.Planned().Then(new PlanDecided(new PlanDecision.Revise("argon2, please"), "user"));
        var estimate = AuthRun.Planned().State.Estimate!;
        return run.Then(
            new StepBegun(new("plan:2")),
            new PlanAnswered(2, "{}", AnswerStop.EndTurn, new ModelCall(SampleRun.Sonnet.Id, null, default, new Cost(0.01m), 1, 2)),
            new PlanChecked(2, plan, [], estimate)).State;
    }
}
