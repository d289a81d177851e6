using Planlane.Agents;
using Planlane.Models;
using Planlane.Requests;
using Planlane.Runs;

namespace Planlane.Planning;

/// <summary>The planning phase: asks the planner's model, reads its answer, and has the rules check it.</summary>
/// <param name="parts">Map the repository, prove plans and estimate them.</param>
/// <param name="models">The models.</param>
public sealed class Planner(PlanningParts parts, ModelDesk models)
{
    /// <summary>Makes one try at a plan; an answer that is already in the journal is not asked for again.</summary>
    /// <exception cref="PlanlaneException">The model refused, was cut off, or could not be reached.</exception>
    public async Task MakeAsync(RunStep.MakePlan step, RunInbox inbox, CancellationToken cancellationToken)
    {
        var state = inbox.State;
        if (state.PlanRounds.All(round => round.Number != step.Round))
            state = await AskAsync(step.Round, inbox, cancellationToken).ConfigureAwait(false);

        var (plan, problems) = PlanDocument.ReadAnswer(state.PlanRounds.First(round => round.Number == step.Round).Answer);
        if (plan is null)
        {
            await inbox.PostAsync(new PlanChecked(step.Round, null, problems, null)).ConfigureAwait(false);
            return;
        }

        // A long chain of tasks goes back once: often a contract is all that it lacks.
        var isFirstTry = state.PlanRounds.All(round => round.Problems.Count == 0);
        var proof = await parts.Prover.ProveAsync(plan, state.Request, state.Settings, state.Base, isFirstTry, cancellationToken).ConfigureAwait(false);
        if (!proof.Holds && state.Settings.Mode is RunMode.Auto && !plan.Suitability.Orchestrate)
        {
            // A no counts, whatever else stands beside it: nobody pays for mending tasks that nobody wants.
            plan = plan with { Conventions = "", Stages = [], Contracts = [], Tasks = [], Checks = [], Covers = [] };
            proof = await parts.Prover.ProveAsync(plan, state.Request, state.Settings, state.Base, isFirstTry: false, cancellationToken).ConfigureAwait(false);
        }

        var estimate = proof is { Holds: true, Verdict.Divides: true }
            ? await parts.Estimator.EstimateAsync(proof.Plan, state.Request, state.Settings, state.Base.Tree, state.Calls, cancellationToken).ConfigureAwait(false)
            : null;
        await inbox.PostAsync(new PlanChecked(step.Round, proof.Plan, proof.Problems, estimate) { Notes = proof.Notes, Contracts = proof.Contracts, Verdict = proof.Verdict }).ConfigureAwait(false);
    }

    private async Task<RunState> AskAsync(int round, RunInbox inbox, CancellationToken cancellationToken)
    {
        var state = inbox.State;
        var map = await parts.Survey.MapAsync(state.Base.Tree, state.Base.Commit, state.Request, state.Settings.Checks, RepositorySurvey.PlannerTokens, state.Earlier?.Files ?? [], cancellationToken).ConfigureAwait(false);
        var request = PlanPrompt.For(state, map);
        var (answer, call) = await models.CallAsync(request, state.Settings.Planner, null, inbox, activity => inbox.Observe(null, state.Settings.Planner.Id, activity), cancellationToken).ConfigureAwait(false);
        state = await inbox.PostAsync(new PlanAnswered(round, answer.Text, AnswerMapping.StopOf(answer.Stop), call)).ConfigureAwait(false);
        return AnswerMapping.StopOf(answer.Stop) switch
        {
            AnswerStop.Refusal => throw new PlanlaneException(FaultKind.Failed, "The planner's model refused the request.", "Put the request in other words, or name another model with --model planner=MODEL."),
            AnswerStop.MaxTokens or AnswerStop.ContextExceeded => throw new PlanlaneException(
                FaultKind.Failed,
                $"The planner's answer was cut off after {answer.Usage.Output} output tokens, so there is no whole plan.",
                "Ask for less at once, or name a model with longer answers with --model planner=MODEL."),
            _ => state,
        };
    }
}
