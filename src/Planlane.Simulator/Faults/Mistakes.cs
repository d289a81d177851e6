using System.Text.Json.Nodes;
using Planlane.Simulator.Wire;

namespace Planlane.Simulator.Faults;

/// <summary>Makes an answer worse.</summary>
internal static class Mistakes
{
    /// <summary>The mistakes by their names.</summary>
    private static readonly Dictionary<string, Func<Answer, Func<string>, Answer>> Makers = new(StringComparer.Ordinal)
    {
        [nameof(Imperfection.BadAnchor)] = (answer, _) => Inputs(answer, "edit_file", input => Change(input, "old_text", old => old + " (as I remember it)")),
        [nameof(Imperfection.BrokenCode)] = (answer, _) => Inputs(answer, "write_file", input => Change(input, "content", Broken)),
        [nameof(Imperfection.OutsideLane)] = (answer, nextId) => With(answer, nextId, "write_file", new JsonObject { ["path"] = "OUTSIDE.md", ["content"] = "A note.\n" }),
        [nameof(Imperfection.FalseDone)] = (answer, _) => Finishes(answer) ? Only(answer, block => block is AnswerBlock.ToolUse { Name: Finish }) : answer,
        [nameof(Imperfection.EarlyStop)] = (_, _) => Answer.OfText("I have done what was asked."),
        [nameof(Imperfection.Loop)] = Reads,
        [nameof(Imperfection.SaysOnly)] = (answer, _) => Finishes(answer) ? Only(answer, block => block is AnswerBlock.Text or AnswerBlock.ToolUse { Name: Finish }) : answer,
        [nameof(Imperfection.NoEnd)] = (answer, _) => Finishes(answer) ? Only(answer, block => block is not AnswerBlock.ToolUse { Name: Finish }) : answer,
        [nameof(Imperfection.WrongEvidence)] = (answer, _) => Inputs(answer, Finish, input => Change(input, "test", test => test + "_ThatNobodyWrote") || Change(input, "file", file => file + ".missing")),
        [nameof(Imperfection.NoEvidence)] = (answer, _) => Inputs(answer, Finish, input => input.AsObject().Remove("evidence")),
    };

    private const string Finish = "finish";

    /// <summary>The answer, or the same with one mistake, and the mistake's name; a mistake that the answer gives no occasion for is not made.</summary>
    public static (Answer Answer, string? Mistake) Make(Answer answer, Imperfection rates, Random random, Func<string> nextId)
    {
        var drawn = random.NextDouble();
        foreach (var (name, rate) in rates.Rates)
        {
            if (drawn < rate)
                return Make(answer, name, nextId);
            drawn -= rate;
        }

        return (answer, null);
    }

    /// <summary>The same with the mistake of a name.</summary>
    public static (Answer Answer, string? Mistake) Make(Answer answer, string mistake, Func<string> nextId) =>
        Makers[mistake](answer, nextId) is var worse && worse != answer ? (worse, mistake) : (answer, null);

    private static Answer Only(Answer answer, Func<AnswerBlock, bool> kept) => answer with { Blocks = [.. answer.Blocks.Where(kept)] };

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
        answer.Blocks.Any(block => block is AnswerBlock.ToolUse { Name: Finish }) && answer.Blocks.Any(block => block is AnswerBlock.ToolUse use && use.Name != Finish);

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
        return path is null ? answer : new Answer([new AnswerBlock.ToolUse(nextId(), "read_files", new JsonObject { ["paths"] = new JsonArray(path) }.ToJsonString(WireJson.Compact))], "tool_use");
    }
}
