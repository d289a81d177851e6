using System.Text.Json.Nodes;
using Planlane.Simulator.Wire;

namespace Planlane.Simulator.Faults;

/// <summary>Makes an answer worse.</summary>
internal static class Mistakes
{
    /// <summary>The answer, or the same with one mistake, and the mistake's name; a mistake that the answer gives no occasion for is not made.</summary>
    public static (Answer Answer, string? Mistake) Make(Answer answer, Imperfection rates, Random random, Func<string> nextId)
    {
        (string Name, double Rate, Func<Answer> Make)[] all =
        [
            ("BadAnchor", rates.BadAnchor, () => Inputs(answer, "edit_file", input => Change(input, "old_text", old => old + " (as I remember it)"))),
            ("BrokenCode", rates.BrokenCode, () => Inputs(answer, "write_file", input => Change(input, "content", Broken))),
            ("OutsideLane", rates.OutsideLane, () => With(answer, nextId, "write_file", new JsonObject { ["path"] = "OUTSIDE.md", ["content"] = "A note.\n" })),
            ("FalseDone", rates.FalseDone, () => Finishes(answer) ? answer with { Blocks = [.. answer.Blocks.Where(block => block is AnswerBlock.ToolUse { Name: "finish" })] } : answer),
            ("EarlyStop", rates.EarlyStop, () => Answer.OfText("I have done what was asked.")),
            ("Loop", rates.Loop, () => Reads(answer, nextId)),
        ];
        var drawn = random.NextDouble();
        foreach (var (name, rate, make) in all)
        {
            if (drawn < rate)
                return make() is var worse && worse != answer ? (worse, name) : (answer, null);
            drawn -= rate;
        }

        return (answer, null);
    }

    private static Answer Inputs(Answer answer, string tool, Func<JsonNode, bool> change)
    {
        var blocks = answer.Blocks.ToList();
        for (var at = 0; at < blocks.Count; at++)
        {
            if (blocks[at] is not AnswerBlock.ToolUse use || use.Name != tool || JsonNode.Parse(use.Input) is not { } input || !change(input))
                continue;
            blocks[at] = use with { Input = input.ToJsonString(WireJson.Compact) };
            return answer with { Blocks = blocks };
        }

        return answer;
    }

    // The first member of that name, however deep, whose text the change changes.
    private static bool Change(JsonNode node, string member, Func<string, string> change)
    {
        if (node is JsonObject holder)
        {
            if (holder[member] is JsonValue value && value.TryGetValue<string>(out var text) && change(text) is var changed && changed != text)
            {
                holder[member] = changed;
                return true;
            }

            return holder.ToList().Exists(inner => inner.Value is not null && Change(inner.Value, member, change));
        }

        return node is JsonArray list && list.ToList().Exists(inner => inner is not null && Change(inner, member, change));
    }

    private static string Broken(string text) => text.LastIndexOfAny(['}', ')', ']', '>']) is var at and >= 0 ? text.Remove(at, 1) : text;

    private static bool Finishes(Answer answer) =>
        answer.Blocks.Any(block => block is AnswerBlock.ToolUse { Name: "finish" }) && answer.Blocks.Any(block => block is AnswerBlock.ToolUse use && use.Name != "finish");

    // Before the call that ends the work, as nothing after that one would be done.
    private static Answer With(Answer answer, Func<string> nextId, string tool, JsonObject input)
    {
        if (!answer.Blocks.Any(block => block is AnswerBlock.ToolUse))
            return answer;
        var first = answer.Blocks.TakeWhile(block => block is not AnswerBlock.ToolUse).Count();
        return answer with { Blocks = [.. answer.Blocks.Take(first), new AnswerBlock.ToolUse(nextId(), tool, input.ToJsonString(WireJson.Compact)), .. answer.Blocks.Skip(first)] };
    }

    private static Answer Reads(Answer answer, Func<string> nextId)
    {
        var path = answer.Blocks.OfType<AnswerBlock.ToolUse>().Select(use => (string?)JsonNode.Parse(use.Input)?["path"]).FirstOrDefault(found => found is not null);
        return path is null ? answer : new Answer([new AnswerBlock.ToolUse(nextId(), "read_file", new JsonObject { ["path"] = path }.ToJsonString(WireJson.Compact))], "tool_use");
    }
}
