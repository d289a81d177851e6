using System.Text.Json;

namespace Planlane.Cli.Views;

/// <summary>The arguments of a tool call for people to read; what a model wrote need not be what the tool takes.</summary>
internal static class ToolInput
{
    /// <summary>The members of a JSON object, texts without their quotes; one member without a name when it is no object.</summary>
    public static IReadOnlyList<(string Name, string Value)> Read(string json)
    {
        try
        {
            using var input = JsonDocument.Parse(json);
            if (input.RootElement.ValueKind is JsonValueKind.Object)
                return [.. input.RootElement.EnumerateObject().Select(member => (member.Name, TextOf(member.Value)))];
        }
        catch (JsonException)
        {
            // Shown as it came.
        }

        return [("", json)];
    }

    // Lists such as those of edits and of evidence, an item a line.
    private static string TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Array => string.Join(value.EnumerateArray().All(item => item.ValueKind is JsonValueKind.String) ? ", " : "\n", value.EnumerateArray().Select(TextOf)),
        JsonValueKind.Object => string.Join(", ", value.EnumerateObject().Select(member => $"{member.Name}: {TextOf(member.Value)}")),
        _ => value.GetRawText(),
    };
}
