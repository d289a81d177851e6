using System.Diagnostics;
using Planlane.Budgets;
using Planlane.Models;
using Planlane.Reports;
using Planlane.Requests;
using Planlane.Runs;
using Planlane.Scheduling;
using Planlane.Tools;
using Planlane.Values;

namespace Planlane.Agents;

/// <summary>One attempt of an agent at a task: asks its model, runs the tools, and repeats until the rules say that it has ended.</summary>
/// <param name="calls">Asks the models.</param>
/// <param name="shared">What all agents share.</param>
/// <param name="tools">What an agent may do.</param>
/// <param name="reports">Collects what came of it.</param>
/// <param name="checks">Runs a task's own check.</param>
/// <param name="keeper">Keeps what they share in the prompt cache.</param>
public sealed class AgentRunner(HedgedCall calls, SharedContext shared, ToolBox tools, ReportCollector reports, TaskChecker checks, PrefixKeeper keeper)
{
    /// <summary>Makes an attempt, from wherever the journal says that it stands.</summary>
    /// <exception cref="PlanlaneException">The run must stop: the key is wrong, the spend limit or the budget is reached.</exception>
    public async Task RunAsync(RunStep.Attempt step, RunInbox inbox, CancellationToken cancellationToken)
    {
        await using var keeping = keeper.Begin(inbox, cancellationToken);
        using var attempting = inbox.Attempting(step.Task, cancellationToken);
        var isReported = false;
        while (!isReported)
        {
            try
            {
                await AfterPauseAsync(step.Task, inbox, attempting.Token).ConfigureAwait(false);
                // What came of an agent that was stopped is collected all the same.
                var token = inbox.State.Task(step.Task).IsStopped ? cancellationToken : attempting.Token;
                isReported = await MoveAsync(step, inbox, token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && !inbox.Stopping.IsCancellationRequested && inbox.State.Task(step.Task).IsStopped)
            {
                // What it was at is cut off; the state says what comes next.
            }
        }
    }

    // An agent of a paused run ends the move that it is at.
    private static async Task AfterPauseAsync(TaskId id, RunInbox inbox, CancellationToken cancellationToken)
    {
        if (!inbox.State.IsPaused || inbox.State.Task(id).Outcome is not null)
            return;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(inbox.Stopping, cancellationToken);
        await inbox.WhenAsync(state => !state.IsPaused || state.Halt is not null, either.Token).ConfigureAwait(false);
    }

    // Whether the attempt has been reported.
    private async Task<bool> MoveAsync(RunStep.Attempt step, RunInbox inbox, CancellationToken cancellationToken)
    {
        var state = inbox.State;
        var task = state.Task(step.Task);
        switch (AgentRules.Next(task, state.Settings))
        {
            case AgentMove.Ask:
                inbox.Stopping.ThrowIfCancellationRequested();
                // A fault that ends the run would meet this agent too; the attempt goes on when the run is resumed.
                if (state.Halt is not null)
                    throw new OperationCanceledException();
                await AskAsync(task, step.Number, inbox, cancellationToken).ConfigureAwait(false);
                break;
            case AgentMove.Act act:
                // Anew for each turn: what other tasks have finished meanwhile may be below it now.
                var workspace = await shared.WorkspaceAsync(state, task.Id, cancellationToken).ConfigureAwait(false);
                await inbox.PostAsync(await tools.RunAsync(act.Turn, task.Id, workspace, inbox, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
                break;
            case AgentMove.Compile compile:
                await inbox.PostAsync(new TaskChecked(task.Id, compile.Turn.Number, await checks.CompileAsync(state, task, inbox, cancellationToken).ConfigureAwait(false))).ConfigureAwait(false);
                break;
            case AgentMove.Check check:
                inbox.Stopping.ThrowIfCancellationRequested();
                inbox.Observe(task.Agent, new RunActivity.OfCheck(check.Command));
                await inbox.PostAsync(new TaskChecked(task.Id, check.Turn.Number, await checks.RunAsync(state, task, check.Command, inbox, cancellationToken).ConfigureAwait(false))).ConfigureAwait(false);
                break;
            case AgentMove.Say say:
                await inbox.PostAsync(new FeedbackGiven(task.Id, say.Feedback)).ConfigureAwait(false);
                break;
            case AgentMove.End end:
                await inbox.PostAsync(new AttemptEnded(task.Id, step.Number, end.Outcome)).ConfigureAwait(false);
                break;
            case AgentMove.Report:
                await inbox.PostAsync(new TaskReported(await reports.CollectAsync(state, task, cancellationToken).ConfigureAwait(false))).ConfigureAwait(false);
                return true;
            default:
                throw new UnreachableException();
        }

        return false;
    }

    private async Task AskAsync(TaskState task, int attempt, RunInbox inbox, CancellationToken cancellationToken)
    {
        var state = inbox.State;
        var model = BudgetRules.ModelOf(state, task);
        var isAfresh = HandoverRules.IsAfresh(task, state.Settings);
        var request = isAfresh ? AgentPrompt.Handover(task, model, await shared.HandoverAsync(state, task, cancellationToken).ConfigureAwait(false)) : AgentPrompt.For(
            task,
            model,
            await shared.TextAsync(state, cancellationToken).ConfigureAwait(false),
            await shared.BriefAsync(state, task, cancellationToken).ConfigureAwait(false),
            state.Settings.Mode is RunMode.Single,
            PrefixRules.PaysForBriefs(model.PriceOn(DateOnly.FromDateTime(state.StartedAt.UtcDateTime))),
            state.IsPrefixLong(model));
        try
        {
            var answered = await calls.AskAsync(request, model, task.Id, attempt, inbox, activity => Observe(activity, isAfresh ? null : request, task.Agent, model, inbox), cancellationToken).ConfigureAwait(false);
            if (PrefixDiffered.Is(inbox.State, answered.Call))
                await inbox.PostAsync(new PrefixDiffered(task.Id, answered.Number, model.Id)).ConfigureAwait(false);
            await inbox.PostAsync(answered).ConfigureAwait(false);
        }
        catch (ModelException exception) when (!exception.EndsRun)
        {
            await inbox.PostAsync(new AttemptEnded(task.Id, attempt, new AttemptOutcome.Failed(exception.Message))).ConfigureAwait(false);
        }
    }

    // The first byte of an answer makes what its request wrote to the prompt cache readable, so the siblings may go; null for a request that begins with nothing that others share.
    private void Observe(ModelActivity activity, ModelRequest? sharing, AgentId agent, ModelFacts model, RunInbox inbox)
    {
        if (activity is ModelActivity.Sent && sharing is not null)
            keeper.Used(sharing, model, agent);
        inbox.Observe(agent, model.Id, activity);
        if (sharing is not null && activity is ModelActivity.FirstByte && inbox.State.PrefixOf(model) is PrefixState.Cold or PrefixState.Expired)
            _ = inbox.PostAsync(new PrefixWarmed(model.Id));
    }
}
