using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Planlane.Simulator.Scripting;
using Planlane.Simulator.Wire;
using Planlane.Values;

namespace Planlane.Simulator.Faults;

/// <summary>What a weakness makes of an agent's answer.</summary>
internal static class WeaknessPlay
{
    /// <summary>The answer with what goes wrong in it, and the name of that; unchanged and null when nothing does.</summary>
    /// <param name="answer">The scripted answer.</param>
    /// <param name="weakness">What may go wrong.</param>
    /// <param name="isSmall">Whether a small model answers.</param>
    /// <param name="task">The agent's task.</param>
    /// <param name="seed">The simulator's seed.</param>
    /// <param name="memory">What the agent has done: only what it wrote itself is broken, as a script cannot mend its edits of other files.</param>
    public static (Answer Answer, string? Name) Play(Answer answer, Weakness weakness, bool isSmall, TaskId task, int seed, AgentMemory memory)
    {
        if (isSmall && Drawn(seed, $"stuck/{task}") < weakness.StuckRate && Changed(answer, (tool, input) => Broken(tool, input, memory)) is { } broken)
            return (broken, "Stuck");
        foreach (var slip in weakness.Slips.Where(slip => Drawn(seed, $"slip/{slip.Path}/{slip.Right}") < (isSmall ? slip.SmallRate : slip.LargeRate)))
        {
            if (Changed(answer, (tool, input) => tool == "write_file" && input["path"]?.GetValue<string>() == slip.Path && Replace(input, "content", text => First(text, slip))) is { } slipped)
                return (slipped, "Slip");
        }

        return (answer, null);
    }

    // By the seed alone, so that it holds for the task or the run however often it is asked.
    private static double Drawn(int seed, string what) => BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}/{what}"))) / (double)uint.MaxValue;

    private static Answer? Changed(Answer answer, Func<string, JsonObject, bool> change)
    {
        var any = false;
        List<AnswerBlock> blocks = [.. answer.Blocks.Select(block =>
        {
            if (block is not AnswerBlock.ToolUse use || JsonNode.Parse(use.Input) is not JsonObject input || !change(use.Name, input))
                return block;
            any = true;
            return use with { Input = input.ToJsonString(WireJson.Compact) };
        })];
        return any ? answer with { Blocks = blocks } : null;
    }

    private static bool Broken(string tool, JsonObject input, AgentMemory memory) => tool switch
    {
        "write_file" => Replace(input, "content", WithoutBracket),
        "edit_file" when input["edits"] is JsonArray edits && memory.Written(input["path"]!.GetValue<string>()) is not null => edits.OfType<JsonObject>().Aggregate(false, (any, edit) => Replace(edit, "new_text", WithoutBracket) || any),
        _ => false,
    };

    private static bool Replace(JsonObject holder, string member, Func<string, string> change)
    {
        if (holder[member]?.GetValue<string>() is not { } text || change(text) is var changed && changed == text)
            return false;
        holder[member] = changed;
        return true;
    }

    private static string WithoutBracket(string text) => text.LastIndexOfAny(['}', ')', ']', '>']) is var at and >= 0 ? text.Remove(at, 1) : text;

    private static string First(string text, Slip slip) => text.IndexOf(slip.Right, StringComparison.Ordinal) is var at and >= 0 ? text[..at] + slip.Wrong + text[(at + slip.Right.Length)..] : text;
}
