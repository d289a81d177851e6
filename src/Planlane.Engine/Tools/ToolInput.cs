using System.Text.Json;

namespace Planlane.Tools;

/// <summary>Reads arguments that a model wrote.</summary>
public static class ToolInput
{
    /// <summary>A member that is text; null when it is missing, something else, or no valid Unicode.</summary>
    public static string? Text(this JsonElement input, string name) =>
        input.ValueKind == JsonValueKind.Object && input.TryGetProperty(name, out var value) ? TextOf(value) : null;

    /// <summary>A member that is a list of texts; one text alone is read as a list of it. Null when it is missing, empty or something else.</summary>
    public static IReadOnlyList<string>? Texts(this JsonElement input, string name)
    {
        if (input.Text(name) is { } alone)
            return [alone];
        var items = input.Items(name) ?? [];
        var texts = items.Select(TextOf).OfType<string>().ToList();
        return texts.Count > 0 && texts.Count == items.Count ? texts : null;
    }

    /// <summary>A member that is a list; null when it is missing or something else.</summary>
    public static IReadOnlyList<JsonElement>? Items(this JsonElement input, string name) =>
        input.ValueKind == JsonValueKind.Object && input.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : null;

    /// <summary>A member that is a whole number; null when it is missing or something else.</summary>
    public static int? Number(this JsonElement input, string name) =>
        input.ValueKind == JsonValueKind.Object && input.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null;

    /// <summary>What a call is about, for people: its file or its command; empty when it names none.</summary>
    public static string SubjectOf(JsonElement input) =>
        input.Text("path") ?? input.Text("command") ?? input.Text("from") ?? input.Text("pattern") ?? (input.Texts("paths") is { } paths ? string.Join(", ", paths) : "");

    /// <summary>The refusal of a call that lacks a member.</summary>
    public static ToolAnswer Missing(params IEnumerable<string> names) => ToolAnswer.Refused($"The call lacks {string.Join(" or ", names)}. Call it again with all arguments.");

    private static string? TextOf(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, as an escape in the JSON.
            return null;
        }
    }
}
