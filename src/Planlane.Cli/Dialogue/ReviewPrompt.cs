using Planlane.Cli.Output;
using Planlane.Cli.Views;
using Planlane.Reviews;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Cli.Dialogue;

/// <summary>Asks for the decision on the work.</summary>
/// <param name="answers">Asks.</param>
/// <param name="diffOf">Gives the unified diff of a task's work, or of all.</param>
internal sealed class ReviewPrompt(Answers answers, Func<RunState, TaskId?, CancellationToken, Task<string>> diffOf)
{
    /// <summary>The decision; null when the input ended before one was made.</summary>
    public async Task<ReviewDecision?> AskAsync(RunState state, CancellationToken cancellationToken)
    {
        while (await answers.AskAsync(WorkView.Question, cancellationToken).ConfigureAwait(false) is { } words)
        {
            switch (ReviewAnswer.Read(words, state))
            {
                case ReviewAnswer.Decided decided: return decided.Decision;
                case ReviewAnswer.ShowDiff show: DiffView.Write(answers.Screen, await diffOf(state, show.Task, cancellationToken).ConfigureAwait(false)); break;
                case ReviewAnswer.Unclear unclear: answers.Screen.Hanging("", "", unclear.Words); break;
                default:
                    var (comments, ended) = await CommentsAsync(state, cancellationToken).ConfigureAwait(false);
                    if (ended)
                        return null;
                    if (comments.Count > 0)
                        return new ReviewDecision.ChangesRequested(comments);
                    break;
            }
        }

        return null;
    }

    private async Task<(ValueList<ReviewComment> Comments, bool Ended)> CommentsAsync(RunState state, CancellationToken cancellationToken)
    {
        var comments = new List<ReviewComment>();
        var names = string.Join(", ", state.Tasks.Select(task => task.Agent));
        while (true)
        {
            var next = comments.Count == 0 ? "empty to go back" : "empty to send";
            if (await answers.AskOnceAsync($"Which agent? ({names}, or all; {next})", cancellationToken).ConfigureAwait(false) is not { } to)
                return ([], true);
            if (to.Length == 0)
                return (comments.ToValueList(), false);
            if (!to.Equals("all", StringComparison.OrdinalIgnoreCase) && ReviewAnswer.TaskOf(to, state) is null)
            {
                answers.Screen.Line(Ink.Alert($"No agent is named '{to}'."));
                continue;
            }

            if (await answers.AskAsync($"What should {to} change?", cancellationToken).ConfigureAwait(false) is not { } words)
                return ([], true);
            if (ReviewAnswer.TryComment(to, words, state, out var comment))
                comments.Add(comment);
        }
    }
}
