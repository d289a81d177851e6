using System.Threading.Channels;
using Planlane.Approval;
using Planlane.Reports;
using Planlane.Reviews;
using Planlane.Testing;
using Planlane.Values;

namespace Planlane.Runs;

/// <summary>Runs that a user pauses, and agents that a user stops, while they are at work.</summary>
public sealed class SteeringRunTests
{
    private static readonly TaskId Greeter = new("greeter");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StopAgent_AtACommandThatDoesNotEnd_CutsItOffAndLandsTheRest()
    {
        using var repository = Script.Repository();
        var model = new ScriptedModel(request => request.Task switch
        {
            null => ScriptedAnswer.Says(Script.Plan("true")),
            "greeter" => new ScriptedAnswer().AndCalls("run_command", new { command = "sleep 600", seconds = 600 }),
            _ => Script.Answer(request),
        });

        var state = await DriveAsync(repository, model, async run =>
        {
            await UntilAsync(run.Activities, told => told.Activity is RunActivity.OfTool { Tool: "run_command", Subject: "sleep 600" });
            await run.StopAgentAsync(Greeter, "user");
        });

        Assert.Equal(RunOutcome.CompletedInPart, state.End?.Outcome);
        Assert.Equal((TaskReportState.Failed, "You stopped it."), (state.Task(Greeter).Report!.State, state.Task(Greeter).Report!.Reason));
        Assert.Empty(state.Task(new("docs")).Turns);
        Assert.True(File.Exists(Path.Combine(repository.Folder, "src/formatter.txt")));
    }

    [Fact]
    public async Task StopAgent_NotAtWork_IsRefused()
    {
        using var repository = Script.Repository();
        var service = await new RunHarness(repository, new ScriptedModel(Script.Answer)).OpenAsync(Token);
        await using var run = await service.StartAsync(Requests.RequestText.Parse(Script.Request), RunHarness.Settings, null, Token);

        var fault = await Assert.ThrowsAsync<PlanlaneException>(() => run.StopAgentAsync(Greeter, "user"));

        Assert.Equal(FaultKind.Usage, fault.Kind);
    }

    [Fact]
    public async Task Pause_BeforeThePlanIsApproved_BeginsNothingUntilTheRunGoesOn()
    {
        using var repository = Script.Repository();
        var model = new ScriptedModel(request => request.Task is null ? ScriptedAnswer.Says(Script.Plan("true")) : Script.Answer(request));
        var calls = 0;

        var state = await DriveAsync(
            repository,
            model,
            async run =>
            {
                calls = model.Calls;
                Assert.True(run.State.IsPaused);
                Assert.Equal([], RunDecider.Next(run.State));
                Assert.Null(RunDecider.StandsStill(run.State));
                await run.ContinueAsync("user");
            },
            beforeApproval: run => run.PauseAsync("user"));

        Assert.Equal(RunOutcome.Completed, state.End?.Outcome);
        Assert.Equal((1, 4), (calls, model.Calls));
    }

    [Fact]
    public async Task ChangeSlots_AtWork_IsKeptByAResumedRun()
    {
        using var repository = Script.Repository();
        var model = new ScriptedModel(request => request.Task is null ? ScriptedAnswer.Says(Script.Plan("true")) : Script.Answer(request));
        var harness = new RunHarness(repository, model);
        var service = await harness.OpenAsync(Token);
        RunId id;
        await using (var run = await service.StartAsync(Requests.RequestText.Parse(Script.Request), RunHarness.Settings, null, Token))
        {
            await run.ChangeSlotsAsync(1, "user");
            await run.StopAsync();
            id = run.State.Id;
        }

        var state = await harness.ResumeAsync(id, cancellationToken: Token);

        Assert.Equal((1, RunOutcome.Completed), (state.Settings.Slots, state.End?.Outcome));
    }

    private static async Task<RunState> DriveAsync(TempRepository repository, ScriptedModel model, Func<ActiveRun, Task> steer, Func<ActiveRun, Task>? beforeApproval = null)
    {
        var service = await new RunHarness(repository, model).OpenAsync(Token);
        await using var run = await service.StartAsync(Requests.RequestText.Parse(Script.Request), RunHarness.Settings, null, Token);
        await foreach (var update in run.Updates.ReadAllAsync(Token))
            if (update.State.Waiting is RunWait.PlanDecision && update.State.Sequence == run.State.Sequence)
                break;
        if (beforeApproval is not null)
            await beforeApproval(run);
        await run.DecideAsync(new PlanDecision.Approved(), "user");
        await steer(run);
        await foreach (var update in run.Updates.ReadAllAsync(Token))
            if (update.State.Waiting is RunWait.ReviewDecision && update.State.Sequence == run.State.Sequence)
                await run.DecideAsync(new ReviewDecision.Approved([]), "user");
        return await run.Completion;
    }

    private static async Task UntilAsync(ChannelReader<AgentActivity> activities, Func<AgentActivity, bool> wanted)
    {
        await foreach (var told in activities.ReadAllAsync(Token))
            if (wanted(told))
                return;
    }
}
