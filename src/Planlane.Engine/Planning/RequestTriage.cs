using Planlane.Agents;
using Planlane.Models;
using Planlane.Requests;
using Planlane.Runs;

namespace Planlane.Planning;

/// <summary>Asks the agents' model, for a fraction of a cent, whether a request should be divided at all, so that a no need not cost a call of the planner.</summary>
/// <param name="survey">Knows the repository.</param>
/// <param name="models">The models.</param>
public sealed class RequestTriage(RepositorySurvey survey, ModelDesk models)
{
    /// <summary>Asks once. Only a clear no counts: an answer that is refused, cut off, not readable or never came leaves it to the planner.</summary>
    /// <exception cref="PlanlaneException">The run must stop: the key is wrong, the spend limit or the budget is reached.</exception>
    public async Task AskAsync(RunInbox inbox, CancellationToken cancellationToken)
    {
        var state = inbox.State;
        var model = state.Settings.Agent;
        var glance = await survey.GlanceAsync(state.Base.Tree, state.Request, cancellationToken).ConfigureAwait(false);
        try
        {
            var (answer, call) = await models.CallAsync(TriagePrompt.For(state, glance), model, null, inbox, activity => inbox.Observe(null, model.Id, activity), cancellationToken).ConfigureAwait(false);
            var stop = AnswerMapping.StopOf(answer.Stop);
            var verdict = stop is AnswerStop.EndTurn ? TriageDocument.Read(answer.Text) : TriageVerdict.None($"The answer ended with {stop}.");
            await inbox.PostAsync(new RequestTriaged(answer.Text, stop, verdict, call)).ConfigureAwait(false);
        }
        catch (ModelException exception) when (!exception.EndsRun)
        {
            await inbox.PostAsync(new RequestTriaged("", null, TriageVerdict.None(exception.Message), null)).ConfigureAwait(false);
        }
    }
}
