using Planlane.Approval;
using Planlane.Cli.Dialogue;
using Planlane.Cli.Live;
using Planlane.Cli.Output;
using Planlane.Cli.Views;
using Planlane.Reviews;
using Planlane.Runs;

namespace Planlane.Cli.Bench;

/// <summary>Follows a run of a comparison to its end: its plan is approved at once, and its work is rejected once the checks have run on it, so that nothing lands.</summary>
/// <param name="terminal">The streams.</param>
/// <param name="interrupts">The user's signals.</param>
internal sealed class MeasuredRun(Terminal terminal, Interrupts interrupts)
{
    private const string Name = "bench";

    /// <summary>Follows it until it has ended, stands still, or was stopped.</summary>
    /// <param name="run">The run; is disposed.</param>
    public async Task<RunState> FollowAsync(ActiveRun run)
    {
        await using (run.ConfigureAwait(false))
        {
            interrupts.OnSecond(run.KillAsync);
            await using var stopping = interrupts.Stop.Register(() => Stop(run));
            using (var reporter = new RunReporter(terminal, null, run.State, TimeProvider.System.GetUtcNow, new RunControls(run, interrupts.AskToStop)))
            {
                await using var saying = interrupts.Stop.Register(reporter.SayStopping);
                _ = reporter.ShowAsync(run.Activities);
                await foreach (var update in run.Updates.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
                {
                    reporter.Show(update);
                    if (update.State.Sequence == run.State.Sequence && !interrupts.Stop.IsCancellationRequested)
                        await DecideAsync(run, update.State.Waiting).ConfigureAwait(false);
                }
            }

            interrupts.OnSecond(null);
            return await run.Completion.ConfigureAwait(false);
        }
    }

    private static Task DecideAsync(ActiveRun run, RunWait waiting) => waiting switch
    {
        RunWait.PlanDecision => run.DecideAsync(new PlanDecision.Approved(), ReviewRules.Auto),
        RunWait.ReviewDecision => run.DecideAsync(new ReviewDecision.Rejected(), Name),
        _ => Task.CompletedTask,
    };

    private void Stop(ActiveRun run)
    {
        Notices.WriteStopping(terminal.Error);
        _ = run.StopAsync();
    }
}
