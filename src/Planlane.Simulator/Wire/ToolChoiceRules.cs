using System.Text.Json;

namespace Planlane.Simulator.Wire;

/// <summary>What a request may say about the choice of tools.</summary>
internal static class ToolChoiceRules
{
    public static void Check(JsonElement body, IReadOnlyList<OfferedTool> tools)
    {
        if (!body.TryGetProperty("tool_choice", out var choice) || choice.ValueKind == JsonValueKind.Null)
            return;
        var type = RequestReader.Text(choice, "type");
        if (type is not ("auto" or "any" or "tool" or "none"))
            throw ApiException.Invalid($"tool_choice: Input tag '{type}' found using 'type' does not match any of the expected tags: 'auto', 'any', 'tool', 'none'");
        if (tools.Count == 0 && type != "none")
            throw ApiException.Invalid("tool_choice may only be specified while providing tools.");
        if (type == "tool" && !tools.Any(tool => tool.Name == RequestReader.Text(choice, "name")))
            throw ApiException.Invalid($"Tool '{RequestReader.Text(choice, "name")}' not found in provided tools");
        if (type is "any" or "tool" && RequestReader.IsThinking(body))
            throw ApiException.Invalid("Thinking may not be enabled when tool_choice forces tool use.");
    }
}
