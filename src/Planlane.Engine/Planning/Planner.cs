using Planlane.Agents;
using Planlane.Budgets;
using Planlane.Git;
using Planlane.Models;
using Planlane.Requests;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Planning;

/// <summary>The planning phase: asks the planner's model, reads its answer, and has the rules check it.</summary>
/// <param name="repository">The repository.</param>
/// <param name="survey">Reads it.</param>
/// <param name="prover">Proves plans.</param>
/// <param name="models">The models.</param>
/// <param name="time">Tells the day whose prices hold.</param>
public sealed class Planner(GitRepository repository, RepositorySurvey survey, PlanProver prover, ModelDesk models, TimeProvider time)
{
    /// <summary>Makes one try at a plan; an answer that is already in the journal is not asked for again.</summary>
    /// <exception cref="PlanlaneException">The model refused, was cut off, or could not be reached.</exception>
    public async Task MakeAsync(RunStep.MakePlan step, RunInbox inbox, CancellationToken cancellationToken)
    {
        var state = inbox.State;
        if (state.PlanRounds.All(round => round.Number != step.Round))
            state = await AskAsync(step.Round, inbox, cancellationToken).ConfigureAwait(false);

        var answer = state.PlanRounds.First(round => round.Number == step.Round).Answer;
        if (!PlanDocument.TryParse(answer, out var plan, out var problem))
        {
            await inbox.PostAsync(new PlanChecked(step.Round, null, [new PlanProblem("document-readable", $"The answer is not a plan document: {problem}")], null)).ConfigureAwait(false);
            return;
        }

        var files = await repository.ListTreeAsync(state.Base.Tree, cancellationToken).ConfigureAwait(false);
        var proof = await prover.ProveAsync(plan, state.Request, state.Settings, state.Base, cancellationToken).ConfigureAwait(false);
        var estimate = proof.Holds ? EstimateOf(proof.Plan, state.Settings, BudgetRules.Spent(state), files, time) : null;
        await inbox.PostAsync(new PlanChecked(step.Round, proof.Plan, proof.Problems, estimate) { Notes = proof.Notes, Contracts = proof.Contracts, Verdict = proof.Verdict }).ConfigureAwait(false);
    }

    /// <summary>What a plan is expected to cost.</summary>
    /// <param name="plan">A plan without problems.</param>
    /// <param name="settings">The models and slots.</param>
    /// <param name="spent">What planning has cost so far.</param>
    /// <param name="files">The files that agents may read, with their sizes.</param>
    /// <param name="time">Tells the day whose prices hold.</param>
    public static PlanEstimate EstimateOf(Plan plan, RunSettings settings, Cost spent, IReadOnlyDictionary<RepoPath, TreeEntry> files, TimeProvider time) => PlanEstimate.Of(
        plan,
        settings,
        spent,
        AgentPrompt.SharedTokensOf(plan),
        DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime),
        path => TokenCount.OfBytes(files.GetValueOrDefault(path)?.Size ?? 0));

    private async Task<RunState> AskAsync(int round, RunInbox inbox, CancellationToken cancellationToken)
    {
        var state = inbox.State;
        var map = await survey.MapAsync(state.Base.Tree, state.Base.Commit, state.Request, state.Settings.Checks, RepositorySurvey.PlannerTokens, cancellationToken).ConfigureAwait(false);
        var request = PlanPrompt.For(state, map);
        if (!BudgetRules.MayPlan(state, ModelDesk.TokensOf(request)))
            throw BudgetRules.Exhausted(state).ToFault();

        var (answer, call) = await models.CallAsync(request, state.Settings.Planner, null, inbox, null, cancellationToken).ConfigureAwait(false);
        state = await inbox.PostAsync(new PlanAnswered(round, answer.Text, AnswerMapping.StopOf(answer.Stop), call)).ConfigureAwait(false);
        return AnswerMapping.StopOf(answer.Stop) switch
        {
            AnswerStop.Refusal => throw new PlanlaneException(FaultKind.Failed, "The planner's model refused the request.", "Put the request in other words, or name another model with --planner-model."),
            AnswerStop.MaxTokens or AnswerStop.ContextExceeded => throw new PlanlaneException(
                FaultKind.Failed,
                $"The planner's answer was cut off after {answer.Usage.Output} output tokens, so there is no whole plan.",
                "Ask for less at once, or name a model with longer answers with --planner-model."),
            _ => state,
        };
    }
}
