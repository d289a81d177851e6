using Planlane.Approval;
using Planlane.Cli.Output;
using Planlane.Cli.Views;
using Planlane.Planning;
using Planlane.Requests;
using Planlane.Runs;

namespace Planlane.Cli.Dialogue;

/// <summary>Asks for the decision on a plan.</summary>
/// <param name="answers">Asks.</param>
/// <param name="editor">Lets the plan be edited.</param>
/// <param name="whole">Shows all of the plan.</param>
internal sealed class PlanPrompt(Answers answers, PlanEditor editor, Action<Screen> whole)
{
    /// <summary>The decision; null when the input ended before one was made.</summary>
    public async Task<PlanDecision?> AskAsync(RunState state, CancellationToken cancellationToken)
    {
        var isSingle = state.Settings.Mode is RunMode.Single;
        while (true)
        {
            var answer = await answers.AskAsync(isSingle ? PlanView.SingleQuestion : PlanView.Question, cancellationToken).ConfigureAwait(false);
            switch (answer?.ToLowerInvariant())
            {
                case null: return null;
                case "yes" or "y" or "ok" or "okay" or "sure" or "go": return new PlanDecision.Approved { PlanHash = PlanFile.HashOf(state.Plan!) };
                case "no" or "n": return new PlanDecision.Rejected();
                case PlanOverview.Details: whole(answers.Screen); break;
                case "edit" or "e":
                    if (await editor.EditAsync(state, cancellationToken).ConfigureAwait(false) is { } edited)
                        return edited;
                    break;
                case not null when isSingle:
                    answers.Screen.Line("There is no planner to ask in a run of one agent. Answer yes, no, or edit to change what the agent is told.");
                    break;
                default: return new PlanDecision.Revise(answer);
            }
        }
    }
}
