using Planlane.Approval;
using Planlane.Planning;
using Planlane.Requests;
using Planlane.Testing;
using TempRepository = Planlane.Testing.TempRepository;

namespace Planlane.Runs;

public sealed class PlanWordsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Revise_PlanFromAFile_SendsThePlanAndTheWords()
    {
        using var repository = Script.Repository();
        var asked = new List<string>();
        var saved = new PlanFile(RequestText.Parse(Script.Request), null, PlanDocument.Parse(Script.Plan()));

        await Harness(repository, asked, [new PlanDecision.Revise("use fewer words")]).RunAsync(Script.Request, plan: saved, cancellationToken: Token);

        Assert.Single(asked);
        Assert.Contains("use fewer words", asked[0], StringComparison.Ordinal);
        Assert.Contains(PlanDocument.Write(saved.Plan), asked[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Revise_EditedPlan_SendsTheEdit()
    {
        using var repository = Script.Repository();
        var asked = new List<string>();
        var plan = PlanDocument.Parse(Script.Plan());
        var edited = plan with { Stages = ["Of my own"] };

        await Harness(repository, asked, [new PlanDecision.Edited(edited, null!), new PlanDecision.Revise("go on from that")]).RunAsync(Script.Request, cancellationToken: Token);

        Assert.Equal(2, asked.Count);
        Assert.Contains("Of my own", asked[1], StringComparison.Ordinal);
        Assert.Contains("go on from that", asked[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Revise_PlanAsItWasAnswered_SendsOnlyTheWords()
    {
        using var repository = Script.Repository();
        var asked = new List<string>();

        await Harness(repository, asked, [new PlanDecision.Revise("once more")]).RunAsync(Script.Request, cancellationToken: Token);

        Assert.Contains("once more", asked[1], StringComparison.Ordinal);
        Assert.DoesNotContain("This is the plan that the user saw", asked[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plan_NoBesideTasksInACircle_EndsUnsuitableAfterOneCall()
    {
        using var repository = Script.Repository();
        var plan = PlanDocument.Parse(Script.Plan());
        var circle = plan with
        {
            Suitability = plan.Suitability with { Orchestrate = false, Reason = "It hangs together." },
            Tasks = [.. plan.Tasks.Select(task => task with { DependsOn = [task.Id] })],
        };
        var model = new ScriptedModel(_ => ScriptedAnswer.Says(PlanDocument.Write(circle)));

        var end = await new RunHarness(repository, model).RunAsync(Script.Request, RunHarness.Settings with { Mode = RunMode.Auto }, cancellationToken: Token);

        Assert.Equal((new RunEnd(RunOutcome.Unsuitable, "It hangs together."), 1), (end.End, model.Calls));
    }

    [Fact]
    public async Task Plan_InvalidAfterAllRepairs_IsKeptWithEveryProblem()
    {
        using var repository = Script.Repository();
        var plan = PlanDocument.Parse(Script.Plan());
        var broken = plan with { Tasks = plan.Tasks.Replace(_ => true, task => task with { Brief = "", CommitMessage = "" }) };

        var end = await new RunHarness(repository, new ScriptedModel(_ => ScriptedAnswer.Says(PlanDocument.Write(broken)))).RunAsync(Script.Request, cancellationToken: Token);

        Assert.Equal(broken, end.PlanDraft);
        Assert.All(plan.Tasks, task => Assert.Contains($"'{task.Id}'", end.End?.Reason, StringComparison.Ordinal));
    }

    private static RunHarness Harness(TempRepository repository, List<string> asked, PlanDecision[] decisions)
    {
        var left = new Queue<PlanDecision>(decisions);
        var model = new ScriptedModel(request =>
        {
            asked.Add(string.Join('\n', request.Texts));
            return ScriptedAnswer.Says(Script.Plan());
        });
        return new RunHarness(repository, model) { OnPlan = _ => left.TryDequeue(out var next) ? next : null };
    }
}
