using System.Text;
using Planlane.Budgets;
using Planlane.Models;
using Planlane.Requests;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Planning;

/// <summary>Builds the planner's conversation.</summary>
public static class PlanPrompt
{
    /// <summary>The request for the next try at a plan: the same first message, then each try that was made with what was said of it.</summary>
    /// <param name="state">The run; has a plan order.</param>
    /// <param name="map">The repository as the planner sees it.</param>
    public static ModelRequest For(RunState state, RepositoryMap map)
    {
        var messages = new List<ModelMessage> { User(new ModelBlock.Text(Opening(state, map)) { Cache = MarkOf(state) }) };
        for (var i = 0; i < state.PlanRounds.Count; i++)
        {
            var answer = state.PlanRounds[i].Answer;
            messages.Add(new ModelMessage(ModelRole.Assistant, [new ModelBlock.Text(answer.Length == 0 ? "(no answer)" : answer)]));
            var (words, fromUser) = i + 1 < state.PlanRounds.Count
                ? (state.PlanRounds[i + 1].Words, state.PlanRounds[i + 1].FromUser)
                : (state.PlanOrder!.Words, state.PlanOrder.FromUser);
            messages.Add(User(new ModelBlock.Text(Said(words ?? "", fromUser))));
        }

        if (state is { PlanOrder.FromUser: true, PreviousPlan: { } seen } && !IsLastAnswer(state, seen))
            messages[^1] = new ModelMessage(ModelRole.User, [.. messages[^1].Blocks, new ModelBlock.Text(Seen(state, seen))]);

        return new ModelRequest(state.Settings.Planner.Id, BudgetRules.AnswerTokens(state.Settings.Planner), messages.ToValueList())
        {
            System = [new ModelBlock.Text(Prompts.Read("Planning/Planner.md"))],
            OutputSchema = PlanDocument.Schema,
        };
    }

    // Once it was sent it may be in the cache; at first it is put there when that pays in the mean.
    private static CacheLifetime MarkOf(RunState state) =>
        state.PlanRounds.Count > 0 || PrefixRules.PaysForPlans(state.Settings.Planner.PriceOn(DateOnly.FromDateTime(state.StartedAt.UtcDateTime))) ? CacheLifetime.FiveMinutes : CacheLifetime.None;

    private static ModelMessage User(ModelBlock block) => new(ModelRole.User, [block]);

    // The user speaks of the plan that was shown: one that came from a file, was edited, or got dependencies from the rules is not what the planner answered last.
    private static bool IsLastAnswer(RunState state, Plan seen) =>
        state.PlanRounds.Count > 0 && PlanDocument.ReadAnswer(state.PlanRounds[^1].Answer).Plan is { } answered && PlanDocument.Write(answered) == PlanDocument.Write(seen);

    private static string Seen(RunState state, Plan seen) =>
        $"<plan>\n{PlanDocument.Write(seen)}\n</plan>\nThis is the plan that the user saw and means."
        + (state.PlanRounds.Count == 0 ? "\n" + Said(state.PlanOrder!.Words ?? "", fromUser: true) : "");

    private static string Said(string words, bool fromUser) => fromUser
        ? $"<feedback>\n{words}\n</feedback>\nThe user wants the plan changed like this. Answer with the whole new plan document."
        : $"<problems>\n{words}\n</problems>\nThe plan cannot be run as it is. Answer with the whole corrected plan document.";

    private static string Opening(RunState state, RepositoryMap map)
    {
        var text = new StringBuilder().Append("<repository>\n").Append(map.Text).Append("\n</repository>\n\n");
        if (state.Base.Uncommitted.Count > 0)
            text.Append("<uncommitted>\n").AppendJoin('\n', state.Base.Uncommitted.Select(path => PromptText.OneLine(path.Value))).Append("\n</uncommitted>\n\n");
        if (state.Earlier is { } earlier)
            text.Append(FollowUp.Of(earlier));
        text.Append("<request>\n").Append(state.Request.Goal).Append("\n</request>\n");
        AppendItems(text, "constraints", state.Request.Constraints);
        AppendItems(text, "split-hints", state.Request.SplitHints);
        text.Append(state.Request.Agents is { } agents ? $"\nExactly {agents} tasks: the user wants {agents} agents.\n" : $"\nAt most {state.Settings.MaxAgents} tasks.\n");
        if (state.Settings.Mode is RunMode.Forced)
            text.Append("The user insists that this request is divided among several agents.\n");
        return text.ToString();
    }

    private static void AppendItems(StringBuilder text, string name, ValueList<string> items)
    {
        if (items.Count > 0)
            text.Append($"\n<{name}>\n").AppendJoin('\n', items).Append($"\n</{name}>\n");
    }
}
