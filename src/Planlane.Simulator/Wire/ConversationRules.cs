namespace Planlane.Simulator.Wire;

/// <summary>Which messages may follow which.</summary>
internal static class ConversationRules
{
    public static void Check(IReadOnlyList<Turn> turns, ServedModel model)
    {
        if (!turns[0].IsUser)
            throw ApiException.Invalid("messages: first message must use the \"user\" role");
        if (!turns[^1].IsUser && !model.IsTunable)
            throw ApiException.Invalid("This model does not support assistant message prefill. The conversation must end with a user message.");
        if (!turns[^1].IsUser && turns[^1].Blocks is [.., ContentBlock.Text last] && char.IsWhiteSpace(last.Value[^1]))
            throw ApiException.Invalid("messages: final assistant content cannot end with trailing whitespace");
        for (var at = 0; at < turns.Count; at++)
        {
            if (turns[at].Blocks.Count == 0 && !(at == turns.Count - 1 && !turns[at].IsUser))
                throw ApiException.Invalid($"messages.{at}: all messages must have non-empty content except for the optional final assistant message");
        }

        CheckUnique(turns);
        for (var at = 0; at < turns.Count; at++)
        {
            CheckAnswered(turns, at);
            CheckAsked(turns, at);
        }
    }

    private static void CheckUnique(IReadOnlyList<Turn> turns)
    {
        var ids = turns.SelectMany(turn => turn.Blocks).OfType<ContentBlock.ToolUse>().Select(use => use.Id).ToList();
        if (ids.Distinct().Count() != ids.Count)
            throw ApiException.Invalid("messages: `tool_use` ids must be unique");
    }

    private static void CheckAnswered(IReadOnlyList<Turn> turns, int at)
    {
        var asked = turns[at].Blocks.OfType<ContentBlock.ToolUse>().Select(use => use.Id).ToList();
        if (asked.Count == 0)
            return;

        // Results count only where they open the next message.
        var answered = at + 1 < turns.Count
            ? turns[at + 1].Blocks.TakeWhile(block => block is ContentBlock.ToolResult).Cast<ContentBlock.ToolResult>().Select(result => result.ToolUseId).ToHashSet()
            : [];
        var open = asked.Where(id => !answered.Contains(id)).ToList();
        if (open.Count > 0)
        {
            throw ApiException.Invalid(
                $"messages.{at}: `tool_use` ids were found without `tool_result` blocks immediately after: {string.Join(", ", open)}. "
                + "Each `tool_use` block must have a corresponding `tool_result` block in the next message.");
        }
    }

    private static void CheckAsked(IReadOnlyList<Turn> turns, int at)
    {
        var asked = at > 0 ? turns[at - 1].Blocks.OfType<ContentBlock.ToolUse>().Select(use => use.Id).ToHashSet() : [];
        var seen = new HashSet<string>();
        foreach (var (place, block) in turns[at].Blocks.Index())
        {
            if (block is not ContentBlock.ToolResult result)
                continue;
            if (!asked.Contains(result.ToolUseId))
            {
                throw ApiException.Invalid(
                    $"messages.{at}.content.{place}: unexpected `tool_use_id` found in `tool_result` blocks: {result.ToolUseId}. "
                    + "Each `tool_result` block must have a corresponding `tool_use` block in the previous message.");
            }

            if (!seen.Add(result.ToolUseId))
                throw ApiException.Invalid($"messages.{at}.content.{place}: each tool_use must have a single result. Found multiple `tool_result` blocks with id: {result.ToolUseId}");
        }
    }
}
