using Planlane.Agents;
using Planlane.Budgets;
using Planlane.Git;
using Planlane.Models;
using Planlane.Requests;
using Planlane.Runs;

namespace Planlane.Planning;

/// <summary>The planning phase: asks the planner's model, reads its answer, and has the rules check it.</summary>
/// <param name="repository">The repository.</param>
/// <param name="survey">Reads it.</param>
/// <param name="models">The models.</param>
/// <param name="time">Tells the day whose prices hold.</param>
public sealed class Planner(GitRepository repository, RepositorySurvey survey, ModelDesk models, TimeProvider time)
{
    private const int MapTokens = 30_000;

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

        var problems = PlanRules.Check(plan, state.Request, await FactsAsync(state.Base, state.Settings, cancellationToken).ConfigureAwait(false));
        await inbox.PostAsync(new PlanChecked(step.Round, plan, problems, problems.Count == 0 ? EstimateOf(plan, state.Settings, BudgetRules.Spent(state), time) : null)).ConfigureAwait(false);
    }

    /// <summary>What the rules need to know of the repository.</summary>
    public async Task<RepositoryFacts> FactsAsync(RunBase start, RunSettings settings, CancellationToken cancellationToken) => new(
        (await repository.ListTreeAsync(start.Tree, cancellationToken).ConfigureAwait(false)).Keys,
        settings.AllowUncommitted ? [] : start.Uncommitted);

    /// <summary>What a plan is expected to cost.</summary>
    /// <param name="plan">A plan without problems.</param>
    /// <param name="settings">The models and slots.</param>
    /// <param name="spent">What planning has cost so far.</param>
    /// <param name="time">Tells the day whose prices hold.</param>
    public static PlanEstimate EstimateOf(Plan plan, RunSettings settings, Cost spent, TimeProvider time) =>
        PlanEstimate.Of(plan, settings, spent, AgentPrompt.SharedTokensOf(plan), DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime));

    private async Task<RunState> AskAsync(int round, RunInbox inbox, CancellationToken cancellationToken)
    {
        var state = inbox.State;
        var map = await survey.MapAsync(state.Base.Tree, state.Request, MapTokens, cancellationToken).ConfigureAwait(false);
        var (answer, call) = await models.CallAsync(PlanPrompt.For(state, map), state.Settings.Planner, null, null, cancellationToken).ConfigureAwait(false);
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
